//! Handovers: offered, answered, and accepted ones.

use chrono::{DateTime, Utc};
use entity::enums::HandoverState;
use entity::ticket_handover;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use crate::access::children::{Column, Link};
use crate::access::{Permission, Viewer, visible};
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
    let rows: Vec<(Uuid, Uuid)> = accepted_between(from, to)
        .select_only()
        .columns([
            ticket_handover::Column::FromMemberId,
            ticket_handover::Column::OfferedBy,
        ])
        .filter(ticket_handover::Column::FromMemberId.is_not_null())
        .into_tuple()
        .all(connection)
        .await?;
    let given = |(from, offered_by)| GivenUp { from, offered_by };
    Ok(rows.into_iter().map(given).collect())
}

/// The handovers that were accepted from the first moment on and before the second.
pub(super) fn accepted_between(
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Select<ticket_handover::Entity> {
    ticket_handover::Entity::find()
        .filter(ticket_handover::Column::State.eq(HandoverState::Accepted))
        .filter(ticket_handover::Column::AnsweredAt.gte(from))
        .filter(ticket_handover::Column::AnsweredAt.lt(to))
}
