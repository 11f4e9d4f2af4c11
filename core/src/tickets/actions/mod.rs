//! One function a business action: viewer and input in, changed ticket out, in one transaction.

mod assign;
mod comment;
mod create;
mod finish;
mod follow;
mod partner;
pub(in crate::tickets) mod record;
mod stage;

pub(in crate::tickets) use assign::check_member;
pub(in crate::tickets) use assign::give;
pub use assign::{Assign, assign};
pub use comment::{AddComment, add_comment};
pub use create::{Create, create};
pub use finish::{Finish, cancel, close, reopen};
pub use follow::{Happened, Turn, follow};
pub use partner::follow_partners;
pub use stage::{Advance, EnterStep, Hold, Resume, advance, enter_step, hold, resume};
