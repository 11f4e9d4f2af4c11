//! All that counts of many tickets, read in six statements.
//!
//! These reads don't look through anybody's reach: figures count everything, and who may see them is decided where they
//! are shown.

use std::collections::HashMap;

use entity::enums::{Channel, TicketKind};
use entity::ticket;
use sea_orm::{
    ActiveEnum, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::rules::{Answer, Case, Credit, Promise};
use crate::error::Result;
use crate::tickets::{responsibility, sla, store, surveys};

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
    for row in sla::store::promises(connection, ids).await? {
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
    // In the order asked for, so that what is written follows no accident of hashing.
    Ok(ids.iter().filter_map(|id| cases.remove(id)).collect())
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
    }
}
