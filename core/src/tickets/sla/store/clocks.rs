//! Clocks and their ledgers, between rows and rules. Whoever writes has locked the ticket.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::SlaClockKind;
use entity::{sla_clock, sla_interval};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::levels::held;
use super::policies::OPEN;
use crate::db::new_id;
use crate::error::{Error, Result};
use crate::tickets::sla::rules::clock::{Clock, Interval};
use crate::tickets::sla::rules::policy::{Level, PROMISES};

/// A clock with its rows as they were read; none for a clock that isn't written yet.
pub struct Kept {
    /// The rows as they were read.
    pub read: Option<(sla_clock::Model, Vec<sla_interval::Model>)>,
    /// The clock as it is now.
    pub clock: Clock,
}

/// The clocks of a ticket, oldest first.
///
/// # Errors
/// When the database fails, or holds what no action would have written.
pub async fn of_ticket(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
    day: NaiveDate,
) -> Result<Vec<Kept>> {
    let rows = sla_clock::Entity::find()
        .filter(sla_clock::Column::TicketId.eq(ticket))
        .order_by_asc(sla_clock::Column::Id)
        .all(connection)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let intervals = sla_interval::Entity::find()
        .filter(sla_interval::Column::TicketId.eq(ticket))
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
    rows.into_iter()
        .map(|row| {
            let ledger = ledgers.remove(&row.id).unwrap_or_default();
            let level = levels
                .get(&(row.policy_version_id, row.calendar_version_id))
                .ok_or_else(|| Error::internal(format!("clock {} has no level", row.id)))?;
            let clock = clock_of(&row, &ledger, Arc::clone(level));
            Ok(Kept {
                read: Some((row, ledger)),
                clock,
            })
        })
        .collect()
}

/// Does a clock of a ticket wait for a reply of the staff, or for one that gives a solution?
///
/// # Errors
/// When the database fails.
pub async fn await_reply(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
    solution: bool,
) -> Result<bool> {
    let kinds = [SlaClockKind::FirstResponse]
        .into_iter()
        .chain(solution.then_some(SlaClockKind::PreliminarySolution));
    let open: Option<Uuid> = sla_clock::Entity::find()
        .select_only()
        .column(sla_clock::Column::Id)
        .filter(sla_clock::Column::TicketId.eq(ticket))
        .filter(sla_clock::Column::Kind.is_in(kinds))
        .filter(sla_clock::Column::State.is_in(OPEN))
        .into_tuple()
        .one(connection)
        .await?;
    Ok(open.is_some())
}

/// The rows of the clocks of many tickets, without their ledgers and without those of steps: how promises stand.
///
/// # Errors
/// When the database fails.
pub async fn promises(
    connection: &impl ConnectionTrait,
    tickets: &[Uuid],
) -> Result<Vec<sla_clock::Model>> {
    Ok(sla_clock::Entity::find()
        .filter(sla_clock::Column::TicketId.is_in(tickets.iter().copied()))
        .filter(sla_clock::Column::Kind.is_in(PROMISES))
        .order_by_asc(sla_clock::Column::Id)
        .all(connection)
        .await?)
}

/// The clock of its rows.
#[must_use]
pub fn clock_of(
    row: &sla_clock::Model,
    ledger: &[sla_interval::Model],
    level: Arc<Level>,
) -> Clock {
    Clock {
        kind: row.kind,
        step_entry: row.step_entry_id,
        level,
        target: row.target_seconds,
        intervals: ledger.iter().map(interval_of).collect(),
        met: row.met,
        breached_at: row.breached_at,
        warned_at: row.warned_at,
        escalated_at: row.escalated_at,
    }
}

/// The interval of its row.
#[must_use]
pub fn interval_of(row: &sla_interval::Model) -> Interval {
    Interval {
        number: row.number,
        state: row.state,
        reason: row.reason,
        policy_version: row.policy_version_id,
        calendar_version: row.calendar_version_id,
        target: row.target_seconds,
        from: row.from_at,
        to: row.to_at,
        ran_before: row.ran_before,
        ran: row.ran_seconds,
        due: row.due_at,
    }
}

/// A clock that isn't written yet.
#[must_use]
pub const fn started(clock: Clock) -> Kept {
    Kept { read: None, clock }
}

/// Writes what has changed: new clocks, changed clocks, new intervals, and the one that was closed.
///
/// # Errors
/// When the database fails.
pub async fn save(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
    clocks: Vec<Kept>,
    at: DateTime<Utc>,
) -> Result<()> {
    let (mut new_clocks, mut new_intervals) = (Vec::new(), Vec::new());
    for kept in clocks {
        match kept.read {
            None => {
                let row = clock_row(&kept.clock, new_id(at), ticket, None, at);
                new_intervals.extend(
                    kept.clock
                        .intervals
                        .iter()
                        .map(|interval| interval_row(interval, new_id(at), row.id, ticket)),
                );
                new_clocks.push(row);
            }
            Some((read, ledger)) => {
                let mut now = clock_row(&kept.clock, read.id, ticket, Some(&read), at);
                if now == read && kept.clock.intervals.len() == ledger.len() {
                    continue;
                }
                now.version += 1;
                now.updated_at = at;
                now.into_active_model()
                    .reset_all()
                    .update(connection)
                    .await?;
                for (place, interval) in kept.clock.intervals.iter().enumerate() {
                    match ledger.get(place) {
                        Some(row) => {
                            let now = interval_row(interval, row.id, read.id, ticket);
                            if now != *row {
                                now.into_active_model()
                                    .reset_all()
                                    .update(connection)
                                    .await?;
                            }
                        }
                        None => {
                            new_intervals.push(interval_row(interval, new_id(at), read.id, ticket))
                        }
                    }
                }
            }
        }
    }
    insert_rows(connection, new_clocks, new_intervals).await
}

/// Writes new rows.
///
/// # Errors
/// When the database fails.
pub async fn insert_rows(
    connection: &impl ConnectionTrait,
    clocks: Vec<sla_clock::Model>,
    intervals: Vec<sla_interval::Model>,
) -> Result<()> {
    if !clocks.is_empty() {
        let rows = clocks
            .into_iter()
            .map(|row| row.into_active_model().reset_all());
        sla_clock::Entity::insert_many(rows)
            .exec_without_returning(connection)
            .await?;
    }
    if !intervals.is_empty() {
        let rows = intervals
            .into_iter()
            .map(|row| row.into_active_model().reset_all());
        sla_interval::Entity::insert_many(rows)
            .exec_without_returning(connection)
            .await?;
    }
    Ok(())
}

/// The row of a clock: what its ledger says, so that it can be found by it.
#[must_use]
pub fn clock_row(
    clock: &Clock,
    id: Uuid,
    ticket: Uuid,
    read: Option<&sla_clock::Model>,
    at: DateTime<Utc>,
) -> sla_clock::Model {
    sla_clock::Model {
        id,
        ticket_id: ticket,
        kind: clock.kind,
        step_entry_id: clock.step_entry,
        policy_version_id: clock.level.policy_version,
        calendar_version_id: clock.level.calendar_version,
        target_seconds: clock.target,
        state: clock.state(),
        started_at: clock.started_at().unwrap_or(at),
        due_at: clock.due(),
        warn_at: clock.warn(),
        ran_seconds: clock.ran(),
        stopped_at: clock.stopped_at(),
        met: clock.met,
        breached_at: clock.breached_at,
        warned_at: clock.warned_at,
        escalated_at: clock.escalated_at,
        version: read.map_or(1, |read| read.version),
        created_at: read.map_or(at, |read| read.created_at),
        updated_at: read.map_or(at, |read| read.updated_at),
    }
}

/// The row of an interval.
#[must_use]
pub fn interval_row(
    interval: &Interval,
    id: Uuid,
    clock: Uuid,
    ticket: Uuid,
) -> sla_interval::Model {
    sla_interval::Model {
        id,
        clock_id: clock,
        ticket_id: ticket,
        number: interval.number,
        state: interval.state,
        reason: interval.reason,
        policy_version_id: interval.policy_version,
        calendar_version_id: interval.calendar_version,
        target_seconds: interval.target,
        from_at: interval.from,
        to_at: interval.to,
        ran_before: interval.ran_before,
        ran_seconds: interval.ran,
        due_at: interval.due,
    }
}
