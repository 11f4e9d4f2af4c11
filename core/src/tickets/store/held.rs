//! Who answered for which tickets in a time, for whoever looks at how work is shared out, not at single tickets.

use chrono::{DateTime, Utc};
use entity::enums::TicketState;
use entity::ticket;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::error::Result;

/// A ticket with who answers for it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Held {
    /// The ticket.
    pub id: Uuid,
    /// Who answers for it.
    pub owner_id: Uuid,
    /// Whose it is.
    pub customer_id: Uuid,
    /// About which unit.
    pub unit_id: Option<Uuid>,
    /// What it is about.
    pub subject: String,
    /// Open, waiting or ended.
    pub state: TicketState,
    /// How often it was reopened.
    pub reopened: i32,
    /// When a promised time was missed.
    pub breached_at: Option<DateTime<Utc>>,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When it was closed or cancelled.
    pub closed_at: Option<DateTime<Utc>>,
}

/// The newest tickets that somebody answers for and that weren't ended before the first moment, opened before the second; so many at
/// most. One statement.
///
/// # Errors
/// When the database fails.
pub async fn held_between(
    connection: &impl ConnectionTrait,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    most: u64,
) -> Result<Vec<Held>> {
    use ticket::Column;
    let open = Condition::any()
        .add(Column::ClosedAt.is_null())
        .add(Column::ClosedAt.gte(from));
    Ok(ticket::Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::OwnerId,
            Column::CustomerId,
            Column::UnitId,
            Column::Subject,
            Column::State,
            Column::Reopened,
            Column::BreachedAt,
            Column::CreatedAt,
            Column::ClosedAt,
        ])
        .filter(Column::OwnerId.is_not_null())
        .filter(Column::CreatedAt.lt(to))
        .filter(open)
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(most)
        .into_model()
        .all(connection)
        .await?)
}
