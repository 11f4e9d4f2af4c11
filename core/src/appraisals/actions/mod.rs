//! What is done with appraisals, a file each.

pub mod common;
