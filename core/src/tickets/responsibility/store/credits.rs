//! Shares of resolved tickets, and what is counted by them.

use chrono::{DateTime, Utc};
use entity::ticket_credit;
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::access::children::{Column, Link};
use crate::access::{Scoped, Viewer, visible};
use crate::db::keyset::Sort;
use crate::error::Result;

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
