//! Service levels from their rows: a version of a policy, counted by a version of its calendar.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use entity::{calendar_version, sla_policy, sla_policy_version};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait,
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::calendars::{self, Calendar};
use crate::error::{Error, Result};
use crate::organisation;
use crate::tickets::sla::rules::policy::{Level, Matches};

/// The levels of the active policies as they are now, in the order in which they are tried.
///
/// # Errors
/// When the database fails, or holds what no action would have written.
pub async fn active(connection: &impl ConnectionTrait, day: NaiveDate) -> Result<Vec<Arc<Level>>> {
    let holds = Expr::col((sla_policy::Entity, sla_policy::Column::Current)).eq(Expr::col((
        sla_policy_version::Entity,
        sla_policy_version::Column::Number,
    )));
    let versions = sla_policy_version::Entity::find()
        .join(
            JoinType::InnerJoin,
            sla_policy_version::Relation::Policy.def(),
        )
        .filter(holds)
        .filter(sla_policy::Column::Active.eq(true))
        .order_by_asc(sla_policy::Column::Rank)
        .order_by_asc(sla_policy::Column::Code)
        .all(connection)
        .await?;
    let calendars: BTreeSet<Uuid> = versions.iter().map(|row| row.calendar_id).collect();
    let calendars: Vec<Uuid> = calendars.into_iter().collect();
    let current = calendars::store::current_of(connection, &calendars).await?;
    let mut built = Calendars::default();
    let mut levels = Vec::with_capacity(versions.len());
    for row in &versions {
        let calendar = current
            .get(&row.calendar_id)
            .ok_or_else(|| Error::internal(format!("policy version {} has no calendar", row.id)))?;
        levels.push(level(row, calendar, &mut built)?);
    }
    with_regions(connection, levels, day).await
}

/// The levels that clocks have, by (policy version, calendar version); two statements, and one when regions are named.
///
/// # Errors
/// When the database fails, or holds what no action would have written.
pub async fn held(
    connection: &impl ConnectionTrait,
    pairs: &BTreeSet<(Uuid, Uuid)>,
    day: NaiveDate,
) -> Result<HashMap<(Uuid, Uuid), Arc<Level>>> {
    if pairs.is_empty() {
        return Ok(HashMap::new());
    }
    let policies: BTreeSet<Uuid> = pairs.iter().map(|(policy, _)| *policy).collect();
    let calendars: BTreeSet<Uuid> = pairs.iter().map(|(_, calendar)| *calendar).collect();
    let policies: HashMap<Uuid, sla_policy_version::Model> = sla_policy_version::Entity::find()
        .filter(sla_policy_version::Column::Id.is_in(policies))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let calendars: Vec<Uuid> = calendars.into_iter().collect();
    let calendars = calendars::store::versions(connection, &calendars).await?;
    let mut built = Calendars::default();
    let mut levels = Vec::with_capacity(pairs.len());
    for (policy, calendar) in pairs {
        let missing =
            || Error::internal(format!("no policy version {policy} or calendar {calendar}"));
        let row = policies.get(policy).ok_or_else(missing)?;
        let calendar = calendars.get(calendar).ok_or_else(missing)?;
        levels.push(level(row, calendar, &mut built)?);
    }
    let levels = with_regions(connection, levels, day).await?;
    Ok(levels
        .into_iter()
        .map(|level| ((level.policy_version, level.calendar_version), level))
        .collect())
}

/// Calendars that were built already: several policies share one.
#[derive(Default)]
struct Calendars(HashMap<Uuid, Arc<Calendar>>);

impl Calendars {
    fn of(&mut self, row: &calendar_version::Model) -> Result<Arc<Calendar>> {
        if let Some(known) = self.0.get(&row.id) {
            return Ok(Arc::clone(known));
        }
        let calendar = Arc::new(Calendar::from_version(row)?);
        self.0.insert(row.id, Arc::clone(&calendar));
        Ok(calendar)
    }
}

fn level(
    row: &sla_policy_version::Model,
    calendar: &calendar_version::Model,
    built: &mut Calendars,
) -> Result<Level> {
    Ok(Level {
        policy: row.policy_id,
        policy_version: row.id,
        calendar_version: calendar.id,
        calendar: built.of(calendar)?,
        matches: read(row.id, &row.matches)?,
        region_provinces: Vec::new(),
        targets: read(row.id, &row.targets)?,
        pauses_on: read(row.id, &row.pauses_on)?,
        warn_percent: row.warn_percent,
    })
}

fn read<T: DeserializeOwned>(version: Uuid, json: &serde_json::Value) -> Result<T> {
    serde_json::from_value(json.clone())
        .map_err(|error| Error::internal(format!("policy version {version}: {error}")))
}

/// Fills in the provinces that the named regions have on that day.
async fn with_regions(
    connection: &impl ConnectionTrait,
    levels: Vec<Level>,
    day: NaiveDate,
) -> Result<Vec<Arc<Level>>> {
    let regions: BTreeSet<Uuid> = levels
        .iter()
        .flat_map(
            |Level {
                 matches: Matches { regions, .. },
                 ..
             }| regions.iter().copied(),
        )
        .collect();
    let regions: Vec<Uuid> = regions.into_iter().collect();
    let provinces = organisation::provinces_of(connection, &regions, day).await?;
    Ok(levels
        .into_iter()
        .map(|mut level| {
            level.region_provinces = level
                .matches
                .regions
                .iter()
                .filter_map(|region| provinces.get(region))
                .flatten()
                .copied()
                .collect();
            Arc::new(level)
        })
        .collect())
}
