//! What figures are, as plain functions over plain data.

pub mod definition;
