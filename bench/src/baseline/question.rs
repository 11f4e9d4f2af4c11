//! What is asked of a baseline: the variables of the GraphQL documents, with plain ids.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// D: which ticket.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Detail {
    /// Its id.
    pub id: Uuid,
}

/// L: which team and status.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct List {
    /// The team.
    pub team: Uuid,
    /// The status.
    pub state: String,
}

/// C: which team.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Comments {
    /// The team.
    pub team: Uuid,
}

/// P: after which row.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Page {
    /// When it was opened.
    pub at: DateTime<Utc>,
    /// Its id.
    pub id: Uuid,
}

/// W: what is written on which ticket.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Write {
    /// The ticket.
    pub ticket: Uuid,
    /// The text.
    pub body: String,
}

/// The day in the organisation's time zone, which the demo company has at UTC+8 all year.
#[must_use]
pub fn today(now: DateTime<Utc>) -> NaiveDate {
    (now + TimeDelta::hours(8)).date_naive()
}

/// The days for which A asks: two years and a week, as the demo company has tickets for two years.
#[must_use]
pub fn two_years(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let to = today + Days::new(1);
    (to - Days::new(738), to)
}
