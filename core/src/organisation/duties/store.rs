//! Versions of positions, and who holds positions.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::{assignment, member, position, position_version};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::access::children::{Column, Link};
use crate::access::{Permission, Viewer, visible};
use crate::db::keyset::Sort;
use crate::error::Result;
use crate::organisation::scope::holding_on;

/// The versions of a position, the latest first.
pub struct PositionsVersions;

impl Link for PositionsVersions {
    type Child = position_version::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (
            position_version::Column::Id,
            position_version::Column::PositionId,
        )
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::descending(position_version::Column::Number),
            Sort::descending(position_version::Column::Id),
        ]
    }
}

/// The last version of a position.
///
/// # Errors
/// When the database fails.
pub async fn last_version(
    connection: &impl ConnectionTrait,
    position: Uuid,
) -> Result<Option<position_version::Model>> {
    Ok(position_version::Entity::find()
        .filter(position_version::Column::PositionId.eq(position))
        .order_by_desc(position_version::Column::Number)
        .one(connection)
        .await?)
}

/// Writes a version.
///
/// # Errors
/// When the database fails.
pub async fn insert_version(tx: &impl ConnectionTrait, row: position_version::Model) -> Result<()> {
    position_version::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// The positions of a day that the viewer sees, with all their versions; two statements.
///
/// # Errors
/// When the database fails.
pub async fn positions_on(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    day: NaiveDate,
) -> Result<Vec<(position::Model, Vec<position_version::Model>)>> {
    let read = Permission::OrganisationRead;
    let positions = visible::<position::Entity>(viewer, read)
        .filter(holding_on(
            position::Column::ValidFrom,
            position::Column::ValidTo,
            day,
        ))
        .order_by_asc(position::Column::Code)
        .all(connection)
        .await?;
    let rows = visible::<position_version::Entity>(viewer, read)
        .all(connection)
        .await?;
    let mut versions: HashMap<Uuid, Vec<position_version::Model>> = HashMap::new();
    for row in rows {
        versions.entry(row.position_id).or_default().push(row);
    }
    Ok(positions
        .into_iter()
        .map(|position| {
            let versions = versions.remove(&position.id).unwrap_or_default();
            (position, versions)
        })
        .collect())
}

/// Who holds a position in which team. Whose duty a thing is, everybody on the staff may know: name and place are told also where
/// the member is out of reach.
#[derive(Clone, Debug)]
pub struct Holder {
    /// The member's key.
    pub member_id: Uuid,
    /// The member's number.
    pub number: String,
    /// The member's name.
    pub name: String,
    /// The team of that assignment.
    pub team: Option<Uuid>,
}

/// The holders of positions on a day who work here, by number; two statements. They are for whoever sees the structure.
///
/// # Errors
/// When the database fails.
pub async fn holders_of(
    connection: &impl ConnectionTrait,
    positions: &[Uuid],
    day: NaiveDate,
) -> Result<HashMap<Uuid, Vec<Holder>>> {
    let placed = assignment::Entity::find()
        .filter(assignment::Column::PositionId.is_in(positions.iter().copied()))
        .filter(holding_on(
            assignment::Column::ValidFrom,
            assignment::Column::ValidTo,
            day,
        ))
        .all(connection)
        .await?;
    let ids: BTreeSet<Uuid> = placed.iter().map(|row| row.member_id).collect();
    let members: HashMap<Uuid, member::Model> = member::Entity::find()
        .filter(member::Column::Id.is_in(ids))
        .filter(holding_on(
            member::Column::JoinedOn,
            member::Column::LeftOn,
            day,
        ))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let mut holders: HashMap<Uuid, Vec<Holder>> = HashMap::new();
    for row in placed {
        if let (Some(position), Some(member)) = (row.position_id, members.get(&row.member_id)) {
            holders.entry(position).or_default().push(Holder {
                member_id: member.id,
                number: member.number.clone(),
                name: member.name.clone(),
                team: row.team_id,
            });
        }
    }
    for list in holders.values_mut() {
        list.sort_by(|one, other| (&one.number, one.team).cmp(&(&other.number, other.team)));
    }
    Ok(holders)
}
