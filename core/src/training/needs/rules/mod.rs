//! What is decided about needs and effect, over plain data.

pub mod effect;
pub mod finding;
