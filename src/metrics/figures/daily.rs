//! Figures day by day, for whoever looks ahead or back: goals, appraisals, incentives.

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::metric::{Counted, Metric};
use super::read::{figures, sums_of_pieces};
use super::{Ask, Figure, Part};
use crate::error::Result;
use crate::metrics::rules::at::At;
use crate::metrics::rules::definition::Sums;
use crate::metrics::rules::period::{Granularity, Period};

/// Whose figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Population {
    /// The whole company.
    Company,
    /// A department.
    Department(Uuid),
    /// A region.
    Region(Uuid),
    /// A team.
    Team(Uuid),
    /// A member.
    Member(Uuid),
}

impl Population {
    /// The part of the company that it is.
    #[must_use]
    pub fn part(self) -> Part {
        let mut part = Part::default();
        match self {
            Self::Company => {}
            Self::Department(id) => part.departments.push(id),
            Self::Region(id) => part.regions.push(id),
            Self::Team(id) => part.teams.push(id),
            Self::Member(id) => part.members.push(id),
        }
        part
    }
}

/// A day's figure.
pub type Day = (NaiveDate, Figure);

/// The figure of a time and those of its days.
///
/// # Errors
/// When the database fails.
pub async fn daily(
    connection: &impl ConnectionTrait,
    metric: &Metric,
    population: Population,
    period: Period,
) -> Result<(Figure, Vec<Day>)> {
    let ask = Ask {
        period,
        granularity: Granularity::Day,
        by: None,
        part: population.part(),
        at: At::Now,
    };
    let groups = figures(connection, metric, &ask).await?;
    let nothing = Figure {
        period,
        value: None,
        weight: None,
        people: None,
    };
    Ok(groups
        .into_iter()
        .next()
        .map_or((nothing, Vec::new()), |group| {
            let days = group.series.into_iter();
            (
                group.whole,
                days.map(|day| (day.period.from, day)).collect(),
            )
        }))
}

/// The sums of a metric from facts on each day of a time, for whoever needs more than figures; days without any are left
/// out.
///
/// # Errors
/// When the database fails.
pub async fn daily_sums(
    connection: &impl ConnectionTrait,
    counted: &Counted,
    population: Population,
    period: Period,
) -> Result<Vec<(NaiveDate, Sums)>> {
    let ask = Ask {
        period,
        granularity: Granularity::Day,
        by: None,
        part: population.part(),
        at: At::Now,
    };
    let sums = sums_of_pieces(connection, counted, &ask).await?;
    Ok(sums
        .into_iter()
        .map(|(piece, sums)| (piece.from, sums))
        .filter(|(_, sums)| *sums != Sums::default())
        .collect())
}
