//! Figures of the register as facts (指标事实).

use std::collections::{BTreeSet, HashMap};

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
use crate::metrics::figures::{Ask, Figure, Metric, Part, figures, records_of_members};
use crate::metrics::rules::at::At;
use crate::metrics::rules::grouping::By;
use crate::metrics::rules::period::{Granularity, Period};

/// What stands before the key of a metric where the member's own figure is meant.
const MEMBERS: &str = "metric";

/// As of when, and of which days.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    pub(super) sources: &'a Sources,
    pub(super) at: &'a At,
    pub(super) period: Period,
}

/// The members' own figures, `metric.<key>`, with the records behind: some four statements a metric.
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
    read(connection, asked, MEMBERS, (by, part), facts).await
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
        // Whoever asks for a team or a region finds the records of all its people through the snapshot.
        let mut behind = if level == MEMBERS {
            records_of_members(connection, &metric, &ask, FactValue::RECORDS).await?
        } else {
            HashMap::new()
        };
        for group in figures(connection, &metric, &ask).await? {
            let (Ok(of), Some(mut value)) =
                (group.key.parse(), told(&group.whole, snapshot.as_deref()))
            else {
                continue;
            };
            let records = behind.remove(&of).unwrap_or_default();
            let ids = records.into_iter().map(|(kind, id)| encode(&kind, id));
            value.records = ids.collect();
            put(&mut known, of, fact, value);
        }
    }
    Ok(known)
}

/// A figure as a fact; none where there is nothing to compute it from.
fn told(figure: &Figure, snapshot: Option<&str>) -> Option<FactValue> {
    let value = Value::Number(figure.value?.into());
    Some(FactValue {
        // With the facts that it leaves out: so stored traces have it, which are compared with what comes out again.
        count: figure
            .facts
            .and_then(|weight| u64::try_from(weight / SCALE).ok()),
        source: snapshot.map(str::to_owned),
        ..FactValue::of(value)
    })
}
