//! The only place that touches the calendars' tables.

mod convert;
mod lists;
mod rows;

pub use convert::{plan_of, row_of};
pub use rows::{
    by_code, current, current_of, find, insert, insert_version, save, version, versions,
};
