//! Job rotation (轮岗): placements of members elsewhere for a time, to learn or to help.
//!
//! Words
//! - A **rotation** is **planned** with goal, team, first day and planned end; **begun**, **finished** with a result, or
//!   **withdrawn** before it begins.
//! - Beginning it **transfers** the member (调动): the home assignment ends and one in the other team starts on that day.
//!   Finishing it transfers the member back to where the home was, or leaves it where it is.
//!
//! Invariants
//! - Where a member is, assignments say, and nothing else: a planned rotation places nobody, a begun one names the two
//!   assignments that it ended and started.
//! - A member has one rotation at a time that is planned or begun.

pub mod actions;
pub mod rules;
mod scope;
pub mod store;

/// The event that a rotation was planned, begun, finished or withdrawn; `entity_id` is the rotation.
pub const CHANGED: &str = "rotation.changed";
