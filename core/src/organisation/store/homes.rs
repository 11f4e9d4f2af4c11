//! Where members had their home over time, and what regions were made of: what figures are kept apart by.
//!
//! Like dispatch, counting looks at everybody; whoever shows figures looks through the viewer's reach.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::enums::{AssignmentKind, Province};
use entity::{assignment, region_province};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::error::Result;
use crate::organisation::rules::{Span, holds_on, own_department};
use crate::organisation::structure::store::departments_of_teams;

/// The home of a member for some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The first day.
    pub from: NaiveDate,
    /// The first day after it; none while no end is known.
    pub to: Option<NaiveDate>,
    /// The department.
    pub department: Option<Uuid>,
    /// The team.
    pub team: Option<Uuid>,
}

impl Home {
    /// Is it the home on that day?
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        holds_on(self.from, self.to, day)
    }
}

/// The homes of these members of all days, the earliest first: a home whose team moved to another department is two, one
/// after the other.
///
/// # Errors
/// When the database fails.
pub async fn homes(
    connection: &impl ConnectionTrait,
    members: impl IntoIterator<Item = Uuid> + Send,
) -> Result<HashMap<Uuid, Vec<Home>>> {
    let rows = assignment::Entity::find()
        .filter(assignment::Column::MemberId.is_in(members))
        .filter(assignment::Column::Kind.eq(AssignmentKind::Home))
        .order_by_asc(assignment::Column::ValidFrom)
        .all(connection)
        .await?;
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let departments = departments_of_teams(connection).await?;
    let mut homes: HashMap<Uuid, Vec<Home>> = HashMap::new();
    for row in rows {
        let span = Span::of(&row);
        let own = own_department(&row);
        let pieces: Vec<(Span, Option<Uuid>)> = match row.team_id {
            Some(team) if own.is_none() => departments
                .split(team, span)
                .into_iter()
                .map(|(span, department)| (span, Some(department)))
                .collect(),
            _ => vec![(span, own)],
        };
        let pieces = pieces.into_iter().map(|(span, department)| Home {
            from: span.from,
            to: span.to,
            department,
            team: row.team_id,
        });
        homes.entry(row.member_id).or_default().extend(pieces);
    }
    Ok(homes)
}

/// A province that belongs to a region for some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The region.
    pub region: Uuid,
    /// The province.
    pub province: Province,
    /// The first day.
    pub from: NaiveDate,
    /// The first day after it; none while no end is known.
    pub to: Option<NaiveDate>,
}

/// What every region was made of, on all days.
///
/// # Errors
/// When the database fails.
pub async fn holdings(connection: &impl ConnectionTrait) -> Result<Vec<Holding>> {
    let rows = region_province::Entity::find()
        .order_by_asc(region_province::Column::RegionId)
        .order_by_asc(region_province::Column::ValidFrom)
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Holding {
            region: row.region_id,
            province: row.province,
            from: row.valid_from,
            to: row.valid_to,
        })
        .collect())
}

/// A position that a member holds for some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldPosition {
    /// The position.
    pub position: Uuid,
    /// Of the home, not of an assignment beside it?
    pub home: bool,
    /// The first day.
    pub from: NaiveDate,
    /// The first day after it; none while no end is known.
    pub to: Option<NaiveDate>,
}

/// The positions that these members hold and held, the earliest first; one statement.
///
/// # Errors
/// When the database fails.
pub async fn positions_of(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
) -> Result<HashMap<Uuid, Vec<HeldPosition>>> {
    let rows = assignment::Entity::find()
        .filter(assignment::Column::MemberId.is_in(members.iter().copied()))
        .filter(assignment::Column::PositionId.is_not_null())
        .order_by_asc(assignment::Column::ValidFrom)
        .all(connection)
        .await?;
    let mut held: HashMap<Uuid, Vec<HeldPosition>> = HashMap::new();
    for row in rows {
        if let Some(position) = row.position_id {
            held.entry(row.member_id).or_default().push(HeldPosition {
                position,
                home: row.kind == AssignmentKind::Home,
                from: row.valid_from,
                to: row.valid_to,
            });
        }
    }
    Ok(held)
}

/// The members who have or had their home in these teams, on whatever day; one statement.
///
/// # Errors
/// When the database fails.
pub async fn at_home_in(connection: &impl ConnectionTrait, teams: &[Uuid]) -> Result<Vec<Uuid>> {
    Ok(assignment::Entity::find()
        .select_only()
        .column(assignment::Column::MemberId)
        .distinct()
        .filter(assignment::Column::TeamId.is_in(teams.iter().copied()))
        .filter(assignment::Column::Kind.eq(AssignmentKind::Home))
        .into_tuple()
        .all(connection)
        .await?)
}
