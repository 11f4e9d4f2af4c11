//! What follows from results, as plain functions over plain data.

pub mod groups;
pub mod needs;
pub mod stars;
