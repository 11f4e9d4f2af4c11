//! What can be done to skills, certificates, hours, leave and capacity: one file a business action.
//!
//! Whatever is about a member locks the member first, so that two changes at once are looked at one after the other.

mod certificate_create;
mod certificate_grant;
mod certificate_update;
mod certificate_warn;
mod common;
mod leave_cancel;
mod leave_decide;
mod leave_request;
mod member_capacity_set;
mod member_certificate_record;
mod member_certificate_revoke;
mod member_shift_set;
mod member_skill_end;
mod member_skill_set;
mod skill_create;
mod skill_update;

pub use certificate_create::{CertificateCreate, certificate_create};
pub use certificate_grant::{Grant, certificate_grant, certificate_withdraw};
pub use certificate_update::{CertificateUpdate, certificate_update};
pub use certificate_warn::certificate_warn;
pub use leave_cancel::{LeaveCancel, leave_cancel};
pub use leave_decide::{LeaveDecide, leave_decide};
pub use leave_request::{LeaveRequest, leave_request};
pub use member_capacity_set::{MemberCapacitySet, member_capacity_set};
pub use member_certificate_record::{MemberCertificateRecord, member_certificate_record};
pub use member_certificate_revoke::{MemberCertificateRevoke, member_certificate_revoke};
pub use member_shift_set::{MOST_ROWS, ShiftRow, member_shift_set};
pub use member_skill_end::{MemberSkillEnd, member_skill_end};
pub use member_skill_set::{MemberSkillSet, member_skill_set};
pub use skill_create::{SkillCreate, skill_create};
pub use skill_update::{SkillUpdate, skill_update};
