//! The structure over time: departments, teams and positions are founded, renamed, moved and closed from a day on.
//!
//! Words
//! - A team's **course** ([`Course`]) says under which department and team, and for which region, it stood on every day:
//!   where its own row says until its first **move** (划转), from then on where the last move has brought it.
//! - A move is told with a day, today or later; teams below come along. One that hasn't begun can be withdrawn.
//! - A **name** (名称) holds from a day on too: the row of the thing has the name of today, and the worker puts it there
//!   when a planned one begins.
//!
//! Invariants
//! - What was is not rewritten: nothing here changes a day before today, so figures of past days stay.
//! - A home with a team is in that team's department of the day; only a home without a team names its department itself.
//! - On no day does a team stand below itself, nor below a team of another department.
//! - Nothing is closed while somebody is placed in it, or something stands below it, on that day or later.

pub mod actions;
pub mod rules;
mod scope;
pub mod store;

pub use rules::{Course, DepartmentsOfTeams, Spot};
