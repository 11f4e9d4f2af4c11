//! Who worked on a ticket, from what they left on it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::enums::CommentVisibility;
use entity::{ticket, ticket_change, ticket_comment, ticket_credit, ticket_handover};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;
use uuid::Uuid;

use super::offers::accepted_between;
use crate::error::Result;

/// Who worked on the same tickets in a time, whoever asks: ticket and member, by shares that were recorded and handovers that were
/// accepted then. Two statements.
///
/// # Errors
/// When the database fails.
pub async fn worked_on(
    connection: &impl ConnectionTrait,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<(Uuid, Uuid)>> {
    let mut worked: Vec<(Uuid, Uuid)> = ticket_credit::Entity::find()
        .select_only()
        .column(ticket_credit::Column::TicketId)
        .column(ticket_credit::Column::MemberId)
        .filter(ticket_credit::Column::ReplacedAt.is_null())
        .filter(ticket_credit::Column::RecordedAt.gte(from))
        .filter(ticket_credit::Column::RecordedAt.lt(to))
        .into_tuple()
        .all(connection)
        .await?;
    let handed: Vec<(Uuid, Option<Uuid>, Uuid)> = accepted_between(from, to)
        .select_only()
        .column(ticket_handover::Column::TicketId)
        .column(ticket_handover::Column::FromMemberId)
        .column(ticket_handover::Column::ToMemberId)
        .into_tuple()
        .all(connection)
        .await?;
    for (ticket, giver, taker) in handed {
        worked.extend(giver.map(|giver| (ticket, giver)));
        worked.push((ticket, taker));
    }
    Ok(worked)
}

/// What the rule of shares looks at: who wrote and who moved, by user, and who had the ticket when.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// Comments: author, for whom, when.
    pub comments: Vec<(Uuid, CommentVisibility, DateTime<Utc>)>,
    /// Changes: actor, action, when. An action that changed several fields stands once.
    pub moves: Vec<(Uuid, String, DateTime<Utc>)>,
    /// When it was given to which assignee, as the history writes it; oldest first.
    pub given: Vec<(DateTime<Utc>, Option<Value>)>,
    /// When it was last reopened.
    pub reopened_at: Option<DateTime<Utc>>,
}

/// The story of a ticket so far; two statements.
///
/// # Errors
/// When the database fails.
pub async fn story(connection: &impl ConnectionTrait, ticket: Uuid) -> Result<Story> {
    let comments: Vec<(Option<Uuid>, CommentVisibility, DateTime<Utc>)> =
        ticket_comment::Entity::find()
            .select_only()
            .columns([
                ticket_comment::Column::AuthorId,
                ticket_comment::Column::Visibility,
                ticket_comment::Column::CreatedAt,
            ])
            .filter(ticket_comment::Column::TicketId.eq(ticket))
            // A copy is no work: it was written elsewhere.
            .filter(ticket_comment::Column::CopiedFromId.is_null())
            .into_tuple()
            .all(connection)
            .await?;
    let changes = ticket_change::Entity::find()
        .filter(ticket_change::Column::TicketId.eq(ticket))
        .order_by_asc(ticket_change::Column::At)
        .order_by_asc(ticket_change::Column::Id)
        .all(connection)
        .await?;
    let mut story = Story {
        comments: comments
            .into_iter()
            .filter_map(|(author, visibility, at)| Some((author?, visibility, at)))
            .collect(),
        ..Story::default()
    };
    let mut seen: HashSet<(Uuid, String, DateTime<Utc>, Option<String>)> = HashSet::new();
    for change in changes {
        if change.action == "reopen" {
            story.reopened_at = Some(change.at);
        }
        if change.field.as_deref() == Some("assigneeId") {
            story.given.push((change.at, change.new_value));
        }
        let Some(actor) = change.actor_id else {
            continue;
        };
        let deed = (actor, change.action.clone(), change.at, change.request_id);
        if seen.insert(deed) {
            story.moves.push((actor, change.action, change.at));
        }
    }
    Ok(story)
}

/// Actions that are a move of the ticket; assigning and handing over isn't work on the matter.
pub const MOVES: &[&str] = &["advance", "hold", "resume", "step"];

/// Who has worked on each of these tickets: its owner and assignee now, whoever wrote a comment, moved it or was credited
/// with it. Users stand beside members, as comments and history name users. Four statements.
///
/// # Errors
/// When the database fails.
pub async fn traces_of(
    connection: &impl ConnectionTrait,
    tickets: &[Uuid],
) -> Result<HashMap<Uuid, Traces>> {
    let mut found: HashMap<Uuid, Traces> = HashMap::new();
    let among = || tickets.iter().copied();
    let rows: Vec<(Uuid, Option<Uuid>, Option<Uuid>)> = ticket::Entity::find()
        .select_only()
        .columns([
            ticket::Column::Id,
            ticket::Column::OwnerId,
            ticket::Column::AssigneeId,
        ])
        .filter(ticket::Column::Id.is_in(among()))
        .into_tuple()
        .all(connection)
        .await?;
    for (id, owner, assignee) in rows {
        let members = &mut found.entry(id).or_default().members;
        members.extend(owner);
        members.extend(assignee);
    }
    let credited: Vec<(Uuid, Uuid)> = ticket_credit::Entity::find()
        .select_only()
        .columns([
            ticket_credit::Column::TicketId,
            ticket_credit::Column::MemberId,
        ])
        .filter(ticket_credit::Column::TicketId.is_in(among()))
        .into_tuple()
        .all(connection)
        .await?;
    for (id, member) in credited {
        found.entry(id).or_default().members.insert(member);
    }
    let written: Vec<(Uuid, Option<Uuid>)> = ticket_comment::Entity::find()
        .select_only()
        .columns([
            ticket_comment::Column::TicketId,
            ticket_comment::Column::AuthorId,
        ])
        .filter(ticket_comment::Column::TicketId.is_in(among()))
        .filter(ticket_comment::Column::CopiedFromId.is_null())
        .into_tuple()
        .all(connection)
        .await?;
    let moved: Vec<(Uuid, Option<Uuid>)> = ticket_change::Entity::find()
        .select_only()
        .columns([
            ticket_change::Column::TicketId,
            ticket_change::Column::ActorId,
        ])
        .filter(ticket_change::Column::TicketId.is_in(among()))
        .filter(ticket_change::Column::Action.is_in(MOVES.iter().copied()))
        .into_tuple()
        .all(connection)
        .await?;
    for (id, user) in written.into_iter().chain(moved) {
        found.entry(id).or_default().users.extend(user);
    }
    Ok(found)
}

/// Who has left a trace on a ticket.
#[derive(Clone, Debug, Default)]
pub struct Traces {
    /// As members.
    pub members: HashSet<Uuid>,
    /// As users.
    pub users: HashSet<Uuid>,
}
