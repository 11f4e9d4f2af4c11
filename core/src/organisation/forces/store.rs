//! Rows and lists of task forces.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{assignment, task_force};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::access::children::{Column, Link};
use crate::access::{Listed, Viewer};
use crate::db::keyset::Sort;
use crate::error::Result;

/// The task force of a team; one at most.
pub struct TeamsForce;

impl Link for TeamsForce {
    type Child = task_force::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (task_force::Column::Id, task_force::Column::TeamId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![Sort::ascending(task_force::Column::Id)]
    }
}

/// Which task forces.
#[derive(Clone, Copy, Debug, Default)]
pub struct TaskForceFilter {
    /// At work still, or dissolved.
    pub dissolved: Option<bool>,
    /// Planned to end before that day.
    pub planned_end_before: Option<NaiveDate>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TaskForceOrder {
    /// The nearest planned end first.
    #[default]
    PlannedEndAsc,
    /// The latest planned end first.
    PlannedEndDesc,
}

impl Listed for task_force::Entity {
    type Filter = TaskForceFilter;
    type Order = TaskForceOrder;

    fn matching(filter: &TaskForceFilter, _: &Viewer) -> Condition {
        use task_force::Column::{DissolvedOn, PlannedEnd};
        Condition::all()
            .add_option(filter.dissolved.map(|over| {
                if over {
                    DissolvedOn.is_not_null()
                } else {
                    DissolvedOn.is_null()
                }
            }))
            .add_option(filter.planned_end_before.map(|day| PlannedEnd.lt(day)))
    }

    fn sorts(order: TaskForceOrder) -> Vec<Sort<task_force::Column>> {
        use task_force::Column::{Id, PlannedEnd};
        match order {
            TaskForceOrder::PlannedEndAsc => vec![Sort::ascending(PlannedEnd), Sort::ascending(Id)],
            TaskForceOrder::PlannedEndDesc => {
                vec![Sort::descending(PlannedEnd), Sort::descending(Id)]
            }
        }
    }
}

/// Writes a task force.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &impl ConnectionTrait, row: task_force::Model) -> Result<()> {
    task_force::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a task force as its next version.
///
/// # Errors
/// When the database fails.
pub async fn save(
    tx: &impl ConnectionTrait,
    mut row: task_force::Model,
    at: DateTime<Utc>,
) -> Result<()> {
    row.version += 1;
    row.updated_at = at;
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}

/// The assignments to a team that hold on a day or later.
///
/// # Errors
/// When the database fails.
pub async fn assignments_from(
    connection: &impl ConnectionTrait,
    team: Uuid,
    day: NaiveDate,
) -> Result<Vec<assignment::Model>> {
    use assignment::Column::{Id, TeamId, ValidTo};
    Ok(assignment::Entity::find()
        .filter(TeamId.eq(team))
        .filter(Condition::any().add(ValidTo.is_null()).add(ValidTo.gt(day)))
        .order_by_asc(Id)
        .all(connection)
        .await?)
}
