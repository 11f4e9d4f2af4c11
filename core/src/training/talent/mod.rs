//! Talent pipeline (人才梯队): who could take over which position, and when.
//!
//! Words
//! - A **proposal** (提名) says that a member is ready for a position now, within a year, in one to two years, or not yet, and
//!   why. It stands on **evidence** (依据): assessments, certificates, published exam results, training hours, words.
//! - Somebody of human resources **decides**: accepted or declined. Of the accepted ones about one member and position the last
//!   holds; earlier ones are **superseded**.
//! - A **bench** (后备) is what is accepted for a position.
//!
//! Invariants
//! - Nobody has what is said of themselves, whatever the reach: rows about oneself are kept back from every read
//!   ([`kept_from`](crate::access::Scoped::kept_from)). Colleagues have it only by a reach that was granted.
//! - Evidence names records; each is shown to whoever may see that record by itself, and to nobody else.
//! - Whoever proposed doesn't decide. The audit log names the proposal, not the member or what is said.

pub mod actions;
pub mod rules;
mod scope;
pub mod store;

/// The event that a proposal was made, decided or withdrawn; `entity_id` is the proposal.
pub const CHANGED: &str = "talent.changed";
