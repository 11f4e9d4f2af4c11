//! When there is work: business calendars and the time that runs by them (工作日历).
//!
//! Words
//! - A **window** (时段) is a stretch of the wall clock, 09:00-12:00. It belongs to the day on which it starts; one that
//!   ends at or before its start runs into the next day. A **week** (周) has windows for each weekday.
//! - A **special day** (特殊日期) isn't like its weekday: a holiday (休假), a swapped working day (调休上班) that is
//!   worked like some weekday, or a day with windows of its own.
//! - A **calendar** (日历) has **versions** (版本): time zone, week and special days. A version never changes, so that
//!   whatever was counted by it can be counted again; a change is a new version.
//! - **Working time** (工作时间) between two moments is the real time that elapses within windows, clock changes included.
//!
//! Invariants
//! - No time counts twice, also where a night runs into the windows of a special day.
//! - When a clock is set back, the window that is running then runs on through the repeated hour, and one that had ended
//!   doesn't come again; in an hour that is left out no time runs.
//! - A holiday removes the windows that start on it; last night's window still runs into it.
//!
//! To add another kind of special day: a variant of [`rules::Day`] with its form in JSON, its case in
//! `Calendar::windows_on`, in the draft and in the model that the tests hold it against.

pub mod actions;
pub mod rules;
mod scope;
pub mod shipped;
pub mod store;

pub use rules::{Calendar, Span};
pub use store::{CalendarFilter, CalendarOrder};

/// The kind of event that tells of a new calendar or version; `entity_id` is the calendar.
pub const CALENDAR_CHANGED: &str = "calendar.changed";
