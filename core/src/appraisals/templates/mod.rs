//! Templates and their versions (考核模板): what is appraised in a job family, and how it counts.
//!
//! Words
//! - A **version** is a draft until it is **published**. Cycles use published ones.
//!
//! Invariants
//! - What is published never changes: whoever wants something else drafts the next version. Numbers count up, and a template
//!   has one draft at a time.
//! - A version that is published has no [`faults`](crate::appraisals::rules::content::faults), and every metric that it names
//!   can be asked for of members.
//! - A retired template can't be chosen for a cycle; cycles that use it go on.

pub mod actions;
mod install;
pub mod shipped;
pub mod store;

pub use install::{install, template_id, version_id};
