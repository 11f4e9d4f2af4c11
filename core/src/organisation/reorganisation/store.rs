//! Rows and lists of plans, and the picture of a day.

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::ReorganisationState;
use entity::{assignment, reorganisation, reorganisation_change};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::rules::Picture;
use crate::access::children::{Column, Link};
use crate::access::{Listed, Viewer};
use crate::db::filter::Matches;
use crate::db::keyset::Sort;
use crate::error::Result;
use crate::organisation::scope::holding_on;
use crate::organisation::structure::store::teams_on;

/// The changes of a plan, in their order.
pub struct PlansChanges;

impl Link for PlansChanges {
    type Child = reorganisation_change::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (
            reorganisation_change::Column::Id,
            reorganisation_change::Column::ReorganisationId,
        )
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::ascending(reorganisation_change::Column::Place),
            Sort::ascending(reorganisation_change::Column::Id),
        ]
    }
}

/// Which plans.
#[derive(Clone, Debug, Default)]
pub struct ReorganisationFilter {
    /// What has become of them.
    pub state: Option<Matches<ReorganisationState>>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReorganisationOrder {
    /// The latest day first.
    #[default]
    TakesEffectDesc,
    /// The earliest day first.
    TakesEffectAsc,
}

impl Listed for reorganisation::Entity {
    type Filter = ReorganisationFilter;
    type Order = ReorganisationOrder;

    fn matching(filter: &ReorganisationFilter, _: &Viewer) -> Condition {
        let state = filter.state.as_ref();
        Condition::all().add_option(state.map(|is| is.on(reorganisation::Column::State)))
    }

    fn sorts(order: ReorganisationOrder) -> Vec<Sort<reorganisation::Column>> {
        use reorganisation::Column::{Id, TakesEffectOn};
        match order {
            ReorganisationOrder::TakesEffectDesc => {
                vec![Sort::descending(TakesEffectOn), Sort::descending(Id)]
            }
            ReorganisationOrder::TakesEffectAsc => {
                vec![Sort::ascending(TakesEffectOn), Sort::ascending(Id)]
            }
        }
    }
}

/// The organisation of a day; two statements.
///
/// # Errors
/// When the database fails.
pub async fn picture(connection: &impl ConnectionTrait, day: NaiveDate) -> Result<Picture> {
    let assignments = assignment::Entity::find()
        .filter(holding_on(
            assignment::Column::ValidFrom,
            assignment::Column::ValidTo,
            day,
        ))
        .order_by_asc(assignment::Column::Id)
        .all(connection)
        .await?;
    Ok(Picture {
        day,
        assignments,
        teams: teams_on(connection, day).await?,
    })
}

/// The changes of a plan, in their order.
///
/// # Errors
/// When the database fails.
pub async fn changes_of(
    connection: &impl ConnectionTrait,
    plan: Uuid,
) -> Result<Vec<reorganisation_change::Model>> {
    Ok(reorganisation_change::Entity::find()
        .filter(reorganisation_change::Column::ReorganisationId.eq(plan))
        .order_by_asc(reorganisation_change::Column::Place)
        .all(connection)
        .await?)
}

/// The approved plans whose day has come, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn due(
    connection: &impl ConnectionTrait,
    day: NaiveDate,
) -> Result<Vec<reorganisation::Model>> {
    Ok(reorganisation::Entity::find()
        .filter(reorganisation::Column::State.eq(ReorganisationState::Approved))
        .filter(reorganisation::Column::TakesEffectOn.lte(day))
        .order_by_asc(reorganisation::Column::TakesEffectOn)
        .order_by_asc(reorganisation::Column::Id)
        .limit(100)
        .all(connection)
        .await?)
}

/// A plan, locked until the end of the transaction.
///
/// # Errors
/// When the database fails.
pub async fn lock(tx: &impl ConnectionTrait, id: Uuid) -> Result<Option<reorganisation::Model>> {
    Ok(reorganisation::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// Writes a plan.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &impl ConnectionTrait, row: reorganisation::Model) -> Result<()> {
    reorganisation::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes the changes of a plan in place of those it had.
///
/// # Errors
/// When the database fails.
pub async fn replace_changes(
    tx: &impl ConnectionTrait,
    plan: Uuid,
    rows: Vec<reorganisation_change::Model>,
) -> Result<()> {
    reorganisation_change::Entity::delete_many()
        .filter(reorganisation_change::Column::ReorganisationId.eq(plan))
        .exec(tx)
        .await?;
    let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
    reorganisation_change::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a plan as its next version.
///
/// # Errors
/// When the database fails.
pub async fn save(
    tx: &impl ConnectionTrait,
    mut row: reorganisation::Model,
    at: DateTime<Utc>,
) -> Result<()> {
    row.version += 1;
    row.updated_at = at;
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}
