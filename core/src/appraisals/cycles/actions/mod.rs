//! What is done with cycles, a file each.

mod common;
mod count;
mod draft;
mod freeze;
mod open;
mod publish;
mod recount;
mod reviewer;
mod step;

pub use count::round;
pub use draft::{
    Content, CycleReschedule, CycleRevise, cycle_create, cycle_reschedule, cycle_revise,
};
pub use open::cycle_open;
pub use publish::{cycle_close, cycle_publish};
pub use recount::{Recount, recount};
pub use reviewer::{ReviewerSet, reviewer_set};
pub use step::{cycle_cancel, cycle_count, cycle_reopen, cycle_review};
