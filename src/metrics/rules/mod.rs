//! What figures are, as plain functions over plain data.

pub mod attribution;
pub mod cells;
pub mod definition;
pub mod grouping;
pub mod period;
pub mod withhold;
pub mod checking;
pub mod expression;
pub mod standing;
