//! What figures are, as plain functions over plain data.

pub mod at;
pub mod attribution;
pub mod causes;
pub mod cells;
pub mod checking;
pub mod definition;
pub mod expression;
pub mod grouping;
pub mod period;
pub mod standing;
pub mod times;
pub mod withhold;
