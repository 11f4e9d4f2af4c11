//! What runs decide without looking at any table.

pub mod booking;
pub mod keys;
pub mod lacks;
pub mod outlook;
pub mod spans;
