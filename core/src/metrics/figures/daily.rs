//! What each day adds up to, for whoever looks ahead or back: goals, appraisals, incentives. Many at once, in one read.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::enums::{Attribution, Dimension};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::metric::Metric;
use super::read::{people_of_each, sums_of_each};
use super::{Ask, Part};
use crate::decimal::{Decimal, SCALE};
use crate::error::Result;
use crate::metrics::rules::at::At;
use crate::metrics::rules::definition::Sums;
use crate::metrics::rules::grouping::By;
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

    fn ask(self, period: Period, granularity: Granularity) -> Ask {
        Ask {
            period,
            granularity,
            by: None,
            part: self.part(),
            at: At::Now,
        }
    }
}

/// A metric of a part of the company in a time.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'m> {
    /// The metric.
    pub metric: &'m Metric,
    /// Whose.
    pub population: Population,
    /// Which days.
    pub period: Period,
}

/// What each day of a time adds up to.
#[derive(Clone, Debug)]
pub struct Daily<'m> {
    metric: &'m Metric,
    period: Period,
    /// For each metric from facts that it stands on: the days that have any, with their sums and the least number of people
    /// behind them.
    days: BTreeMap<&'m str, BTreeMap<NaiveDate, (Sums, i32)>>,
}

impl<'m> Daily<'m> {
    /// The sums of the days that have any, of a metric from facts.
    #[must_use]
    pub fn sums(&self) -> BTreeMap<NaiveDate, Sums> {
        let own = self.days.get(self.metric.defined.metric.key.as_str());
        let days = own.into_iter().flatten();
        days.map(|(day, (sums, _))| (*day, *sums)).collect()
    }

    /// The figures of the days that have one.
    #[must_use]
    pub fn figures(&self) -> BTreeMap<NaiveDate, Decimal> {
        let days = self.period.cut(Granularity::Day);
        days.into_iter()
            .filter_map(|day| Some((day.from, self.figure(day)?)))
            .collect()
    }

    /// The figure of some of its days together.
    #[must_use]
    pub fn figure(&self, period: Period) -> Option<Decimal> {
        self.metric.value(&|base| self.within(base, period).0)
    }

    /// Is anything behind the figure of some of its days?
    #[must_use]
    pub fn has_any(&self, period: Period) -> bool {
        let mut bases = self.metric.bases.iter();
        bases.any(|(base, counted)| {
            let (sums, _) = self.within(base, period);
            sums.behind(counted.base.aggregate) > 0
        })
    }

    /// How many cases are behind the figure of some of its days: of metrics on several facts those of the rarest. What is
    /// left out for want of a value is no case.
    #[must_use]
    pub fn cases(&self, period: Period) -> i64 {
        let bases = self.metric.bases.iter().map(|(base, counted)| {
            let (sums, _) = self.within(base, period);
            sums.behind(counted.base.aggregate)
        });
        bases.min().unwrap_or(0) / SCALE
    }

    /// At least so many members are behind the figure of some of its days.
    #[must_use]
    pub fn least_people(&self, period: Period) -> i32 {
        let about_members = self.metric.bases.iter().filter_map(|(base, counted)| {
            let (sums, people) = self.within(base, period);
            let behind = sums.behind(counted.base.aggregate);
            let counts = counted.base.attribution != Attribution::Record && behind > 0;
            counts.then_some(people)
        });
        about_members.min().unwrap_or(i32::MAX)
    }

    fn within(&self, base: &str, period: Period) -> (Sums, i32) {
        let mut all = (Sums::default(), 0);
        let Some(days) = self.days.get(base).filter(|_| period.from < period.to) else {
            return all;
        };
        for (sums, people) in days.range(period.from..period.to).map(|(_, day)| day) {
            all.0.add(*sums);
            all.1 = all.1.max(*people);
        }
        all
    }
}

/// The days of each wish: one statement for all whose sums are complete, and one for the regions.
///
/// # Errors
/// `BAD_INPUT` when it is too much at once; an internal one when the database fails.
pub async fn daily<'m>(
    connection: &impl ConnectionTrait,
    wishes: &[Wish<'m>],
) -> Result<Vec<Daily<'m>>> {
    let asks: Vec<Ask> = wishes
        .iter()
        .map(|wish| wish.population.ask(wish.period, Granularity::Day))
        .collect();
    let asked: Vec<(&'m Metric, &Ask)> = wishes
        .iter()
        .zip(&asks)
        .map(|(wish, ask)| (wish.metric, ask))
        .collect();
    let all = sums_of_each(connection, &At::Now, &asked).await?;
    let of = |(wish, (ask, sums)): (&Wish<'m>, (&Ask, super::read::AllSums<'m>))| {
        let pieces = ask.pieces();
        let days = sums.into_iter().map(|(base, mut groups)| {
            let days = groups.remove("").unwrap_or_default();
            let days = pieces.iter().map(|piece| piece.from).zip(days);
            let days = days.filter(|(_, (sums, _))| *sums != Sums::default());
            (base, days.collect())
        });
        Daily {
            metric: wish.metric,
            period: wish.period,
            days: days.collect(),
        }
    };
    Ok(wishes.iter().zip(asks.iter().zip(all)).map(of).collect())
}

/// The days of many members, metric by metric.
#[derive(Clone, Debug)]
pub struct Many<'m> {
    /// The metric.
    pub metric: &'m Metric,
    /// Which days.
    pub period: Period,
    /// Whose.
    pub members: Vec<Uuid>,
}

/// What the days of these members add up to, by member: one statement for all.
///
/// # Errors
/// `BAD_INPUT` when it is too much at once; an internal one when the database fails.
pub async fn daily_of_members<'m>(
    connection: &impl ConnectionTrait,
    wishes: &[Many<'m>],
) -> Result<Vec<BTreeMap<Uuid, Daily<'m>>>> {
    let asks: Vec<Ask> = wishes
        .iter()
        .map(|wish| Ask {
            period: wish.period,
            granularity: Granularity::Day,
            by: Some(By::Dimension(Dimension::Member)),
            part: Part {
                members: wish.members.clone(),
                ..Part::default()
            },
            at: At::Now,
        })
        .collect();
    // Without anybody named, all would be meant.
    let asked: Vec<(&'m Metric, &Ask)> = wishes
        .iter()
        .zip(&asks)
        .filter(|(wish, _)| !wish.members.is_empty())
        .map(|(wish, ask)| (wish.metric, ask))
        .collect();
    let mut found = sums_of_each(connection, &At::Now, &asked)
        .await?
        .into_iter();
    let mut all = Vec::with_capacity(wishes.len());
    for (wish, ask) in wishes.iter().zip(&asks) {
        let mut sums = if wish.members.is_empty() {
            BTreeMap::new()
        } else {
            found.next().unwrap_or_default()
        };
        let pieces = ask.pieces();
        let of_member = wish.members.iter().map(|member| {
            let key = member.to_string();
            let days = sums.iter_mut().map(|(base, groups)| {
                let days = groups.remove(&key).unwrap_or_default();
                let days = pieces.iter().map(|piece| piece.from).zip(days);
                let days = days.filter(|(_, (sums, _))| *sums != Sums::default());
                (*base, days.collect())
            });
            let daily = Daily {
                metric: wish.metric,
                period: wish.period,
                days: days.collect(),
            };
            (*member, daily)
        });
        all.push(of_member.collect());
    }
    Ok(all)
}

/// How many members are behind each wish as a whole, exactly; one statement for all, and one for the regions.
///
/// # Errors
/// When the database fails.
pub async fn people_behind(
    connection: &impl ConnectionTrait,
    wishes: &[Wish<'_>],
) -> Result<Vec<i32>> {
    let asks: Vec<Ask> = wishes
        .iter()
        .map(|wish| wish.population.ask(wish.period, Granularity::Total))
        .collect();
    let asked: Vec<(&Metric, &Ask)> = wishes
        .iter()
        .zip(&asks)
        .map(|(wish, ask)| (wish.metric, ask))
        .collect();
    people_of_each(connection, &asked).await
}
