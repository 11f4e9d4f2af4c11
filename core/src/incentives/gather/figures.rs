//! Figures of the register as facts (指标事实).

use std::collections::BTreeSet;

use entity::enums::Dimension;
use entity::metric_snapshot;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{KnownOf, put};
use crate::decimal::SCALE;
use crate::error::Result;
use crate::ids::{Node, encode};
use crate::incentives::rules::value::{FactValue, Value};
use crate::metrics::Sources;
use crate::metrics::figures::{Ask, Figure, Metric, Part, figures};
use crate::metrics::rules::at::At;
use crate::metrics::rules::grouping::By;
use crate::metrics::rules::period::{Granularity, Period};

/// As of when, and of which days.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    pub(super) sources: &'a Sources,
    pub(super) at: &'a At,
    pub(super) period: Period,
}

/// The members' own figures, `metric.<key>`: two or three statements a metric.
pub(super) async fn of_members(
    connection: &impl ConnectionTrait,
    asked: &Asked<'_>,
    members: &[Uuid],
    facts: &BTreeSet<String>,
) -> Result<KnownOf> {
    let part = Part {
        members: members.to_vec(),
        ..Part::default()
    };
    let by = By::Dimension(Dimension::Member);
    read(connection, asked, "metric", (by, part), facts).await
}

/// The figures of teams or regions, `<level>.<key>`.
pub(super) async fn of_groups(
    connection: &impl ConnectionTrait,
    asked: &Asked<'_>,
    level: &str,
    by: By,
    facts: &BTreeSet<String>,
) -> Result<KnownOf> {
    read(connection, asked, level, (by, Part::default()), facts).await
}

async fn read(
    connection: &impl ConnectionTrait,
    asked: &Asked<'_>,
    level: &str,
    (by, part): (By, Part),
    facts: &BTreeSet<String>,
) -> Result<KnownOf> {
    let ask = Ask {
        period: asked.period,
        granularity: Granularity::Total,
        by: Some(by),
        part,
        at: asked.at.clone(),
    };
    let snapshot = asked
        .at
        .frozen()
        .map(|frozen| encode(metric_snapshot::Entity::PREFIX, frozen.id));
    let mut known = KnownOf::new();
    for fact in facts {
        let Some(key) = fact
            .strip_prefix(level)
            .and_then(|rest| rest.strip_prefix('.'))
        else {
            continue;
        };
        let found = Metric::find_at(connection, asked.sources, key, asked.at).await?;
        let Some(metric) = found else {
            continue;
        };
        for group in figures(connection, &metric, &ask).await? {
            let (Ok(of), Some(value)) =
                (group.key.parse(), told(&group.whole, snapshot.as_deref()))
            else {
                continue;
            };
            put(&mut known, of, fact, value);
        }
    }
    Ok(known)
}

/// A figure as a fact; none where there is nothing to compute it from.
fn told(figure: &Figure, snapshot: Option<&str>) -> Option<FactValue> {
    let value = Value::Number(figure.value?.into());
    Some(FactValue {
        count: figure
            .weight
            .and_then(|weight| u64::try_from(weight / SCALE).ok()),
        source: snapshot.map(str::to_owned),
        ..FactValue::of(value)
    })
}
