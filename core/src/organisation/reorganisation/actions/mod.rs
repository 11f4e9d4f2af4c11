//! What can be done with plans: one file a subject.

mod plan;
mod play;
mod preview;
mod steps;

pub use plan::{Draft, Planned, TeamRef, reorganisation_plan, reorganisation_revise};
pub use preview::{Preview, preview};
pub use steps::{
    ReorganisationStep, reorganisation_apply, reorganisation_approve, reorganisation_cancel, round,
};
