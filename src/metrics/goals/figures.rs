//! Where goals get their figures from: the register, in this one place.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::enums::{Dimension, Grain, Province};
use entity::{metric, metric_cell, metric_version};
use sea_orm::{ActiveEnum, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Population;
use super::rules::Days;
use crate::error::{Result, Text};
use crate::metrics::rules::definition::{Aggregate, Body, Definition, Sums};
use crate::organisation;

/// A metric as goals know it.
#[derive(Clone, Debug)]
pub struct Measure {
    /// What it is called.
    pub name: Text,
    /// How it is computed.
    pub definition: Definition,
    version: metric_version::Model,
}

/// The metric of that key as it is computed now; none when there is none or it isn't used any more.
///
/// # Errors
/// When the database fails.
pub async fn measure(connection: &impl ConnectionTrait, key: &str) -> Result<Option<Measure>> {
    let found = metric::Entity::find()
        .filter(metric::Column::Key.eq(key))
        .filter(metric::Column::Active.eq(true))
        .one(connection)
        .await?;
    let Some(metric) = found else { return Ok(None) };
    let version = metric_version::Entity::find()
        .filter(metric_version::Column::MetricId.eq(metric.id))
        .filter(metric_version::Column::Number.eq(metric.current))
        .one(connection)
        .await?;
    let Some(version) = version else {
        return Ok(None);
    };
    Ok(Some(Measure {
        name: Text::new(version.name.clone(), version.name_zh.clone()),
        definition: serde_json::from_value(version.definition.clone())?,
        version,
    }))
}

/// What a part of the company brought on each day of a time; none when days of such a metric can't be told.
///
/// # Errors
/// When the database fails.
pub async fn days(
    connection: &impl ConnectionTrait,
    measure: &Measure,
    population: Population,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Option<Days>> {
    let Body::Facts(base) = &measure.definition.body else {
        return Ok(None);
    };
    let days = match population {
        Population::Region(id) => {
            let spans = organisation::provinces_during(connection, id, from, until).await?;
            let of_day = |day: NaiveDate, key: &str| {
                spans.iter().any(|span| {
                    span.province.to_value() == key
                        && organisation::holds_on(span.valid_from, span.valid_to, day)
                })
            };
            let keys = spans
                .iter()
                .map(|span| span.province)
                .collect::<Vec<Province>>();
            let keys = keys.iter().map(ActiveEnum::to_value).collect();
            let cells = cells(
                connection,
                measure,
                Dimension::Province,
                keys,
                (from, until),
            )
            .await?;
            together(
                cells
                    .into_iter()
                    .filter(|cell| of_day(cell.start, &cell.key)),
            )
        }
        one => {
            let (dimension, key) = match one {
                Population::Department(id) => (Dimension::Department, id.to_string()),
                Population::Team(id) => (Dimension::Team, id.to_string()),
                Population::Member(id) => (Dimension::Member, id.to_string()),
                Population::Company | Population::Region(_) => (Dimension::Company, String::new()),
            };
            together(cells(connection, measure, dimension, vec![key], (from, until)).await?)
        }
    };
    Ok(Some(Days::Sums {
        aggregate: base.aggregate,
        days,
    }))
}

async fn cells(
    connection: &impl ConnectionTrait,
    measure: &Measure,
    dimension: Dimension,
    keys: Vec<String>,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Vec<metric_cell::Model>> {
    use metric_cell::Column;
    Ok(metric_cell::Entity::find()
        .filter(Column::VersionId.eq(measure.version.id))
        .filter(Column::Dimension.eq(dimension))
        .filter(Column::Key.is_in(keys))
        .filter(Column::Grain.eq(Grain::Day))
        .filter(Column::Start.gte(from))
        .filter(Column::Start.lt(until))
        .all(connection)
        .await?)
}

fn together(cells: impl IntoIterator<Item = metric_cell::Model>) -> BTreeMap<NaiveDate, Sums> {
    let mut days: BTreeMap<NaiveDate, Sums> = BTreeMap::new();
    for cell in cells {
        days.entry(cell.start).or_default().add(Sums {
            weight: cell.weight,
            counted: cell.counted,
            total: cell.total,
        });
    }
    days
}

impl Measure {
    /// Is it a number of a hundred, which can't be more?
    #[must_use]
    pub fn is_rate(&self) -> bool {
        matches!(&self.definition.body, Body::Facts(base) if base.aggregate == Aggregate::Rate)
    }
}
