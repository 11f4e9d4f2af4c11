//! Figures: read from cells where one dimension is asked for, from facts where several are (指标取数).
//!
//! These reads don't look at who asks; [`rights`] does, before anything is read.

mod changed;
mod daily;
mod difference;
mod facts;
mod looks;
mod metric;
mod read;
mod records;
mod rights;
mod times;

use entity::enums::Province;
use uuid::Uuid;

use super::rules::at::At;
use super::rules::grouping::By;
use super::rules::period::{Granularity, Period};
use crate::decimal::Decimal;

pub use changed::page_of;
pub use daily::{Daily, Many, Population, Wish, daily, daily_of_members, people_behind};
pub use difference::{Cause, Difference, Differences, MOST_FACTS, differences, within};
pub use looks::note_look;
pub use metric::{Counted, Metric};
pub use read::{figures, figures_of_each, is_up_to_date, people};
pub use records::{Records, records_of_members};
pub use rights::{Rights, covers, lacking, protect, protect_differences};
pub use times::{Spent, SpentGroup, TimeAsk, TimeBy, Want, measure_of_time};

/// Which part of the company. Everything named must hold; lists name alternatives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Departments.
    pub departments: Vec<Uuid>,
    /// Regions.
    pub regions: Vec<Uuid>,
    /// Teams.
    pub teams: Vec<Uuid>,
    /// Members.
    pub members: Vec<Uuid>,
    /// Provinces.
    pub provinces: Vec<Province>,
    /// Products.
    pub products: Vec<Uuid>,
    /// Ways in which records came in.
    pub channels: Vec<String>,
    /// Kinds of records.
    pub kinds: Vec<String>,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Of which days.
    pub period: Period,
    /// Cut into what.
    pub granularity: Granularity,
    /// Told apart by what.
    pub by: Option<By>,
    /// Of which part of the company.
    pub part: Part,
    /// As of when.
    pub at: At,
}

impl Ask {
    /// The same for another period.
    #[must_use]
    pub fn during(&self, period: Period) -> Self {
        Self {
            period,
            ..self.clone()
        }
    }

    /// The pieces of the period.
    #[must_use]
    pub fn pieces(&self) -> Vec<Period> {
        self.period.cut(self.granularity)
    }
}

/// One figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Of which days.
    pub period: Period,
    /// The figure; none where there is nothing to compute it from.
    pub value: Option<Decimal>,
    /// How much is behind it, in ten-thousandths; none for derived metrics.
    pub weight: Option<i64>,
    /// The same with the facts that it leaves out for want of a value.
    pub facts: Option<i64>,
    /// At least so many different members are behind it; none when it isn't about members.
    pub people: Option<i32>,
}

/// The figures of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Which team, product and so on; empty without grouping, `-` for those without one.
    pub key: String,
    /// The figure of the whole period.
    pub whole: Figure,
    /// Those of its pieces.
    pub series: Vec<Figure>,
}
