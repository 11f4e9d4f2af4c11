//! What figures are, as plain functions over plain data.

pub mod checking;
pub mod definition;
pub mod expression;
pub mod standing;
