//! What is done with rules, a file each.

mod activate;
mod approve;
mod check;
pub(super) mod common;
mod create;
mod end;
mod retire;
mod revise;

pub use activate::{Activate, version_activate};
pub use approve::{Judge, version_approve, version_reject};
pub use check::{Found, facts, rule_check, templates};
pub use common::Step;
pub(in crate::incentives) use common::stepped;
pub use create::{RuleCreate, rule_create};
pub use end::round;
pub use retire::{Retire, version_retire};
pub use revise::{RuleDraft, VersionRevise, rule_draft, version_revise};
