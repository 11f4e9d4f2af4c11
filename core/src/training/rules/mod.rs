//! Pure decisions about training.

pub mod feedback;
pub mod ledger;
pub mod paths;
pub mod queue;
pub mod sessions;
pub mod targets;
