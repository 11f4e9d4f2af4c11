//! How far delivery lags behind.

use chrono::{DateTime, Utc};
use entity::outbox;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};

/// Events that wait to be delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// How many wait.
    pub waiting: u64,
    /// When the oldest of them happened.
    pub oldest: Option<DateTime<Utc>>,
}

/// What waits in the outbox.
///
/// # Errors
/// When the database can't be read.
pub async fn backlog(connection: &impl ConnectionTrait) -> Result<Backlog, DbErr> {
    let waiting = outbox::Entity::find().filter(outbox::Column::DispatchedAt.is_null());
    let oldest = waiting
        .clone()
        .order_by_asc(outbox::Column::Seq)
        .one(connection)
        .await?;
    Ok(Backlog {
        waiting: waiting.count(connection).await?,
        oldest: oldest.map(|row| row.at),
    })
}
