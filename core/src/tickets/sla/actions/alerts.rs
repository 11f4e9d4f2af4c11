//! Raising alerts: warnings before a due time, escalations of missed ones. After a standstill, what is old is told
//! together.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{ActorKind, AlertKind};
use entity::{sla_clock, ticket, ticket_alert, ticket_change};
use serde_json::{Value, json};
use uuid::Uuid;

use super::follow::clocks_changed;
use crate::access::Call;
use crate::audit::Entry;
use crate::db::{Db, new_id};
use crate::error::Result;
use crate::events::Event;
use crate::settings;
use crate::tickets::sla::rules::clock::second;
use crate::tickets::sla::store;
use crate::tickets::store::insert_changes;
use crate::work::Work;

/// A request that came in time may still be writing; none takes longer than this.
const SETTLED: TimeDelta = TimeDelta::seconds(15);
/// Clocks that one transaction takes at most.
const BATCH: u64 = 200;
/// Transactions of one round at most, so that the round ends while its lease holds; the next goes on.
const BATCHES: usize = 100;

/// Raises every alert whose time has come.
///
/// # Errors
/// When the database fails; what was raised before stays raised.
pub async fn raise_alerts(db: &Db, now: DateTime<Utc>) -> Result<()> {
    let minutes = settings::read(db.reader(), &settings::SLA_CATCH_UP_MINUTES).await?;
    let late_before = now - TimeDelta::minutes(minutes);
    let mut finished = true;
    for kind in [AlertKind::Breach, AlertKind::Warning] {
        finished &= raise_all(db, kind, late_before, now).await?;
    }
    // Only when all have been found: one message a team, however many there are.
    if finished && store::any_untold(db.reader()).await? {
        tell_late(db, now).await?;
    }
    Ok(())
}

/// Says whether nothing is left.
async fn raise_all(
    db: &Db,
    kind: AlertKind,
    late_before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    for _ in 0..BATCHES {
        let call = Call::system(now, "sla");
        let mut work = Work::begin(db, &call).await?;
        let until = match kind {
            AlertKind::Breach => second(now - SETTLED),
            // A warning is due at its time, and not before.
            AlertKind::Warning => second(now) + TimeDelta::seconds(1),
        };
        let (found, tickets) = store::ready(work.tx(), kind, until, BATCH).await?;
        let claimed = store::claim(work.tx(), kind, &tickets, until, now).await?;
        if !claimed.is_empty() {
            write(&mut work, kind, claimed, &tickets, late_before).await?;
            work.commit().await?;
        }
        // Tickets that somebody was just changing are left for the next round.
        if found < BATCH || tickets.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The alerts of claimed clocks, with what they leave behind.
async fn write(
    work: &mut Work<'_>,
    kind: AlertKind,
    claimed: Vec<sla_clock::Model>,
    tickets: &[ticket::Model],
    late_before: DateTime<Utc>,
) -> Result<()> {
    let now = work.call().at;
    let tickets: HashMap<Uuid, &ticket::Model> =
        tickets.iter().map(|ticket| (ticket.id, ticket)).collect();
    let (mut alerts, mut changes, mut untold) = (Vec::new(), Vec::new(), BTreeSet::new());
    for clock in claimed {
        let Some(ticket) = tickets.get(&clock.ticket_id) else {
            continue;
        };
        // Nobody needs to be warned of what has happened already.
        let overtaken = kind == AlertKind::Warning && clock.due_at.is_some_and(|due| due < now);
        let at = match kind {
            AlertKind::Warning => clock.warn_at,
            AlertKind::Breach => clock.due_at,
        };
        let Some(at) = at.filter(|_| !overtaken) else {
            continue;
        };
        let alert = alert_row(kind, &clock, ticket, at, late_before, now);
        changes.push(change_row(kind, &clock, now));
        if alert.late {
            untold.insert(ticket.id);
        } else {
            work.emit(Event::new(
                now,
                Event::TICKET_ALERT,
                alert.id,
                json!({ "kind": kind, "ticket": ticket.id }),
            ));
        }
        alerts.push(alert);
    }
    if alerts.is_empty() {
        return Ok(());
    }
    if kind == AlertKind::Breach && !untold.is_empty() {
        clocks_changed(work, untold);
    }
    let late = alerts.iter().filter(|alert| alert.late).count();
    work.audit(Entry {
        action: "sla.alert",
        entity_type: "ticket_alert",
        entity_id: None,
        detail: json!({ "kind": kind, "alerts": alerts.len(), "late": late }),
    });
    store::insert_alerts(work.tx(), alerts).await?;
    insert_changes(work.tx(), changes).await
}

fn alert_row(
    kind: AlertKind,
    clock: &sla_clock::Model,
    ticket: &ticket::Model,
    at: DateTime<Utc>,
    late_before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> ticket_alert::Model {
    let late = at < late_before;
    // A warning is for whoever works on it, an escalation for the team, whose lead looks after it.
    let member_id = match kind {
        AlertKind::Warning => ticket.assignee_id.or(ticket.owner_id),
        AlertKind::Breach => None,
    };
    ticket_alert::Model {
        id: new_id(now),
        ticket_id: ticket.id,
        clock_id: clock.id,
        kind,
        at,
        raised_at: now,
        late,
        member_id,
        team_id: ticket.team_id,
        told_at: (!late).then_some(now),
        acknowledged_by: None,
        acknowledged_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

/// The history of the ticket tells it too; for staff.
fn change_row(
    kind: AlertKind,
    clock: &sla_clock::Model,
    now: DateTime<Utc>,
) -> ticket_change::Model {
    let actor = Call::system(now, "sla").viewer.actor;
    let action = match kind {
        AlertKind::Warning => "warn",
        AlertKind::Breach => "escalate",
    };
    let name = serde_json::to_value(clock.kind).unwrap_or(Value::Null);
    let name = name.as_str().map(str::to_uppercase);
    ticket_change::Model {
        id: new_id(now),
        ticket_id: clock.ticket_id,
        at: now,
        actor_kind: ActorKind::System,
        actor_id: actor.id,
        actor_name: actor.name,
        action: action.to_owned(),
        field: Some("sla".to_owned()),
        old_value: None,
        new_value: name.map(Value::String),
        public: false,
        request_id: Some("sla".to_owned()),
    }
}

/// One message a team about everything that was found late.
async fn tell_late(db: &Db, now: DateTime<Utc>) -> Result<()> {
    let call = Call::system(now, "sla");
    let mut work = Work::begin(db, &call).await?;
    for (team, told) in store::tell_late(work.tx(), now).await? {
        work.emit(Event::new(
            now,
            Event::TICKET_ALERT,
            team.unwrap_or(Uuid::nil()),
            json!({ "late": true, "team": team, "warnings": told.warnings, "breaches": told.breaches }),
        ));
    }
    work.commit().await
}
