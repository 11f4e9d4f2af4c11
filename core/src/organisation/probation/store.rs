//! Rows and lists of probations.

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::ProbationState;
use entity::{member, probation, probation_review};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter,
};
use uuid::Uuid;

use crate::access::children::{Column, Link};
use crate::access::{Listed, Viewer, compare_reference};
use crate::db::filter::{IdMatches, Matches};
use crate::db::keyset::Sort;
use crate::error::Result;

/// The probations of a member, the latest first.
pub struct MembersProbations;

impl Link for MembersProbations {
    type Child = probation::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (probation::Column::Id, probation::Column::MemberId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::descending(probation::Column::StartsOn),
            Sort::descending(probation::Column::Id),
        ]
    }
}

/// What was decided about a probation, in order.
pub struct ProbationsReviews;

impl Link for ProbationsReviews {
    type Child = probation_review::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (
            probation_review::Column::Id,
            probation_review::Column::ProbationId,
        )
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![Sort::ascending(probation_review::Column::Id)]
    }
}

/// Which probations.
#[derive(Clone, Debug, Default)]
pub struct ProbationFilter {
    /// Whose.
    pub member_id: Option<IdMatches>,
    /// How far.
    pub state: Option<Matches<ProbationState>>,
    /// Running ones whose planned end is this day or earlier.
    pub due_by: Option<NaiveDate>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProbationOrder {
    /// The nearest planned end first.
    #[default]
    PlannedEndAsc,
    /// The latest planned end first.
    PlannedEndDesc,
}

impl Listed for probation::Entity {
    type Filter = ProbationFilter;
    type Order = ProbationOrder;

    fn matching(filter: &ProbationFilter, viewer: &Viewer) -> Condition {
        use probation::Column::{MemberId, PlannedEnd, State};
        let member = filter.member_id.as_ref();
        Condition::all()
            .add_option(
                member.map(|one| compare_reference::<member::Entity>(one, MemberId, viewer)),
            )
            .add_option(filter.state.as_ref().map(|state| state.on(State)))
            .add_option(filter.due_by.map(|day| {
                Condition::all()
                    .add(State.eq(ProbationState::Running))
                    .add(PlannedEnd.lte(day))
            }))
    }

    fn sorts(order: ProbationOrder) -> Vec<Sort<probation::Column>> {
        use probation::Column::{Id, PlannedEnd};
        match order {
            ProbationOrder::PlannedEndAsc => vec![Sort::ascending(PlannedEnd), Sort::ascending(Id)],
            ProbationOrder::PlannedEndDesc => {
                vec![Sort::descending(PlannedEnd), Sort::descending(Id)]
            }
        }
    }
}

/// How many probations of a member run.
///
/// # Errors
/// When the database fails.
pub async fn running(connection: &impl ConnectionTrait, member: Uuid) -> Result<u64> {
    Ok(probation::Entity::find()
        .filter(probation::Column::MemberId.eq(member))
        .filter(probation::Column::State.eq(ProbationState::Running))
        .count(connection)
        .await?)
}

/// Writes a probation.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &impl ConnectionTrait, row: probation::Model) -> Result<()> {
    probation::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a decision.
///
/// # Errors
/// When the database fails.
pub async fn insert_review(tx: &impl ConnectionTrait, row: probation_review::Model) -> Result<()> {
    probation_review::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a probation as its next version.
///
/// # Errors
/// When the database fails.
pub async fn save(
    tx: &impl ConnectionTrait,
    mut row: probation::Model,
    at: DateTime<Utc>,
) -> Result<()> {
    row.version += 1;
    row.updated_at = at;
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}
