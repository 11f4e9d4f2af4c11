//! When there is work, as plain arithmetic over wall clocks: no database, no clock of its own.

mod calendar;
mod day;
mod draft;
#[cfg(test)]
mod draft_tests;
mod local;
#[cfg(test)]
mod naive;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
mod week;
mod window;

pub use calendar::{Calendar, Span, Spans};
pub use day::{Day, Days, MAX_DAYS, Special};
pub use draft::{Draft, DraftDay, DraftWindow, Plan};
pub use local::zone;
pub use week::{Week, weekday_key};
pub use window::{MAX_WINDOWS, Window};
