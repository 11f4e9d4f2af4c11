//! Calendars in the schema.

mod access;
mod counting;
mod enums;
mod inputs;
mod loaders;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use enums::Weekday;
pub use mutation::CalendarMutation;
pub use query::CalendarQuery;
pub use types::{Calendar, CalendarVersion};
