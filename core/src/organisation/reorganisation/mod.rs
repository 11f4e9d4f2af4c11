//! Planned changes of the organisation (组织调整方案): written down with a day, previewed, approved, and applied on that day.
//!
//! Words
//! - A **plan** has changes in order: teams are founded, moved and closed, members are moved. A change can name a team that
//!   an earlier one founds.
//! - Its **preview** plays the changes as they will be played, on the present organisation, and says who would then see
//!   other teams and other people, and through which permissions. Nothing is written.
//!
//! Invariants
//! - All changes of a plan are made in one transaction, or none: a plan that doesn't fit any more on its day fails as a whole
//!   and says why.
//! - Approved is only what fits on the day of approval. Until it is applied it can be cancelled.
//! - Plans are for those who may make them: nobody reads of a change before it is one.

pub mod actions;
pub mod rules;
mod scope;
pub mod store;
