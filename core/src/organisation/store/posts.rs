//! Everybody's places of a day: what staffing advice looks at. Like dispatch it looks at everybody; whoever shows names
//! looks through the viewer's reach.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::enums::{AssignmentKind, JobFamily};
use entity::{assignment, member, position, region};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::error::Result;
use crate::organisation::rules::holds_on;
use crate::organisation::scope::holding_on;

/// Where somebody is placed; of who has left, where the last home was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Who.
    pub member: Uuid,
    /// Is it the home?
    pub home: bool,
    /// The team.
    pub team: Option<Uuid>,
    /// The region.
    pub region: Option<Uuid>,
    /// Is it a position of management?
    pub leads: bool,
    /// Is it a position of the service desk, whose work customers are?
    pub serves: bool,
    /// Does the member still work here, and there?
    pub works: bool,
}

/// All posts of a day, and for who isn't placed any more the last home; three statements.
///
/// # Errors
/// When the database fails.
pub async fn posts(connection: &impl ConnectionTrait, day: NaiveDate) -> Result<Vec<Post>> {
    let members: HashMap<Uuid, member::Model> = member::Entity::find()
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let families: HashMap<Uuid, JobFamily> = position::Entity::find()
        .select_only()
        .columns([position::Column::Id, position::Column::Family])
        .into_tuple::<(Uuid, JobFamily)>()
        .all(connection)
        .await?
        .into_iter()
        .collect();
    let is_of = |row: &assignment::Model, family: JobFamily| {
        let own = row.position_id.and_then(|id| families.get(&id));
        own == Some(&family)
    };
    let rows = assignment::Entity::find()
        .filter(assignment::Column::ValidFrom.lte(day))
        .order_by_desc(assignment::Column::ValidFrom)
        .order_by_asc(assignment::Column::Id)
        .all(connection)
        .await?;
    let works = |row: &assignment::Model| {
        let there = members.get(&row.member_id);
        holds_on(row.valid_from, row.valid_to, day)
            && there.is_some_and(|member| holds_on(member.joined_on, member.left_on, day))
    };
    let post = |row: &assignment::Model, works: bool| Post {
        member: row.member_id,
        home: row.kind == AssignmentKind::Home,
        team: row.team_id,
        region: row.region_id,
        leads: is_of(row, JobFamily::Management),
        serves: is_of(row, JobFamily::ServiceDesk),
        works,
    };
    let mut posts: Vec<Post> = rows
        .iter()
        .filter(|row| works(row))
        .map(|row| post(row, true))
        .collect();
    let mut known: BTreeSet<Uuid> = posts.iter().map(|post| post.member).collect();
    // The latest come first.
    for row in rows.iter().filter(|row| row.kind == AssignmentKind::Home) {
        if known.insert(row.member_id) {
            posts.push(post(row, false));
        }
    }
    Ok(posts)
}

/// The regions of a day, by code.
///
/// # Errors
/// When the database fails.
pub async fn regions_on(
    connection: &impl ConnectionTrait,
    day: NaiveDate,
) -> Result<Vec<region::Model>> {
    Ok(region::Entity::find()
        .filter(holding_on(
            region::Column::ValidFrom,
            region::Column::ValidTo,
            day,
        ))
        .order_by_asc(region::Column::Code)
        .all(connection)
        .await?)
}
