//! Who is placed where on a day, for many members at once: what dispatch finds its candidates by.
//!
//! These reads don't look through anybody's reach: the server decides by them to whom work can go, and whoever shows
//! anything of it looks through the viewer's reach there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::enums::{AssignmentKind, Province};
use entity::{assignment, member, region_province, team};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::Result;
use crate::organisation::rules::holds_on;
use crate::organisation::scope::holding_on;
use crate::organisation::structure::store::teams_on;

/// Whose placements are wanted; all that is named adds to it.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Everybody who is placed in one of these teams.
    pub teams: BTreeSet<Uuid>,
    /// Everybody who is placed in a region with one of these provinces, or in a team of such a region.
    pub provinces: BTreeSet<Province>,
    /// These members.
    pub members: BTreeSet<Uuid>,
    /// Everybody who is placed in any team.
    pub all: bool,
}

/// A team that a member is placed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamPlace {
    /// The team.
    pub team: Uuid,
    /// The provinces of its region; none when it has no region.
    pub provinces: Option<BTreeSet<Province>>,
}

/// A member with the places of a day.
#[derive(Clone, Debug)]
pub struct Placement {
    /// The member.
    pub member: member::Model,
    /// The teams, the home first.
    pub teams: Vec<TeamPlace>,
    /// The provinces of the regions that the member is placed in beside the teams.
    pub regional: BTreeSet<Province>,
}

/// The members who are wanted and work here on a day, with all their places of that day; five statements at most.
///
/// # Errors
/// When the database fails.
pub async fn placements(
    connection: &impl ConnectionTrait,
    wanted: &Wanted,
    day: NaiveDate,
) -> Result<Vec<Placement>> {
    let teams: HashMap<Uuid, team::Model> = teams_on(connection, day)
        .await?
        .into_iter()
        .map(|team| (team.id, team))
        .collect();
    let regions = provinces_of_regions(connection, day).await?;
    let ids = placed(connection, wanted, &teams, &regions, day).await?;
    let members = member::Entity::find()
        .filter(member::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(member::Column::Number)
        .all(connection)
        .await?;
    let assignments = assignment::Entity::find()
        .filter(assignment::Column::MemberId.is_in(ids))
        .filter(holding_on(
            assignment::Column::ValidFrom,
            assignment::Column::ValidTo,
            day,
        ))
        .order_by_asc(assignment::Column::ValidFrom)
        .order_by_asc(assignment::Column::Id)
        .all(connection)
        .await?;
    let mut of: HashMap<Uuid, Vec<assignment::Model>> = HashMap::new();
    for row in assignments {
        of.entry(row.member_id).or_default().push(row);
    }
    Ok(members
        .into_iter()
        .filter(|member| holds_on(member.joined_on, member.left_on, day))
        .map(|member| {
            let rows = of.remove(&member.id).unwrap_or_default();
            place(member, rows, &teams, &regions)
        })
        .collect())
}

/// Locks members until the end of the transaction, so that two decisions about them come one after the other. Other
/// rows may still refer to them.
///
/// # Errors
/// When the database fails.
pub async fn lock_members(
    transaction: &impl ConnectionTrait,
    members: impl IntoIterator<Item = Uuid>,
) -> Result<()> {
    // Always in the same order, or two transactions could wait for each other.
    member::Entity::find()
        .filter(member::Column::Id.is_in(members))
        .order_by_asc(member::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(transaction)
        .await?;
    Ok(())
}

async fn provinces_of_regions(
    connection: &impl ConnectionTrait,
    day: NaiveDate,
) -> Result<BTreeMap<Uuid, BTreeSet<Province>>> {
    let rows = region_province::Entity::find()
        .filter(holding_on(
            region_province::Column::ValidFrom,
            region_province::Column::ValidTo,
            day,
        ))
        .all(connection)
        .await?;
    let mut regions: BTreeMap<Uuid, BTreeSet<Province>> = BTreeMap::new();
    for row in rows {
        regions
            .entry(row.region_id)
            .or_default()
            .insert(row.province);
    }
    Ok(regions)
}

/// The members who are wanted.
async fn placed(
    connection: &impl ConnectionTrait,
    wanted: &Wanted,
    teams: &HashMap<Uuid, team::Model>,
    regions: &BTreeMap<Uuid, BTreeSet<Province>>,
    day: NaiveDate,
) -> Result<BTreeSet<Uuid>> {
    use assignment::Column::{MemberId, RegionId, TeamId, ValidFrom, ValidTo};
    let serving: BTreeSet<Uuid> = regions
        .iter()
        .filter(|(_, provinces)| !provinces.is_disjoint(&wanted.provinces))
        .map(|(region, _)| *region)
        .collect();
    let of_teams = teams.values().filter(|team| {
        wanted.all
            || wanted.teams.contains(&team.id)
            || team.region_id.is_some_and(|id| serving.contains(&id))
    });
    let place = Condition::any()
        .add(TeamId.is_in(of_teams.map(|team| team.id)))
        .add(RegionId.is_in(serving.iter().copied()));
    let rows: Vec<Uuid> = assignment::Entity::find()
        .select_only()
        .column(MemberId)
        .filter(place)
        .filter(holding_on(ValidFrom, ValidTo, day))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .chain(wanted.members.iter().copied())
        .collect())
}

/// What follows from a member's assignments of a day.
fn place(
    member: member::Model,
    mut assignments: Vec<assignment::Model>,
    teams: &HashMap<Uuid, team::Model>,
    regions: &BTreeMap<Uuid, BTreeSet<Province>>,
) -> Placement {
    assignments.sort_by_key(|row| row.kind != AssignmentKind::Home);
    let provinces = |region: Uuid| regions.get(&region).cloned().unwrap_or_default();
    let mut placement = Placement {
        member,
        teams: Vec::new(),
        regional: BTreeSet::new(),
    };
    for row in assignments {
        if let Some(region) = row.region_id {
            placement.regional.extend(provinces(region));
        }
        let Some(team) = row.team_id.and_then(|id| teams.get(&id)) else {
            continue;
        };
        if placement.teams.iter().all(|known| known.team != team.id) {
            placement.teams.push(TeamPlace {
                team: team.id,
                provinces: team.region_id.map(provinces),
            });
        }
    }
    placement
}
