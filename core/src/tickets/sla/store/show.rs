//! Clocks as people see them: of tickets within their reach for it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::SlaStanding;
use entity::{sla_clock, sla_interval, ticket};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::clocks::clock_of;
use super::levels::held;
use crate::access::{Permission, Viewer, reach_of};
use crate::db::filter::{TimeMatches, unless, whole};
use crate::error::{Error, Result};
use crate::tickets::sla::rules::clock::{Clock, second};
use crate::tickets::sla::rules::standing::State;

/// A clock with its rows.
#[derive(Clone)]
pub struct Shown {
    /// The clock's row.
    pub row: sla_clock::Model,
    /// The rows of its intervals, in order.
    pub intervals: Vec<sla_interval::Model>,
    /// The clock.
    pub clock: Clock,
}

/// Those of the tickets whose clocks the viewer may see.
///
/// # Errors
/// When the database fails.
pub async fn within_reach(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    tickets: &[Uuid],
) -> Result<HashSet<Uuid>> {
    let ids: Vec<Uuid> = ticket::Entity::find()
        .select_only()
        .column(ticket::Column::Id)
        .filter(ticket::Column::Id.is_in(tickets.iter().copied()))
        .filter(reach_of::<ticket::Entity>(
            viewer,
            Permission::TicketSlaRead,
        ))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(ids.into_iter().collect())
}

/// The clocks of tickets that were found within reach, oldest first; four statements, five when policies name regions.
///
/// # Errors
/// When the database fails, or holds what no action would have written.
pub async fn shown(
    connection: &impl ConnectionTrait,
    tickets: &[Uuid],
    day: NaiveDate,
) -> Result<HashMap<Uuid, Vec<Shown>>> {
    let rows = sla_clock::Entity::find()
        .filter(sla_clock::Column::TicketId.is_in(tickets.iter().copied()))
        .order_by_asc(sla_clock::Column::Id)
        .all(connection)
        .await?;
    let intervals = sla_interval::Entity::find()
        .filter(sla_interval::Column::TicketId.is_in(tickets.iter().copied()))
        .order_by_asc(sla_interval::Column::ClockId)
        .order_by_asc(sla_interval::Column::Number)
        .all(connection)
        .await?;
    let mut ledgers: HashMap<Uuid, Vec<sla_interval::Model>> = HashMap::new();
    for row in intervals {
        ledgers.entry(row.clock_id).or_default().push(row);
    }
    let pairs: BTreeSet<(Uuid, Uuid)> = rows
        .iter()
        .map(|row| (row.policy_version_id, row.calendar_version_id))
        .collect();
    let levels = held(connection, &pairs, day).await?;
    let mut of: HashMap<Uuid, Vec<Shown>> = tickets.iter().map(|id| (*id, Vec::new())).collect();
    for row in rows {
        let intervals = ledgers.remove(&row.id).unwrap_or_default();
        let level = levels
            .get(&(row.policy_version_id, row.calendar_version_id))
            .ok_or_else(|| Error::internal(format!("clock {} has no level", row.id)))?;
        let clock = clock_of(&row, &intervals, Arc::clone(level));
        of.entry(row.ticket_id).or_default().push(Shown {
            row,
            intervals,
            clock,
        });
    }
    Ok(of)
}

/// Tickets whose due time compares so; to a viewer who may not see a ticket's clocks it has none.
pub fn due_compares(wanted: &TimeMatches, viewer: &Viewer) -> Condition {
    let seen = whole(reach_of::<ticket::Entity>(
        viewer,
        Permission::TicketSlaRead,
    ));
    let missing = wanted.plain.is_null;
    let mut compared = wanted.clone();
    compared.plain.is_null = None;
    let compared = compared.on(ticket::Column::DueAt);
    let mut all = Condition::all();
    if !compared.is_empty() {
        all = all.add(compared).add(seen.clone());
    }
    let there = Condition::all()
        .add(seen)
        .add(ticket::Column::DueAt.is_not_null());
    match missing {
        None => all,
        Some(true) => all.add(unless(there)),
        Some(false) => all.add(there),
    }
}

/// Tickets whose clocks the viewer may see: an ordering by due time lists no others, for the place in the list would tell.
pub fn due_seen(viewer: &Viewer) -> Condition {
    whole(reach_of::<ticket::Entity>(
        viewer,
        Permission::TicketSlaRead,
    ))
}

/// Tickets that stand in one of these states at a moment, as `rules::standing::State::of` says it of one.
pub fn standing_in(states: &[State], now: DateTime<Utc>, viewer: &Viewer) -> Condition {
    use ticket::Column;
    let now = second(now);
    let kept = |standing: SlaStanding| Condition::all().add(Column::SlaStanding.eq(standing));
    let running = || kept(SlaStanding::Running);
    let not_due = || Column::DueAt.is_null().or(Column::DueAt.gte(now));
    // An empty `any` would vanish and mean every ticket; none of no states is none.
    let none = Condition::any().add(Expr::val(1).eq(0));
    let any = states.iter().fold(none, |any, state| {
        any.add(match state {
            State::None => Condition::all().add(Column::SlaStanding.is_null()),
            State::Paused => kept(SlaStanding::Paused),
            State::Met => kept(SlaStanding::Met),
            State::Missed => kept(SlaStanding::Missed),
            State::Breached => running().add(Column::DueAt.lt(now)),
            State::Warning => running().add(not_due()).add(Column::WarnAt.lte(now)),
            State::OnTrack => running()
                .add(not_due())
                .add(Column::WarnAt.is_null().or(Column::WarnAt.gt(now))),
        })
    });
    Condition::all().add(any).add(due_seen(viewer))
}
