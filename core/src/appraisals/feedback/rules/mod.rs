//! What is decided about feedback, over plain data.

pub mod form;
pub mod together;
pub mod visibility;
