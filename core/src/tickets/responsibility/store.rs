//! The only place that touches handovers and credit.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::enums::{CommentVisibility, HandoverState};
use entity::{ticket, ticket_change, ticket_comment, ticket_credit, ticket_handover};
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};
use serde_json::Value;
use uuid::Uuid;

use crate::access::children::{Column, Link};
use crate::access::{Permission, Scoped, Viewer, visible};
use crate::db::keyset::Sort;
use crate::error::{ApiError, Result};

/// The handovers of a ticket, the latest first.
pub struct TicketsHandovers;

impl Link for TicketsHandovers {
    type Child = ticket_handover::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (
            ticket_handover::Column::Id,
            ticket_handover::Column::TicketId,
        )
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::descending(ticket_handover::Column::CreatedAt),
            Sort::descending(ticket_handover::Column::Id),
        ]
    }
}

/// The shares of a ticket of all rounds, replaced ones too, the latest set first.
pub struct TicketsCredits;

impl Link for TicketsCredits {
    type Child = ticket_credit::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (ticket_credit::Column::Id, ticket_credit::Column::TicketId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::descending(ticket_credit::Column::Round),
            Sort::descending(ticket_credit::Column::RecordedAt),
            Sort::descending(ticket_credit::Column::Share),
            Sort::ascending(ticket_credit::Column::Id),
        ]
    }
}

/// At most so many offers wait for one member; nobody answers more at a sitting.
const OFFERS: u64 = 100;

/// The offers that wait for this viewer's answer, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn offered_to(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
) -> Result<Vec<ticket_handover::Model>> {
    let Some(member) = viewer.standing.member_id else {
        return Ok(Vec::new());
    };
    Ok(
        visible::<ticket_handover::Entity>(viewer, Permission::TicketHandover)
            .filter(ticket_handover::Column::ToMemberId.eq(member))
            .filter(ticket_handover::Column::State.eq(HandoverState::Offered))
            .order_by_asc(ticket_handover::Column::CreatedAt)
            .order_by_asc(ticket_handover::Column::Id)
            .limit(OFFERS)
            .all(connection)
            .await?,
    )
}

/// The open offer of a ticket, of which there is one at most; for an action that has locked the ticket, and for the predicate
/// of what an offer lends.
///
/// # Errors
/// When the database fails.
pub async fn open_offer(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
) -> Result<Option<ticket_handover::Model>> {
    Ok(ticket_handover::Entity::find()
        .filter(ticket_handover::Column::TicketId.eq(ticket))
        .filter(ticket_handover::Column::State.eq(HandoverState::Offered))
        .one(connection)
        .await?)
}

/// Writes a new offer.
///
/// # Errors
/// When the database fails.
pub async fn insert_offer(
    connection: &impl ConnectionTrait,
    row: ticket_handover::Model,
) -> Result<ticket_handover::Model> {
    Ok(row
        .into_active_model()
        .reset_all()
        .insert(connection)
        .await?)
}

/// Writes an answered offer if nobody has answered it since this version was read; raises its version.
///
/// # Errors
/// `CONFLICT` when somebody was faster.
pub async fn save_offer(
    connection: &impl ConnectionTrait,
    row: ticket_handover::Model,
    at: DateTime<Utc>,
) -> Result<ticket_handover::Model> {
    let (id, version) = (row.id, row.version);
    let now = ticket_handover::Model {
        version: version + 1,
        updated_at: at,
        ..row
    };
    let mut saved = ticket_handover::Entity::update_many()
        .set(now.into_active_model().reset_all())
        .filter(ticket_handover::Column::Id.eq(id))
        .filter(ticket_handover::Column::Version.eq(version))
        .exec_with_returning(connection)
        .await?;
    saved
        .pop()
        .ok_or_else(|| ApiError::conflict(version + 1).into())
}

/// Writes a new set of shares; the one of the same ticket and round that holds until now is kept as replaced.
///
/// # Errors
/// When the database fails.
pub async fn replace_credits(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
    round: i32,
    rows: Vec<ticket_credit::Model>,
    at: DateTime<Utc>,
) -> Result<()> {
    ticket_credit::Entity::update_many()
        .col_expr(ticket_credit::Column::ReplacedAt, Expr::value(at))
        .filter(ticket_credit::Column::TicketId.eq(ticket))
        .filter(ticket_credit::Column::Round.eq(round))
        .filter(ticket_credit::Column::ReplacedAt.is_null())
        .exec(connection)
        .await?;
    if !rows.is_empty() {
        let rows = rows
            .into_iter()
            .map(|row| row.into_active_model().reset_all());
        ticket_credit::Entity::insert_many(rows)
            .exec_without_returning(connection)
            .await?;
    }
    Ok(())
}

/// The shares of a ticket that hold now, of its latest round that has any; for an action that has locked the ticket.
///
/// # Errors
/// When the database fails.
pub async fn present_credits(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
) -> Result<Vec<ticket_credit::Model>> {
    let mut rows = ticket_credit::Entity::find()
        .filter(ticket_credit::Column::TicketId.eq(ticket))
        .filter(ticket_credit::Column::ReplacedAt.is_null())
        .order_by_desc(ticket_credit::Column::Round)
        .order_by_desc(ticket_credit::Column::Share)
        .order_by_asc(ticket_credit::Column::Id)
        .all(connection)
        .await?;
    let latest = rows.first().map(|row| row.round);
    rows.retain(|row| Some(row.round) == latest);
    Ok(rows)
}

/// The shares of many tickets that hold now, of all their rounds.
///
/// # Errors
/// When the database fails.
pub async fn present_credits_of(
    connection: &impl ConnectionTrait,
    tickets: &[Uuid],
) -> Result<Vec<ticket_credit::Model>> {
    Ok(ticket_credit::Entity::find()
        .filter(ticket_credit::Column::TicketId.is_in(tickets.iter().copied()))
        .filter(ticket_credit::Column::ReplacedAt.is_null())
        .order_by_desc(ticket_credit::Column::Share)
        .order_by_asc(ticket_credit::Column::Id)
        .all(connection)
        .await?)
}

/// The offers of tickets that were accepted or declined, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn answered_offers(
    connection: &impl ConnectionTrait,
    tickets: &[Uuid],
) -> Result<Vec<ticket_handover::Model>> {
    use ticket_handover::Column;
    Ok(ticket_handover::Entity::find()
        .filter(Column::TicketId.is_in(tickets.iter().copied()))
        .filter(Column::State.is_in([HandoverState::Accepted, HandoverState::Declined]))
        .filter(Column::AnsweredAt.is_not_null())
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(connection)
        .await?)
}

/// How much somebody is credited with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Credited {
    /// Resolutions that they have a share of.
    pub tickets: i64,
    /// Their shares together, in hundredths of a percent of one ticket.
    pub shares: i64,
}

/// What a member is credited with for what was resolved in a time, as far as the viewer may know of it.
///
/// # Errors
/// When the database fails.
pub async fn credited(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    member: Uuid,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Credited> {
    let row: Option<(i64, Option<i64>)> =
        visible::<ticket_credit::Entity>(viewer, ticket_credit::Entity::READ)
            .select_only()
            .column_as(ticket_credit::Column::Id.count(), "tickets")
            .column_as(ticket_credit::Column::Share.sum(), "shares")
            .filter(ticket_credit::Column::MemberId.eq(member))
            .filter(ticket_credit::Column::ReplacedAt.is_null())
            .filter(ticket_credit::Column::RecordedAt.gte(from))
            .filter(ticket_credit::Column::RecordedAt.lt(to))
            .into_tuple()
            .one(connection)
            .await?;
    Ok(
        row.map_or_else(Credited::default, |(tickets, shares)| Credited {
            tickets,
            shares: shares.unwrap_or(0),
        }),
    )
}

/// A member's shares that hold now, as a select of (`ticket_id`, `round`, `share`) to be joined with what is counted by
/// them.
#[must_use]
pub fn shares_of(viewer: &Viewer, member: Uuid) -> SelectStatement {
    visible::<ticket_credit::Entity>(viewer, ticket_credit::Entity::READ)
        .select_only()
        .column(ticket_credit::Column::TicketId)
        .column(ticket_credit::Column::Round)
        .column(ticket_credit::Column::Share)
        .filter(ticket_credit::Column::MemberId.eq(member))
        .filter(ticket_credit::Column::ReplacedAt.is_null())
        .into_query()
}

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
    let handed: Vec<(Uuid, Option<Uuid>, Uuid)> = ticket_handover::Entity::find()
        .select_only()
        .column(ticket_handover::Column::TicketId)
        .column(ticket_handover::Column::FromMemberId)
        .column(ticket_handover::Column::ToMemberId)
        .filter(ticket_handover::Column::State.eq(HandoverState::Accepted))
        .filter(ticket_handover::Column::AnsweredAt.gte(from))
        .filter(ticket_handover::Column::AnsweredAt.lt(to))
        .into_tuple()
        .all(connection)
        .await?;
    for (ticket, giver, taker) in handed {
        worked.extend(giver.map(|giver| (ticket, giver)));
        worked.push((ticket, taker));
    }
    Ok(worked)
}

/// Who owned a ticket when it was resolved in a round; none when there was no owner.
///
/// # Errors
/// When the database fails.
pub async fn owner_credited(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
    round: i32,
) -> Result<Option<Uuid>> {
    Ok(ticket_credit::Entity::find()
        .filter(ticket_credit::Column::TicketId.eq(ticket))
        .filter(ticket_credit::Column::Round.eq(round))
        .filter(ticket_credit::Column::Role.eq(entity::enums::CreditRole::Owner))
        .filter(ticket_credit::Column::ReplacedAt.is_null())
        .one(connection)
        .await?
        .map(|row| row.member_id))
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

/// A ticket that went from an owner to somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenUp {
    /// Who owned it.
    pub from: Uuid,
    /// The user who offered it.
    pub offered_by: Uuid,
}

/// The handovers that were accepted from the first moment on and before the second. One statement.
///
/// # Errors
/// When the database fails.
pub async fn given_up_between(
    connection: &impl ConnectionTrait,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<GivenUp>> {
    let rows: Vec<(Uuid, Uuid)> = ticket_handover::Entity::find()
        .select_only()
        .columns([
            ticket_handover::Column::FromMemberId,
            ticket_handover::Column::OfferedBy,
        ])
        .filter(ticket_handover::Column::FromMemberId.is_not_null())
        .filter(ticket_handover::Column::State.eq(HandoverState::Accepted))
        .filter(ticket_handover::Column::AnsweredAt.gte(from))
        .filter(ticket_handover::Column::AnsweredAt.lt(to))
        .into_tuple()
        .all(connection)
        .await?;
    let given = |(from, offered_by)| GivenUp { from, offered_by };
    Ok(rows.into_iter().map(given).collect())
}
