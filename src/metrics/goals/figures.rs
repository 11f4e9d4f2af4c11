//! Where goals get their figures from: the register, in this one place.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::ConnectionTrait;

use super::Population;
use super::rules::Days;
use crate::access::{Permission, Viewer};
use crate::error::Result;
use crate::metrics::Sources;
use crate::metrics::figures::{
    self, Ask, Metric, Population as Whose, covers, daily, daily_sums, people,
};
use crate::metrics::rules::at::At;
use crate::metrics::rules::definition::Body;
use crate::metrics::rules::period::{Granularity, Period};
use crate::settings::{self, catalogue::METRICS_MINIMUM_GROUP};

impl From<Population> for Whose {
    fn from(population: Population) -> Self {
        match population {
            Population::Company => Self::Company,
            Population::Department(id) => Self::Department(id),
            Population::Region(id) => Self::Region(id),
            Population::Team(id) => Self::Team(id),
            Population::Member(id) => Self::Member(id),
        }
    }
}

/// The metric of that key; none when there is none or it isn't used any more.
///
/// # Errors
/// When the database fails.
pub async fn metric(
    connection: &impl ConnectionTrait,
    sources: &Sources,
    key: &str,
) -> Result<Option<Metric>> {
    Metric::find(connection, sources, key).await
}

/// What a part of the company brought on each day of a period, of which the days from `goal_from` on are the goal's.
///
/// # Errors
/// When the database fails.
pub async fn days(
    connection: &impl ConnectionTrait,
    metric: &Metric,
    population: Population,
    period: Period,
    goal_from: NaiveDate,
) -> Result<Days> {
    let whose = Whose::from(population);
    let definition = &metric.defined.definition;
    let counted = metric.bases.get(&metric.defined.metric.key);
    if let (Body::Facts(base), Some(counted)) = (&definition.body, counted) {
        let days = daily_sums(connection, counted, whose, period).await?;
        return Ok(Days::Sums {
            aggregate: base.aggregate,
            days: days.into_iter().collect(),
        });
    }
    let (together, days) = daily(connection, metric, whose, period).await?;
    let so_far = Period {
        from: goal_from.max(period.from),
        to: period.to,
    };
    let so_far = if so_far == period {
        together.value
    } else if so_far.from < so_far.to {
        daily(connection, metric, whose, so_far).await?.0.value
    } else {
        None
    };
    let days: BTreeMap<NaiveDate, _> = days
        .into_iter()
        .filter_map(|(day, figure)| Some((day, figure.value?)))
        .collect();
    Ok(Days::Series {
        days,
        together: together.value,
        so_far,
    })
}

/// May the viewer have the figures of a goal of this part of the company? Those of a single member, or of a smaller group
/// than the least one, only with `metric.member.read` as far as it goes; that there is a goal, and whether it is on course,
/// isn't withheld.
///
/// # Errors
/// When the database fails.
pub async fn shown_to(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    metric: &Metric,
    population: Population,
    period: Period,
) -> Result<bool> {
    let part = Whose::from(population).part();
    if !metric.is_about_members()
        || covers(connection, viewer, Permission::MetricMemberRead, &part).await?
    {
        return Ok(true);
    }
    if matches!(population, Population::Member(_)) {
        return Ok(false);
    }
    let least = settings::read(connection, &METRICS_MINIMUM_GROUP).await?;
    let ask = Ask {
        period,
        granularity: Granularity::Total,
        by: None,
        part,
        at: At::Now,
    };
    let groups = figures::figures(connection, metric, &ask).await?;
    let Some(group) = groups.into_iter().next() else {
        return Ok(true);
    };
    let nothing = group.whole.value.is_none() || group.whole.weight == Some(0);
    if nothing || i64::from(group.whole.people.unwrap_or(i32::MAX)) >= least {
        return Ok(true);
    }
    // Sums know only a least number of people.
    let exact = people(connection, metric, &ask, period).await?;
    Ok(exact.values().any(|people| i64::from(*people) >= least))
}
