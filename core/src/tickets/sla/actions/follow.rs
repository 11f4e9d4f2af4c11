//! A ticket's clocks follow what happens to the ticket.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::SlaReason;
use entity::ticket;
use serde_json::json;
use uuid::Uuid;

use crate::customers;
use crate::error::Result;
use crate::events::Event;
use crate::organisation::today;
use crate::tickets::actions::{Happened, Turn};
use crate::tickets::sla::rules::clock::Clock;
use crate::tickets::sla::rules::policy::{Facts, Level, choose};
use crate::tickets::sla::rules::standing::summary;
use crate::tickets::sla::rules::turn::{self, Reply, Situation};
use crate::tickets::sla::store::{self, Kept};
use crate::work::Work;

/// Lets the clocks of a ticket do what follows from a change, and keeps on the ticket what it shows of them.
///
/// # Errors
/// When the database fails.
pub async fn follow(work: &mut Work<'_>, turn: &mut Turn<'_>) -> Result<()> {
    let reply = match turn.happened {
        Happened::PublicReply { by_staff, solution } => Some(Reply { by_staff, solution }),
        _ => None,
    };
    let was = turn.was.map(situation);
    let answered = reply.is_some_and(|reply| reply.by_staff);
    let solution = reply.is_some_and(|reply| reply.by_staff && reply.solution);
    let (now, at) = (situation(&turn.now), work.call().at);
    let proposed = solution || now.solution_known() || now.done();
    if turn.was.is_some_and(|was| same(was, &turn.now)) {
        if !answered {
            return Ok(());
        }
        // Most replies aren't the first one: no clock waits for them. Once a ticket is answered, only a solution may be waited for.
        let awaited = (solution || !now.answered)
            && store::await_reply(work.tx(), turn.now.id, solution).await?;
        if !awaited {
            note_reply(&mut turn.now, true, proposed, at);
            return Ok(());
        }
    }
    let day = today(work.call());
    let mut kept = store::of_ticket(work.tx(), turn.now.id, day).await?;
    let terms = terms(work, turn, &kept, day).await?;
    let rules_turn = turn::Turn {
        was,
        now,
        reply,
        terms,
    };
    let mut clocks: Vec<Clock> = kept.iter().map(|kept| kept.clock.clone()).collect();
    turn::follow(&mut clocks, &rules_turn, at);
    for (kept, clock) in kept.iter_mut().zip(&clocks) {
        kept.clock = clock.clone();
    }
    let known = kept.len();
    kept.extend(clocks.iter().skip(known).cloned().map(store::started));
    store::save(work.tx(), turn.now.id, kept, at).await?;

    note_reply(&mut turn.now, answered || now.done(), proposed, at);
    show(&mut turn.now, &clocks);
    Ok(())
}

/// Keeps on the ticket when it was first answered and when a solution was first proposed.
fn note_reply(ticket: &mut ticket::Model, answered: bool, proposed: bool, at: DateTime<Utc>) {
    if answered {
        ticket.first_responded_at.get_or_insert(at);
    }
    if proposed {
        ticket.solution_proposed_at.get_or_insert(at);
    }
}

/// Keeps on the ticket what it shows of its clocks.
pub(super) fn show(ticket: &mut ticket::Model, clocks: &[Clock]) {
    let summary = summary(clocks);
    ticket.sla_standing = summary.standing;
    ticket.due_at = summary.due;
    ticket.warn_at = summary.warn;
    ticket.breached_at = summary.breached;
}

/// Says whose clocks changed without anybody being told, in one event for all of them.
pub(super) fn clocks_changed(work: &mut Work<'_>, tickets: impl IntoIterator<Item = Uuid>) {
    let tickets: Vec<Uuid> = tickets.into_iter().collect();
    if !tickets.is_empty() {
        let payload = json!({ "tickets": tickets });
        let at = work.call().at;
        work.emit(Event::new(at, Event::TICKET_CLOCKS, Uuid::nil(), payload));
    }
}

/// What clocks look at in a ticket.
pub(in crate::tickets) fn situation(ticket: &ticket::Model) -> Situation {
    Situation {
        stage: ticket.stage,
        state: ticket.state,
        priority: ticket.priority,
        resolved: ticket.resolved_at.is_some(),
        merged: ticket.merged_into_id.is_some(),
        answered: ticket.first_responded_at.is_some(),
        proposed: ticket.solution_proposed_at.is_some(),
    }
}

/// Is everything that clocks and policies look at as it was?
fn same(was: &ticket::Model, now: &ticket::Model) -> bool {
    let looks = |ticket: &ticket::Model| {
        (
            situation(ticket),
            ticket.kind,
            ticket.customer_id,
            ticket.province,
        )
    };
    looks(was) == looks(now)
}

/// The level that holds now, and why it may differ, when anything has changed by which policies are chosen; also when a
/// ticket is taken up again, for meanwhile anything may have changed.
async fn terms(
    work: &Work<'_>,
    turn: &Turn<'_>,
    kept: &[Kept],
    day: NaiveDate,
) -> Result<Option<(Arc<Level>, SlaReason)>> {
    let reason = match turn.was {
        None => SlaReason::Started,
        Some(was) if was.priority != turn.now.priority => SlaReason::PriorityChanged,
        Some(was)
            if (was.kind, was.customer_id, was.province)
                != (turn.now.kind, turn.now.customer_id, turn.now.province) =>
        {
            SlaReason::FactsChanged
        }
        Some(was) if situation(was).over() && !situation(&turn.now).over() => SlaReason::Reopened,
        Some(_) => return Ok(None),
    };
    let level = level_of(work, &turn.now, kept, day).await?;
    Ok(level.map(|level| (level, reason)))
}

/// The level that holds for a ticket as it is now.
pub(super) async fn level_of(
    work: &Work<'_>,
    ticket: &ticket::Model,
    kept: &[Kept],
    day: NaiveDate,
) -> Result<Option<Arc<Level>>> {
    let facts = facts_of(work, ticket).await?;
    let active = store::active(work.tx(), day).await?;
    let held = turn::level_held(kept.iter().map(|kept| &kept.clock));
    Ok(choose(&active, held, facts))
}

/// What policies look at in a ticket.
pub(super) async fn facts_of(work: &Work<'_>, ticket: &ticket::Model) -> Result<Facts> {
    Ok(Facts {
        kind: ticket.kind,
        priority: ticket.priority,
        tier: customers::tier(work.tx(), ticket.customer_id).await?,
        province: ticket.province,
    })
}
