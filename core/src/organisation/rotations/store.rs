//! Rows and lists of rotations.

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::RotationState;
use entity::{member, rotation, team};
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

/// The rotations of a member, the latest first.
pub struct MembersRotations;

impl Link for MembersRotations {
    type Child = rotation::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (rotation::Column::Id, rotation::Column::MemberId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::descending(rotation::Column::StartsOn),
            Sort::descending(rotation::Column::Id),
        ]
    }
}

/// Which rotations.
#[derive(Clone, Debug, Default)]
pub struct RotationFilter {
    /// Whose.
    pub member_id: Option<IdMatches>,
    /// To which team.
    pub team_id: Option<IdMatches>,
    /// How far.
    pub state: Option<Matches<RotationState>>,
    /// Begun ones whose planned end is this day or earlier.
    pub overdue_on: Option<NaiveDate>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RotationOrder {
    /// The earliest first day first.
    StartsOnAsc,
    /// The latest first day first.
    #[default]
    StartsOnDesc,
}

impl Listed for rotation::Entity {
    type Filter = RotationFilter;
    type Order = RotationOrder;

    fn matching(filter: &RotationFilter, viewer: &Viewer) -> Condition {
        use rotation::Column::{EndsOn, MemberId, State, TeamId};
        let (member, team) = (filter.member_id.as_ref(), filter.team_id.as_ref());
        Condition::all()
            .add_option(
                member.map(|one| compare_reference::<member::Entity>(one, MemberId, viewer)),
            )
            .add_option(team.map(|one| compare_reference::<team::Entity>(one, TeamId, viewer)))
            .add_option(filter.state.as_ref().map(|state| state.on(State)))
            .add_option(filter.overdue_on.map(|day| {
                Condition::all()
                    .add(State.eq(RotationState::Running))
                    .add(EndsOn.lte(day))
            }))
    }

    fn sorts(order: RotationOrder) -> Vec<Sort<rotation::Column>> {
        use rotation::Column::{Id, StartsOn};
        match order {
            RotationOrder::StartsOnAsc => vec![Sort::ascending(StartsOn), Sort::ascending(Id)],
            RotationOrder::StartsOnDesc => vec![Sort::descending(StartsOn), Sort::descending(Id)],
        }
    }
}

/// How many rotations of a member are planned or begun.
///
/// # Errors
/// When the database fails.
pub async fn open_of(connection: &impl ConnectionTrait, member: Uuid) -> Result<u64> {
    let open = [RotationState::Planned, RotationState::Running];
    Ok(rotation::Entity::find()
        .filter(rotation::Column::MemberId.eq(member))
        .filter(rotation::Column::State.is_in(open))
        .count(connection)
        .await?)
}

/// Writes a rotation.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &impl ConnectionTrait, row: rotation::Model) -> Result<()> {
    rotation::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a rotation as its next version.
///
/// # Errors
/// When the database fails.
pub async fn save(
    tx: &impl ConnectionTrait,
    mut row: rotation::Model,
    at: DateTime<Utc>,
) -> Result<()> {
    row.version += 1;
    row.updated_at = at;
    row.into_active_model().reset_all().update(tx).await?;
    Ok(())
}
