//! The decisions about incentives, as plain functions over plain data.

pub mod catalogue;
pub mod content;
pub mod ledger;
pub mod trace;
pub mod value;
