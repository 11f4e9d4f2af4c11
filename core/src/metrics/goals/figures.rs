//! Where goals get their figures from: the register, in this one place, and for all goals of a list at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::{goal, member};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::Population;
use super::rules::Days;
use crate::access::{Permission, Viewer, by_ids};
use crate::error::Result;
use crate::metrics::Sources;
use crate::metrics::figures::{
    Daily, Metric, Population as Whose, Wish, daily, lacking, people_behind,
};
use crate::metrics::rules::definition::Body;
use crate::metrics::rules::period::Period;
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

/// The metrics that measure these goals, by key; without those that aren't used any more.
///
/// # Errors
/// When the database fails.
pub async fn metrics(
    connection: &impl ConnectionTrait,
    sources: &Sources,
    goals: impl IntoIterator<Item = &goal::Model>,
) -> Result<BTreeMap<String, Metric>> {
    let keys: BTreeSet<&str> = goals
        .into_iter()
        .map(|goal| goal.metric_key.as_str())
        .collect();
    Metric::find_each(connection, sources, &keys).await
}

/// A goal's figures.
#[derive(Clone, Debug)]
pub struct Figures<'m> {
    wish: Wish<'m>,
    daily: Daily<'m>,
    /// The days of the goal itself.
    own: Period,
}

/// What goals are read for: the goal, and which days beside its own.
pub type Asked<'g> = (&'g goal::Model, Period);

/// The figures of these goals, each over the days that are asked for and those of the goal; none where the metric isn't used
/// any more. A fixed number of statements.
///
/// # Errors
/// When the database fails.
pub async fn read<'m>(
    connection: &impl ConnectionTrait,
    metrics: &'m BTreeMap<String, Metric>,
    asked: &[Asked<'_>],
) -> Result<Vec<Option<Figures<'m>>>> {
    let wish = |(goal, days): &Asked<'_>| {
        let own = Period {
            from: goal.from_day,
            to: goal.until_day,
        };
        let period = Period {
            from: own.from.min(days.from),
            to: own.to.max(days.to),
        };
        let wish = Wish {
            metric: metrics.get(&goal.metric_key)?,
            population: Population::of(goal)?.into(),
            period,
        };
        Some((wish, own))
    };
    let wishes: Vec<Option<(Wish<'m>, Period)>> = asked.iter().map(wish).collect();
    let there: Vec<Wish<'m>> = wishes.iter().flatten().map(|(wish, _)| *wish).collect();
    let mut found = daily(connection, &there).await?.into_iter();
    let figures = wishes.into_iter().map(|wish| {
        let (wish, own) = wish?;
        let daily = found.next()?;
        Some(Figures { wish, daily, own })
    });
    Ok(figures.collect())
}

impl Figures<'_> {
    /// What each day of a period brought, of which the days from `goal_from` on are the goal's.
    #[must_use]
    pub fn days(&self, period: Period, goal_from: NaiveDate) -> Days {
        let within = |day: &NaiveDate| period.contains(*day);
        if let Body::Facts(base) = &self.wish.metric.defined.definition.body {
            let days = self.daily.sums().into_iter();
            return Days::Sums {
                aggregate: base.aggregate,
                days: days.filter(|(day, _)| within(day)).collect(),
            };
        }
        let days = self.daily.figures().into_iter();
        let so_far = Period {
            from: goal_from.max(period.from),
            to: period.to,
        };
        let so_far = (so_far.from < so_far.to).then(|| self.daily.figure(so_far));
        Days::Series {
            days: days.filter(|(day, _)| within(day)).collect(),
            together: self.daily.figure(period),
            so_far: so_far.flatten(),
        }
    }
}

/// Which of these figures may the viewer have? Those of a single member, or of a smaller group than the least one, only with
/// `metric.member.read` as far as it goes; that there is a goal, and whether it is on course, isn't withheld. A fixed
/// number of statements.
///
/// # Errors
/// When the database fails.
pub async fn shown_to(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    figures: &[&Figures<'_>],
) -> Result<Vec<bool>> {
    let permission = Permission::MetricMemberRead;
    let members: Vec<Uuid> = figures
        .iter()
        .filter_map(|one| match one.wish.population {
            Whose::Member(id) => Some(id),
            _ => None,
        })
        .collect();
    let seen = if members.is_empty() {
        HashMap::new()
    } else {
        by_ids::<member::Entity>(connection, viewer, permission, &members).await?
    };
    let least = settings::read(connection, &METRICS_MINIMUM_GROUP).await?;
    let mut shown = Vec::with_capacity(figures.len());
    let mut doubtful = Vec::new();
    for (place, one) in figures.iter().enumerate() {
        let may = match one.wish.population {
            _ if !one.wish.metric.is_about_members() => true,
            Whose::Member(id) if one.wish.metric.guards().is_empty() => seen.contains_key(&id),
            part => lacking(connection, viewer, one.wish.metric, &part.part())
                .await?
                .is_none(),
        };
        let enough =
            || !one.daily.has_any(one.own) || i64::from(one.daily.least_people(one.own)) >= least;
        let is_member = matches!(one.wish.population, Whose::Member(_));
        shown.push(may || (!is_member && enough()));
        // Sums know only a least number of people.
        if !shown[place] && !is_member {
            doubtful.push(place);
        }
    }
    let wishes: Vec<Wish<'_>> = doubtful
        .iter()
        .map(|place| Wish {
            period: figures[*place].own,
            ..figures[*place].wish
        })
        .collect();
    let people = people_behind(connection, &wishes).await?;
    for (place, people) in doubtful.into_iter().zip(people) {
        shown[place] = i64::from(people) >= least;
    }
    Ok(shown)
}
