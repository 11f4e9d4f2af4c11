//! Frozen periods (快照): the figures of some days as they were at one moment.
//!
//! Words
//! - A **snapshot** has copies of all facts and sums of its days, the versions by which metrics were computed, and what
//!   regions were made of. Figures are read from it exactly as from the present: who asks says as of when
//!   ([`At`](super::rules::at::At)).
//! - Its figures **differ** from today's where records were counted late, corrected, moved or taken away since, where
//!   regions were drawn otherwise, or where the metric is computed in another way.
//!
//! Invariants
//! - A snapshot is written in one transaction, in which everything has been counted and nothing can be counted otherwise.
//! - Nothing ever changes it or takes it away; counting everything anew doesn't touch it.
//! - Who may not see a figure of today may not see the frozen one, nor what the difference would tell.

mod actions;
mod scope;
pub mod store;

pub use actions::{Freeze, freeze, freeze_for};
pub use store::{all_frozen, definitions, frozen, frozen_at, frozen_of};
