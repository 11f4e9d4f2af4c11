//! Plans by which teams, departments and regions improve what the results of a cycle are weak in (改进计划).
//!
//! Words
//! - A **plan** (改进计划) belongs to a group and a cycle whose results are out; it has an aim, measures, an **owner** (负责人) among the
//!   members and a last day, and ends as done or dropped, with its result.
//!
//! Invariants
//! - It is written for groups within the reach of `appraisal.review`, or of any by whoever calibrates; everybody placed in the group and
//!   the owner read it. It names no member but the owner: that is what a member's own proposal is for.
//! - What has ended doesn't change any more.

pub mod actions;
mod scope;
pub mod store;

pub use scope::Group;

/// The event that a plan was written, changed or ended; `entity_id` is the plan.
pub const IMPROVEMENT_CHANGED: &str = "improvement_plan.changed";
