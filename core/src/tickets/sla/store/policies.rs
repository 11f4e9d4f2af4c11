//! Policies and their versions. What is shown to people is read through their reach; the rules read whoever asks.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::SlaClockState;
use entity::{sla_clock, sla_policy, sla_policy_version};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, SqlErr,
};
use uuid::Uuid;

use crate::access::Permission;
use crate::access::{Listed, Viewer, visible};
use crate::db::filter::TextMatches;
use crate::db::keyset::Sort;
use crate::error::{Result, Text, UserError, UserErrorCode};

/// Which policies a list is about.
#[derive(Clone, Debug, Default)]
pub struct PolicyFilter {
    /// Its code.
    pub code: Option<TextMatches>,
    /// In use, or not.
    pub active: Option<bool>,
}

/// In which order policies come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PolicyOrder {
    /// As they are tried.
    #[default]
    Rank,
    /// By code.
    Code,
}

impl Listed for sla_policy::Entity {
    type Filter = PolicyFilter;
    type Order = PolicyOrder;

    fn matching(filter: &PolicyFilter, _: &Viewer) -> Condition {
        Condition::all()
            .add_option(
                filter
                    .code
                    .as_ref()
                    .map(|code| code.on(sla_policy::Column::Code)),
            )
            .add_option(
                filter
                    .active
                    .map(|active| sla_policy::Column::Active.eq(active)),
            )
    }

    fn sorts(order: PolicyOrder) -> Vec<Sort<sla_policy::Column>> {
        match order {
            PolicyOrder::Rank => vec![
                Sort::ascending(sla_policy::Column::Rank),
                Sort::ascending(sla_policy::Column::Code),
            ],
            PolicyOrder::Code => vec![Sort::ascending(sla_policy::Column::Code)],
        }
    }
}

/// The policy of that code.
///
/// # Errors
/// When the database fails.
pub async fn policy_by_code(
    connection: &impl ConnectionTrait,
    code: &str,
) -> Result<Option<sla_policy::Model>> {
    Ok(sla_policy::Entity::find()
        .filter(sla_policy::Column::Code.eq(code))
        .one(connection)
        .await?)
}

/// Writes a new policy.
///
/// # Errors
/// A user error when the code is taken.
pub async fn insert_policy(
    connection: &impl ConnectionTrait,
    row: sla_policy::Model,
) -> Result<sla_policy::Model> {
    match row.into_active_model().reset_all().insert(connection).await {
        Ok(row) => Ok(row),
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            let text = Text::new(
                "Another policy has this code; choose another one.",
                "此编码已被其他策略使用，请更换。",
            );
            Err(UserError::new(UserErrorCode::Taken, "input.code", text).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Writes a changed policy as its next version.
///
/// # Errors
/// When the database fails.
pub async fn save_policy(
    connection: &impl ConnectionTrait,
    row: sla_policy::Model,
    at: DateTime<Utc>,
) -> Result<sla_policy::Model> {
    let row = sla_policy::Model {
        version: row.version + 1,
        updated_at: at,
        ..row
    };
    Ok(row
        .into_active_model()
        .reset_all()
        .update(connection)
        .await?)
}

/// Writes a version of a policy.
///
/// # Errors
/// When the database fails.
pub async fn insert_version(
    connection: &impl ConnectionTrait,
    row: sla_policy_version::Model,
) -> Result<()> {
    sla_policy_version::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// All versions of policies as the viewer may see them, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn versions_of(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    policies: &[Uuid],
) -> Result<HashMap<Uuid, Vec<sla_policy_version::Model>>> {
    let rows = visible::<sla_policy_version::Entity>(viewer, Permission::PolicyRead)
        .filter(sla_policy_version::Column::PolicyId.is_in(policies.iter().copied()))
        .order_by_desc(sla_policy_version::Column::Number)
        .all(connection)
        .await?;
    let mut of: HashMap<Uuid, Vec<sla_policy_version::Model>> =
        policies.iter().map(|id| (*id, Vec::new())).collect();
    for row in rows {
        of.entry(row.policy_id).or_default().push(row);
    }
    Ok(of)
}

/// Versions that a later one has replaced for open tickets too.
///
/// # Errors
/// When the database fails.
pub async fn replaced(connection: &impl ConnectionTrait) -> Result<Vec<sla_policy_version::Model>> {
    let rows = sla_policy_version::Entity::find()
        .order_by_asc(sla_policy_version::Column::Number)
        .all(connection)
        .await?;
    let mut newest: HashMap<Uuid, i32> = HashMap::new();
    for row in rows.iter().filter(|row| row.applies_to_open) {
        newest.insert(row.policy_id, row.number);
    }
    Ok(rows
        .into_iter()
        .filter(|row| {
            newest
                .get(&row.policy_id)
                .is_some_and(|number| row.number < *number)
        })
        .collect())
}

/// The version of a policy that holds now.
///
/// # Errors
/// When the database fails.
pub async fn current_version(
    connection: &impl ConnectionTrait,
    policy: Uuid,
) -> Result<Option<sla_policy_version::Model>> {
    let Some(row) = sla_policy::Entity::find_by_id(policy)
        .one(connection)
        .await?
    else {
        return Ok(None);
    };
    Ok(sla_policy_version::Entity::find()
        .filter(sla_policy_version::Column::PolicyId.eq(policy))
        .filter(sla_policy_version::Column::Number.eq(row.current))
        .one(connection)
        .await?)
}

/// States of clocks that can still come under other terms.
pub(super) const OPEN: [SlaClockState; 2] = [SlaClockState::Running, SlaClockState::Paused];

/// Tickets with open clocks under one of these versions of policies, so many at most.
///
/// # Errors
/// When the database fails.
pub async fn tickets_under_policies(
    connection: &impl ConnectionTrait,
    versions: &[Uuid],
    limit: u64,
) -> Result<Vec<Uuid>> {
    if versions.is_empty() {
        return Ok(Vec::new());
    }
    open_clocks(
        sla_clock::Column::PolicyVersionId,
        versions,
        limit,
        connection,
    )
    .await
}

/// Tickets with open clocks under one of these versions of calendars, so many at most.
///
/// # Errors
/// When the database fails.
pub async fn tickets_under_calendars(
    connection: &impl ConnectionTrait,
    versions: &[Uuid],
    limit: u64,
) -> Result<Vec<Uuid>> {
    if versions.is_empty() {
        return Ok(Vec::new());
    }
    open_clocks(
        sla_clock::Column::CalendarVersionId,
        versions,
        limit,
        connection,
    )
    .await
}

async fn open_clocks(
    column: sla_clock::Column,
    versions: &[Uuid],
    limit: u64,
    connection: &impl ConnectionTrait,
) -> Result<Vec<Uuid>> {
    Ok(sla_clock::Entity::find()
        .select_only()
        .column(sla_clock::Column::TicketId)
        .distinct()
        .filter(column.is_in(versions.iter().copied()))
        .filter(sla_clock::Column::State.is_in(OPEN))
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?)
}

/// The versions of calendars by which open clocks are counted.
///
/// # Errors
/// When the database fails.
pub async fn calendars_in_use(connection: &impl ConnectionTrait) -> Result<Vec<Uuid>> {
    Ok(sla_clock::Entity::find()
        .select_only()
        .column(sla_clock::Column::CalendarVersionId)
        .distinct()
        .filter(sla_clock::Column::State.is_in(OPEN))
        .into_tuple()
        .all(connection)
        .await?)
}
