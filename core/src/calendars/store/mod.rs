//! The only place that touches the calendars' tables.

mod convert;
mod lists;
mod rows;

pub use convert::{plan_of, row_of};
pub use lists::{CalendarFilter, CalendarOrder, CalendarsVersions};
pub use rows::{
    by_code, current, current_of, current_shown, find, insert, insert_version, made_here, save,
    version_shown, versions,
};
