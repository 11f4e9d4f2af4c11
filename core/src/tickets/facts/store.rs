//! All that counts of many tickets, read in eleven statements.
//!
//! These reads don't look through anybody's reach: figures count everything, and who may see them is decided where they
//! are shown.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use entity::enums::{Channel, HandoverState, TicketKind};
use entity::ticket;
use sea_orm::{
    ActiveEnum, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde_json::Value;
use uuid::Uuid;

use super::rules::{Answer, Case, Credit, Promise};
use super::stretches::{Entry, Offer, Past, Stay, What};
use crate::calendars::{self, Calendar};
use crate::error::Result;
use crate::identity;
use crate::ids::decode;
use crate::tickets::rules::stages;
use crate::tickets::{processes, responsibility, sla, store, surveys};

/// The next tickets after `after`, in the order of their ids.
pub async fn ids(
    connection: &impl ConnectionTrait,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Uuid>> {
    Ok(ticket::Entity::find()
        .select_only()
        .column(ticket::Column::Id)
        .filter(Condition::all().add_option(after.map(|after| ticket::Column::Id.gt(after))))
        .order_by_asc(ticket::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?)
}

/// These tickets with what counts of them; those that aren't there are left out.
pub async fn cases(connection: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Case>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut cases: HashMap<Uuid, Case> = ticket::Entity::find()
        .filter(ticket::Column::Id.is_in(ids.iter().copied()))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| (row.id, case(row)))
        .collect();
    for (id, entries) in store::progress(connection, ids).await? {
        if let Some(case) = cases.get_mut(&id) {
            let stays = entries.iter().map(|entry| (entry.stage, entry.entered_at));
            case.stages = stays.collect();
        }
    }
    let mut calendars_of: HashMap<Uuid, Uuid> = HashMap::new();
    for row in sla::store::promises(connection, ids).await? {
        // They all run by the same one, unless a policy changed under one of them.
        calendars_of.insert(row.ticket_id, row.calendar_version_id);
        if let Some(case) = cases.get_mut(&row.ticket_id) {
            case.promises.push(Promise {
                kind: row.kind,
                state: row.state,
                met: row.met,
                breached: row.breached_at.is_some(),
                ran_seconds: row.ran_seconds,
            });
        }
    }
    for row in responsibility::store::present_credits_of(connection, ids).await? {
        if let Some(case) = cases.get_mut(&row.ticket_id) {
            case.credits.push(Credit {
                round: row.round,
                member: row.member_id,
                share: row.share,
            });
        }
    }
    for (round, row) in surveys::store::answers_of(connection, ids).await? {
        if let Some(case) = cases.get_mut(&row.ticket_id) {
            case.answers.push(Answer {
                round,
                at: row.answered_at,
                rating: row.rating,
                response: row.response,
                attitude: row.attitude,
                solution: row.solution,
            });
        }
    }
    pasts(connection, ids, &mut cases, calendars_of).await?;
    // In the order asked for, so that what is written follows no accident of hashing.
    Ok(ids.iter().filter_map(|id| cases.remove(id)).collect())
}

/// Where the time of tickets went: stays, history, handovers, and the calendars by which it runs.
async fn pasts(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
    cases: &mut HashMap<Uuid, Case>,
    calendars_of: HashMap<Uuid, Uuid>,
) -> Result<()> {
    for stay in processes::store::process_stays(connection, ids).await? {
        if let Some(case) = cases.get_mut(&stay.ticket) {
            case.past.stays.push(Stay {
                step: format!("{}.{}", stay.process, stay.step),
                from: stay.from,
                to: stay.to,
            });
        }
    }
    let entries = store::entries(connection, ids).await?;
    let actors: BTreeSet<Uuid> = entries.iter().filter_map(|entry| entry.actor).collect();
    let actors: Vec<Uuid> = actors.into_iter().collect();
    let members = identity::members_of_users(connection, &actors).await?;
    for entry in entries {
        if let Some(case) = cases.get_mut(&entry.ticket) {
            case.past.entries.push(Entry {
                at: entry.at,
                by: entry.actor.and_then(|actor| members.get(&actor).copied()),
                what: what(&entry),
            });
        }
    }
    for row in responsibility::store::answered_offers(connection, ids).await? {
        if let (Some(case), Some(to)) = (cases.get_mut(&row.ticket_id), row.answered_at) {
            case.past.offers.push(Offer {
                from: row.created_at,
                to,
                accepted: row.state == HandoverState::Accepted,
            });
        }
    }
    let wanted: BTreeSet<Uuid> = calendars_of.values().copied().collect();
    let wanted: Vec<Uuid> = wanted.into_iter().collect();
    let mut built: HashMap<Uuid, Arc<Calendar>> = HashMap::new();
    for (id, row) in calendars::store::versions(connection, &wanted).await? {
        built.insert(id, Arc::new(Calendar::from_version(&row)?));
    }
    for (id, calendar) in calendars_of {
        if let Some(case) = cases.get_mut(&id) {
            case.past.calendar = built.get(&calendar).cloned();
        }
    }
    Ok(())
}

/// What a row of the history says; what can't be read says that somebody did something.
fn what(entry: &store::HistoryEntry) -> What {
    let key = |value: &Option<Value>| -> Option<Uuid> {
        let (_, id) = decode(value.as_ref()?.as_str()?).ok()?;
        Some(id)
    };
    let state = |value: &Option<Value>| stages::state_named(value.as_ref()?.as_str()?);
    match entry.field.as_deref() {
        Some("state") => {
            state(&entry.new).map_or(What::Other, |to| What::State(state(&entry.old), to))
        }
        Some("teamId") => What::Team(key(&entry.old), key(&entry.new)),
        Some("assigneeId") => What::Assignee(key(&entry.old), key(&entry.new)),
        _ => What::Other,
    }
}

fn case(row: ticket::Model) -> Case {
    Case {
        id: row.id,
        owner: row.owner_id,
        team: row.team_id,
        province: row.province,
        product: row.product_id,
        channel: Channel::to_value(&row.channel),
        kind: TicketKind::to_value(&row.kind),
        state: row.state,
        merged: row.merged_into_id.is_some(),
        created_at: row.created_at,
        first_responded_at: row.first_responded_at,
        resolved_at: row.resolved_at,
        closed_at: row.closed_at,
        stages: Vec::new(),
        promises: Vec::new(),
        credits: Vec::new(),
        answers: Vec::new(),
        past: Past {
            assignee: row.assignee_id,
            ..Past::default()
        },
    }
}
