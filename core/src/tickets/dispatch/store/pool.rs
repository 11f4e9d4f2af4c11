//! Reading everything that is known of those who come into question, in a fixed number of statements.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::enums::TicketPriority;
use entity::{dispatch_decision, skill, ticket};
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::ENDED;
use super::requirements::requirements;
use crate::access::{Permission, Viewer, by_ids};
use crate::error::Result;
use crate::organisation::workforce::{Profile, profiles};
use crate::organisation::{Placement, Wanted, lock_members, placements};
use crate::tickets::dispatch::figures::Figures;
use crate::tickets::dispatch::rules::{
    Asked, Away, Candidate, Label, Open, Person, Place, Pool, Requirement,
};

/// For how long the last assignment is looked for; who has had none for longer counts as never having had one.
const LOOK_BACK: TimeDelta = TimeDelta::days(90);
/// For how long resolved tickets count as experience with a product.
const EXPERIENCE: TimeDelta = TimeDelta::days(365);

/// A moment, with the day that it falls on in the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The moment.
    pub at: DateTime<Utc>,
    /// The day.
    pub day: NaiveDate,
}

/// What decides what a ticket needs.
#[must_use]
pub fn asked(ticket: &ticket::Model) -> Asked {
    Asked {
        kind: ticket.kind,
        priority: ticket.priority,
        province: ticket.province,
        team: ticket.team_id,
        product: ticket.product_id,
    }
}

/// Everybody who comes into question for some tickets, and those who are named. With `lock` they are locked first, so
/// that of two transactions the second one sees the work that the first one gave out.
///
/// # Errors
/// When the database fails.
pub async fn pool(
    connection: &impl ConnectionTrait,
    tickets: &[Asked],
    named: &[Uuid],
    moment: Moment,
    figures: &Figures,
    lock: bool,
) -> Result<Pool> {
    let wanted = Wanted {
        teams: tickets.iter().filter_map(|ticket| ticket.team).collect(),
        provinces: tickets
            .iter()
            .filter(|ticket| ticket.team.is_none())
            .map(|ticket| ticket.province)
            .collect(),
        members: named.iter().copied().collect(),
        all: false,
    };
    let placed = placements(connection, &wanted, moment.day).await?;
    let members: Vec<Uuid> = placed.iter().map(|placed| placed.member.id).collect();
    if lock {
        lock_members(connection, members.iter().copied()).await?;
    }
    let profiles = profiles(connection, &members, moment.at, moment.day).await?;
    let known = Known {
        profiles,
        open: open_of(connection, &members).await?,
        received: received_of(connection, &members, moment.at, figures.fairness_days).await?,
        resolved: resolved_of(connection, &members, tickets, moment.at).await?,
        capacity: figures.capacity,
    };
    let people = placed
        .into_iter()
        .map(|placed| (placed.member.id, known.person(placed)))
        .collect();
    let requirements = requirements(connection).await?;
    let skills = skill_names(connection, &requirements).await?;
    Ok(Pool {
        people,
        requirements,
        skills,
    })
}

/// What was read about members, by member.
struct Known {
    profiles: HashMap<Uuid, Profile>,
    open: HashMap<Uuid, Open>,
    received: HashMap<Uuid, (u32, DateTime<Utc>)>,
    resolved: HashMap<Uuid, BTreeMap<Uuid, u32>>,
    capacity: u32,
}

impl Known {
    fn person(&self, placed: Placement) -> Person {
        let id = placed.member.id;
        let profile = self.profiles.get(&id).cloned().unwrap_or_default();
        let received = self.received.get(&id);
        let provinces = placed
            .teams
            .iter()
            .filter_map(|place| place.provinces.as_ref())
            .flatten()
            .chain(&placed.regional)
            .copied()
            .collect();
        let facts = Candidate {
            member: id,
            number: placed.member.number,
            teams: placed.teams.iter().map(|place| place.team).collect(),
            everywhere: placed.teams.iter().any(|place| place.provinces.is_none()),
            provinces,
            skills: profile.skills,
            lapsed: profile.lapsed,
            on_shift: profile.on_shift,
            leave: profile.on_leave.map(|(from, until)| Away { from, until }),
            capacity: profile
                .capacity
                .map_or(self.capacity, |tickets| u32::try_from(tickets).unwrap_or(0)),
            open: self.open.get(&id).copied().unwrap_or_default(),
            resolved_alike: 0,
            received: received.map_or(0, |(count, _)| *count),
            last_assigned: received.map(|(_, last)| *last),
        };
        let places = placed
            .teams
            .into_iter()
            .map(|place| Place {
                team: place.team,
                provinces: place.provinces,
            })
            .collect();
        Person {
            facts,
            places,
            resolved: self.resolved.get(&id).cloned().unwrap_or_default(),
        }
    }
}

/// How many open tickets members have, by priority: those that are neither resolved nor ended, waiting ones too.
///
/// # Errors
/// When the database fails.
pub async fn open_of(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
) -> Result<HashMap<Uuid, Open>> {
    use ticket::Column::{AssigneeId, Id, Priority, ResolvedAt, State};
    let rows: Vec<(Uuid, TicketPriority, i64)> = ticket::Entity::find()
        .select_only()
        .column(AssigneeId)
        .column(Priority)
        .column_as(Id.count(), "count")
        .filter(AssigneeId.is_in(members.iter().copied()))
        .filter(State.is_not_in(ENDED.iter().copied()))
        .filter(ResolvedAt.is_null())
        .group_by(AssigneeId)
        .group_by(Priority)
        .into_tuple()
        .all(connection)
        .await?;
    let mut open: HashMap<Uuid, Open> = HashMap::new();
    for (member, priority, count) in rows {
        *open.entry(member).or_default().of(priority) = u32::try_from(count).unwrap_or(u32::MAX);
    }
    Ok(open)
}

/// How many tickets members received within the days of fairness, and when they last did.
async fn received_of(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    at: DateTime<Utc>,
    fairness_days: u32,
) -> Result<HashMap<Uuid, (u32, DateTime<Utc>)>> {
    use dispatch_decision::Column::{At, ChosenMemberId, TicketId};
    let window = at - TimeDelta::days(fairness_days.into());
    let lately = Expr::case(At.gte(window), Expr::col(TicketId));
    let rows: Vec<(Uuid, i64, DateTime<Utc>)> = dispatch_decision::Entity::find()
        .select_only()
        .column(ChosenMemberId)
        .expr_as(Func::count_distinct(lately), "received")
        .column_as(At.max(), "last")
        .filter(ChosenMemberId.is_in(members.iter().copied()))
        .filter(At.gte(Ord::min(window, at - LOOK_BACK)))
        .filter(At.lte(at))
        .group_by(ChosenMemberId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(member, count, last)| (member, (u32::try_from(count).unwrap_or(u32::MAX), last)))
        .collect())
}

/// How many tickets about the products of these tickets members have resolved within a year, by product.
async fn resolved_of(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    tickets: &[Asked],
    at: DateTime<Utc>,
) -> Result<HashMap<Uuid, BTreeMap<Uuid, u32>>> {
    use ticket::Column::{AssigneeId, Id, ProductId, ResolvedAt};
    let products: BTreeSet<Uuid> = tickets.iter().filter_map(|ticket| ticket.product).collect();
    if products.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, Uuid, i64)> = ticket::Entity::find()
        .select_only()
        .column(AssigneeId)
        .column(ProductId)
        .column_as(Id.count(), "count")
        .filter(AssigneeId.is_in(members.iter().copied()))
        .filter(ProductId.is_in(products))
        .filter(ResolvedAt.gte(at - EXPERIENCE))
        .group_by(AssigneeId)
        .group_by(ProductId)
        .into_tuple()
        .all(connection)
        .await?;
    let mut resolved: HashMap<Uuid, BTreeMap<Uuid, u32>> = HashMap::new();
    for (member, product, count) in rows {
        resolved
            .entry(member)
            .or_default()
            .insert(product, u32::try_from(count).unwrap_or(u32::MAX));
    }
    Ok(resolved)
}

/// The names of the skills that requirements ask for; they are kept with the decision, so everybody reads the same.
async fn skill_names(
    connection: &impl ConnectionTrait,
    requirements: &[Requirement],
) -> Result<HashMap<Uuid, Label>> {
    let ids: BTreeSet<Uuid> = requirements.iter().map(|rule| rule.skill).collect();
    names(connection, &ids.into_iter().collect::<Vec<_>>()).await
}

/// The names of skills.
///
/// # Errors
/// When the database fails.
pub async fn names(
    connection: &impl ConnectionTrait,
    skills: &[Uuid],
) -> Result<HashMap<Uuid, Label>> {
    if skills.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = by_ids::<skill::Entity>(
        connection,
        &Viewer::system(),
        Permission::OrganisationRead,
        skills,
    )
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, row)| {
            let name = Label {
                en: row.name,
                zh: row.name_zh,
            };
            (id, name)
        })
        .collect())
}
