//! The demo company 「安心售后服务」 (Anxin After-sales): an organisation of its real size with two years of tickets.
//!
//! Everything is a pure function of (seed, sizes, as-of time): the same options give the same rows, on both databases.
//! Only the password hashes differ, as they are salted. [`Company`] is generated whole, tickets one by one
//! ([`tickets::generate`]), and [`load`] writes them in bulk, past the actions on purpose: there is one audit entry for
//! the whole, not one for each of a million rows.
//!
//! To add to it: generate rows from a [`Chance`](random::Chance) of their own, so that nothing else changes; load them
//! in `rows.rs`; check them in `tests.rs`.

mod accounts;
mod appraisals;
mod assignments;
mod calendar;
mod careers;
mod collaboration;
mod company;
mod contracts;
mod customers;
mod dispatch;
mod exams;
mod goals;
mod growth;
mod incentives;
mod loader;
mod next_steps;
mod organisation;
mod partners;
mod people;
mod random;
mod rows;
mod sink;
mod snapshots;
mod structure;
mod surveys;
mod teamwork;
mod templates;
#[cfg(test)]
mod tests;
mod text;
mod tickets;
mod training;
mod workforce;

use chrono::{DateTime, Utc};

pub use accounts::DEMO_PASSWORD;
pub use appraisals::appraise;
pub use company::Company;
pub use incentives::reward;
pub use loader::{is_loaded, load};
pub use next_steps::Summary;
pub use snapshots::freeze_and_correct;

/// What is generated.
#[derive(Clone, Debug)]
pub struct Options {
    /// The seed: another one gives another company.
    pub seed: u64,
    /// How many tickets.
    pub tickets: u64,
    /// How many customers.
    pub customers: u64,
    /// How many members there have ever been; never fewer than the usual company has.
    pub members: usize,
    /// How many comments a ticket has at least on average, or none: notes are added to those that tickets get by
    /// themselves, which are some three.
    pub comments: u64,
    /// The time up to which things have happened.
    pub as_of: DateTime<Utc>,
    /// Show a progress bar when standard error is a terminal.
    pub progress: bool,
}

impl Options {
    /// The usual company as of a time.
    #[must_use]
    pub fn as_of(as_of: DateTime<Utc>) -> Self {
        Self {
            seed: 7,
            tickets: 4_000,
            customers: 2_000,
            members: 0,
            comments: 0,
            as_of,
            progress: false,
        }
    }

    /// With so many tickets, and as many customers as they need.
    #[must_use]
    pub fn with_tickets(mut self, tickets: u64) -> Self {
        self.tickets = tickets;
        self.customers = self.customers.max(tickets / 10);
        self
    }
}

/// A user that anybody may sign in as, to look around.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DemoUser {
    /// What to sign in with.
    pub login: &'static str,
    /// The key of its role.
    pub role: &'static str,
    /// The role's Chinese name.
    pub role_zh: &'static str,
    /// Its password, which is no secret.
    pub password: &'static str,
}

/// A user of every role.
#[must_use]
pub fn demo_users() -> Vec<DemoUser> {
    accounts::LOGINS
        .iter()
        .map(|(login, role, role_zh)| DemoUser {
            login,
            role,
            role_zh,
            password: DEMO_PASSWORD,
        })
        .collect()
}
