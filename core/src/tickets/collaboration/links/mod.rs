//! Links (工单关联): two tickets that belong together. They are for staff, and show the other ticket only to those who may
//! read it.
//!
//! Invariants
//! - No ticket is linked with itself, and nothing twice in the same way; `related_to` has no direction.
//! - Parents and children make no circle, and no line of them is longer than [`rules::DEPTH`].

pub mod actions;
pub mod rules;
pub mod store;
