//! Names over time: the row of the thing has the name of today.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{department, position, structure_name, team};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use uuid::Uuid;

use super::{save_department, save_position, save_team};
use crate::error::Result;
use crate::organisation::scope::holding_on;

/// What has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A department.
    Department(Uuid),
    /// A team.
    Team(Uuid),
    /// A position.
    Position(Uuid),
}

impl Named {
    /// Its key.
    #[must_use]
    pub const fn id(self) -> Uuid {
        match self {
            Self::Department(id) | Self::Team(id) | Self::Position(id) => id,
        }
    }

    /// A name of it without words and days.
    #[must_use]
    pub fn blank(self, id: Uuid, from: NaiveDate, at: DateTime<Utc>) -> structure_name::Model {
        let mut row = structure_name::Model {
            id,
            department_id: None,
            team_id: None,
            position_id: None,
            name: String::new(),
            name_zh: String::new(),
            valid_from: from,
            valid_to: None,
            created_at: at,
        };
        match self {
            Self::Department(id) => row.department_id = Some(id),
            Self::Team(id) => row.team_id = Some(id),
            Self::Position(id) => row.position_id = Some(id),
        }
        row
    }

    fn of(row: &structure_name::Model) -> Option<Self> {
        let department = row.department_id.map(Self::Department);
        let team = row.team_id.map(Self::Team);
        department.or(team).or(row.position_id.map(Self::Position))
    }

    fn rows(self) -> Condition {
        use structure_name::Column::{DepartmentId, PositionId, TeamId};
        Condition::all().add(match self {
            Self::Department(id) => DepartmentId.eq(id),
            Self::Team(id) => TeamId.eq(id),
            Self::Position(id) => PositionId.eq(id),
        })
    }
}

/// All names of something, the earliest first; none while it has always had the one in its row.
///
/// # Errors
/// When the database fails.
pub async fn names_of(
    connection: &impl ConnectionTrait,
    named: Named,
) -> Result<Vec<structure_name::Model>> {
    Ok(structure_name::Entity::find()
        .filter(named.rows())
        .order_by_asc(structure_name::Column::ValidFrom)
        .all(connection)
        .await?)
}

/// Writes a name; the one before it ends on its first day.
///
/// # Errors
/// When the database fails.
pub async fn insert_name(
    tx: &impl ConnectionTrait,
    named: Named,
    row: structure_name::Model,
) -> Result<()> {
    let ended = structure_name::ActiveModel {
        valid_to: Set(Some(row.valid_from)),
        ..Default::default()
    };
    structure_name::Entity::update_many()
        .set(ended)
        .filter(named.rows())
        .filter(structure_name::Column::ValidTo.is_null())
        .exec(tx)
        .await?;
    structure_name::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Names that hold on a day and began since another one: what the rows may not have yet.
///
/// # Errors
/// When the database fails.
pub async fn begun(
    connection: &impl ConnectionTrait,
    since: NaiveDate,
    day: NaiveDate,
) -> Result<Vec<(Named, structure_name::Model)>> {
    let rows = structure_name::Entity::find()
        .filter(structure_name::Column::ValidFrom.gte(since))
        .filter(holding_on(
            structure_name::Column::ValidFrom,
            structure_name::Column::ValidTo,
            day,
        ))
        .order_by_asc(structure_name::Column::ValidFrom)
        .order_by_asc(structure_name::Column::Id)
        .limit(1_000)
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((Named::of(&row)?, row)))
        .collect())
}

/// Puts a name into the row of the thing, as its next version; says whether that was another name.
///
/// # Errors
/// When the database fails.
pub async fn put_name(
    tx: &impl ConnectionTrait,
    named: Named,
    name: (&str, &str),
    at: DateTime<Utc>,
) -> Result<bool> {
    write(tx, named, Some(name), at).await
}

/// Raises the version of the thing, as more is known about it.
///
/// # Errors
/// When the database fails.
pub async fn touch(tx: &impl ConnectionTrait, named: Named, at: DateTime<Utc>) -> Result<()> {
    write(tx, named, None, at).await?;
    Ok(())
}

async fn write(
    tx: &impl ConnectionTrait,
    named: Named,
    name: Option<(&str, &str)>,
    at: DateTime<Utc>,
) -> Result<bool> {
    macro_rules! put {
        ($table:ident, $id:expr, $save:ident) => {{
            let row = $table::Entity::find_by_id($id)
                .lock_exclusive()
                .one(tx)
                .await?;
            match (row, name) {
                (Some(row), Some((name, name_zh)))
                    if row.name != name || row.name_zh != name_zh =>
                {
                    let now = $table::Model {
                        name: name.to_owned(),
                        name_zh: name_zh.to_owned(),
                        ..row
                    };
                    $save(tx, now, at).await?;
                    true
                }
                (Some(row), None) => {
                    $save(tx, row, at).await?;
                    true
                }
                _ => false,
            }
        }};
    }
    Ok(match named {
        Named::Department(id) => put!(department, id, save_department),
        Named::Team(id) => put!(team, id, save_team),
        Named::Position(id) => put!(position, id, save_position),
    })
}
