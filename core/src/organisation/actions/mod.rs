//! What can be done to the matrix: one file a business action.
//!
//! All of them raise the access epoch first, which is also the lock under which rights change, so that two changes at
//! once are looked at one after the other; and they count the member's version up, so that a plan made against an older
//! picture is refused.

mod assignment_end;
mod assignment_start;
mod member_transfer;
pub(in crate::organisation) mod placing;

pub use assignment_end::{AssignmentEnd, assignment_end};
pub use assignment_start::{AssignmentStart, assignment_start};
pub(in crate::organisation) use member_transfer::transfer;
pub use member_transfer::{MemberTransfer, member_transfer};
