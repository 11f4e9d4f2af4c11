//! Putting cards together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::enums::Reach;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::rules::ranks;
use crate::access::{Permission, Viewer};
use crate::error::{ApiError, Result};
use crate::metrics::Sources;
use crate::metrics::figures::{Ask, Figure, Metric, Part, Rights, figures, protect};
use crate::metrics::rules::at::At;
use crate::metrics::rules::grouping::By;
use crate::metrics::rules::period::{Granularity, Period};
use crate::organisation::holdings;

/// The metrics of a card when none are named.
pub const USUAL: [&str; 7] = [
    "satisfaction",
    "satisfied",
    "tickets_resolved",
    "resolved_in_time",
    "first_response_in_time",
    "reopen_rate",
    "complaints",
];
/// The most metrics of a card.
const MOST_METRICS: usize = 12;
/// The most months of a period.
const MOST_MONTHS: usize = 24;

/// The figure of one metric on a card.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// The figure; none when nothing is known of the region.
    pub now: Option<Figure>,
    /// The one of the period before.
    pub before: Option<Figure>,
    /// Is it withheld because few members are behind it?
    pub withheld: bool,
    /// Its place among the regions.
    pub rank: Option<i32>,
    /// Among how many.
    pub ranked: i32,
}

/// The figures of a region: one for each metric, in their order.
#[derive(Clone, Debug)]
pub struct Card {
    /// The region.
    pub region: Uuid,
    /// The figures.
    pub lines: Vec<Line>,
}

/// The cards of all regions that the viewer may see.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// The period.
    pub period: Period,
    /// The metrics, in the order of the cards' lines.
    pub metrics: Vec<Metric>,
    /// The cards.
    pub cards: Vec<Card>,
}

/// Evaluates the regions within the viewer's reach in a period of whole months.
///
/// # Errors
/// `BAD_INPUT` about the period or the metrics; `FORBIDDEN` when no region is within reach.
pub async fn evaluate(
    connection: &impl ConnectionTrait,
    sources: &Sources,
    viewer: &Viewer,
    period: Period,
    keys: &[String],
) -> Result<Evaluation> {
    let metrics = metrics(connection, sources, keys).await?;
    let pieces = period.cut(Granularity::Month).len();
    if !period.is_of_months() || pieces > MOST_MONTHS {
        return Err(ApiError::bad_input(
            "period",
            format!(
                "regions are evaluated by whole calendar months, at most {MOST_MONTHS} of them"
            ),
            format!("区域评估须按整月，最多 {MOST_MONTHS} 个月"),
        )
        .into());
    }
    let reaches = |reach| {
        viewer
            .grants
            .reaches(Permission::MetricRead)
            .any(|one| one == reach)
    };
    let whole = reaches(Reach::All);
    let mine = &viewer.standing.regions;
    if !whole && (!reaches(Reach::Region) || mine.is_empty()) {
        return Err(viewer.reach_too_small(Permission::MetricRead).into());
    }
    let regions: BTreeSet<Uuid> = holdings(connection)
        .await?
        .into_iter()
        .filter(|held| held.from < period.to && held.to.is_none_or(|end| period.from < end))
        .map(|held| held.region)
        .filter(|region| whole || mine.contains(region))
        .collect();
    let ask = Ask {
        period,
        granularity: Granularity::Month,
        by: Some(By::Region),
        part: Part {
            regions: if whole {
                Vec::new()
            } else {
                mine.iter().copied().collect()
            },
            ..Part::default()
        },
        at: At::Now,
    };
    let mut cards: BTreeMap<Uuid, Vec<Line>> =
        regions.iter().map(|region| (*region, Vec::new())).collect();
    for metric in &metrics {
        let now = read(connection, viewer, metric, &ask).await?;
        let before = match period.before() {
            Some(before) => read(connection, viewer, metric, &ask.during(before)).await?,
            None => HashMap::new(),
        };
        let values: Vec<_> = regions
            .iter()
            .map(|region| {
                (
                    *region,
                    now.get(region).and_then(|(figure, _)| figure.value),
                )
            })
            .collect();
        let places = if whole {
            ranks(&values, metric.defined.definition.direction)
        } else {
            BTreeMap::new()
        };
        for (region, lines) in &mut cards {
            let found = now.get(region);
            lines.push(Line {
                now: found.map(|(figure, _)| *figure),
                before: before.get(region).map(|(figure, _)| *figure),
                withheld: found.is_some_and(|(_, withheld)| *withheld),
                rank: places.get(region).copied(),
                ranked: i32::try_from(places.len()).unwrap_or(i32::MAX),
            });
        }
    }
    let cards = cards
        .into_iter()
        .map(|(region, lines)| Card { region, lines });
    Ok(Evaluation {
        period,
        metrics,
        cards: cards.collect(),
    })
}

/// The metrics that are asked for, in that order.
async fn metrics(
    connection: &impl ConnectionTrait,
    sources: &Sources,
    keys: &[String],
) -> Result<Vec<Metric>> {
    let keys: Vec<&str> = if keys.is_empty() {
        USUAL.to_vec()
    } else {
        keys.iter().map(String::as_str).collect()
    };
    if keys.len() > MOST_METRICS {
        return Err(ApiError::bad_input(
            "metrics",
            format!("a card has at most {MOST_METRICS} metrics"),
            format!("最多 {MOST_METRICS} 个指标"),
        )
        .into());
    }
    let mut found = Metric::find_each(connection, sources, &keys.iter().copied().collect()).await?;
    let mut metrics = Vec::with_capacity(keys.len());
    for key in keys {
        match found.remove(key) {
            Some(metric) => metrics.push(metric),
            None => {
                return Err(ApiError::bad_input(
                    "metrics",
                    format!("there is no such metric in use as `{key}`, or it is named twice; metricDefinitions lists those there are"),
                    format!("没有在用的指标 {key}，或重复；请用 metricDefinitions 查询"),
                )
                .into());
            }
        }
    }
    Ok(metrics)
}

/// The figures of one metric by region, with whether each is withheld.
async fn read(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    metric: &Metric,
    ask: &Ask,
) -> Result<HashMap<Uuid, (Figure, bool)>> {
    let rights = Rights::of(connection, viewer, metric, ask).await?;
    let mut groups = figures(connection, metric, ask).await?;
    let withheld = match rights {
        Rights::Whole => HashMap::new(),
        Rights::Guarded => protect(connection, metric, ask, &mut groups).await?,
    };
    Ok(groups
        .into_iter()
        .filter_map(|group| {
            let gone = withheld.get(&group.key);
            let gone = gone.is_some_and(|periods| periods.contains(&group.whole.period));
            Some((group.key.parse().ok()?, (group.whole, gone)))
        })
        .collect())
}
