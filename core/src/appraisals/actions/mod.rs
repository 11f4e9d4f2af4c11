//! What is done with appraisals, a file each.

pub mod assess;
pub mod common;
pub mod disputes;
pub mod incidents;
pub mod look;
pub mod plan;
