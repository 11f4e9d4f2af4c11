//! Forgetting what nobody needs any more: delivered events, expired idempotency keys, sessions long over.
//!
//! Each statement deletes a bounded number of rows, so that none holds locks for long; several processes may do it at
//! once, as whoever comes second finds nothing left. The audit log keeps what matters of sessions for good.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{idempotency_key, outbox, refresh_token, session, signing_key, ticket_presence};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, DbErr, DeleteMany, EntityTrait, QueryFilter};
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::db::Db;

/// How often it is done.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// How soon after the start the first time comes: not in the way of the start itself.
const FIRST_AFTER: Duration = Duration::from_secs(60);
/// How long delivered events are kept.
const EVENTS_KEPT: TimeDelta = TimeDelta::days(7);
/// How long it is kept who was at a ticket: a minute counts, the rest is patience with clocks.
const PRESENCE_KEPT: TimeDelta = TimeDelta::hours(1);
/// How long sessions are kept after their end.
const SESSIONS_KEPT: TimeDelta = TimeDelta::days(30);
/// Rows that one statement deletes at most.
const BATCH: u64 = 1_000;

/// How many rows were deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Delivered events.
    pub events: u64,
    /// Expired idempotency keys.
    pub idempotency_keys: u64,
    /// Who was at a ticket.
    pub presences: u64,
    /// Refresh tokens of sessions long over.
    pub refresh_tokens: u64,
    /// Sessions long over.
    pub sessions: u64,
    /// Signing keys that verify nothing any more.
    pub signing_keys: u64,
}

/// Sweeps once an hour until `stop` is cancelled. A failure is logged and made up for the next time.
pub async fn run(db: Db, clock: Clock, stop: CancellationToken) {
    let mut pause = FIRST_AFTER;
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        pause = EVERY;
        match sweep(&db, clock.now()).await {
            Ok(swept) if swept == Swept::default() => {}
            Ok(swept) => tracing::info!(?swept, "housekeeping"),
            Err(error) => {
                tracing::warn!(%error, "housekeeping failed; it is tried again in an hour")
            }
        }
    }
}

/// Deletes everything whose time is over at `now`.
///
/// # Errors
/// When the database fails; what was deleted before stays deleted.
pub async fn sweep(db: &Db, now: DateTime<Utc>) -> Result<Swept, DbErr> {
    Ok(Swept {
        events: all(db, || delivered_events(now)).await?,
        idempotency_keys: all(db, || expired_keys(now)).await?,
        presences: all(db, || old_presences(now)).await?,
        refresh_tokens: all(db, || tokens_of_old_sessions(now)).await?,
        sessions: all(db, || old_sessions(now)).await?,
        signing_keys: all(db, || old_signing_keys(now)).await?,
    })
}

/// Repeats a bounded deletion until nothing is left to delete.
async fn all<E: EntityTrait>(db: &Db, deletion: impl Fn() -> DeleteMany<E>) -> Result<u64, DbErr> {
    let mut total = 0;
    loop {
        let transaction = db.begin().await?;
        let deleted = deletion().exec(&transaction).await?.rows_affected;
        transaction.commit().await?;
        total += deleted;
        if deleted < BATCH {
            return Ok(total);
        }
    }
}

fn delivered_events(now: DateTime<Utc>) -> DeleteMany<outbox::Entity> {
    let batch = Query::select()
        .column(outbox::Column::Seq)
        .from(outbox::Entity)
        .and_where(outbox::Column::DispatchedAt.lt(now - EVENTS_KEPT))
        .and_where(outbox::Column::CountedAt.is_not_null())
        .limit(BATCH)
        .take();
    outbox::Entity::delete_many().filter(outbox::Column::Seq.in_subquery(batch))
}

fn expired_keys(now: DateTime<Utc>) -> DeleteMany<idempotency_key::Entity> {
    let batch = Query::select()
        .columns([
            idempotency_key::Column::ActorId,
            idempotency_key::Column::Key,
        ])
        .from(idempotency_key::Entity)
        .and_where(idempotency_key::Column::ExpiresAt.lte(now))
        .limit(BATCH)
        .take();
    let key = Expr::tuple([
        Expr::col(idempotency_key::Column::ActorId),
        Expr::col(idempotency_key::Column::Key),
    ]);
    idempotency_key::Entity::delete_many().filter(key.in_subquery(batch))
}

fn old_presences(now: DateTime<Utc>) -> DeleteMany<ticket_presence::Entity> {
    let batch = Query::select()
        .column(ticket_presence::Column::Id)
        .from(ticket_presence::Entity)
        .and_where(ticket_presence::Column::SeenAt.lt(now - PRESENCE_KEPT))
        .limit(BATCH)
        .take();
    ticket_presence::Entity::delete_many().filter(ticket_presence::Column::Id.in_subquery(batch))
}

fn tokens_of_old_sessions(now: DateTime<Utc>) -> DeleteMany<refresh_token::Entity> {
    let batch = Query::select()
        .column(refresh_token::Column::Id)
        .from(refresh_token::Entity)
        .and_where(
            refresh_token::Column::SessionId
                .in_subquery(sessions_over(now).column(session::Column::Id).take()),
        )
        .limit(BATCH)
        .take();
    refresh_token::Entity::delete_many().filter(refresh_token::Column::Id.in_subquery(batch))
}

fn old_sessions(now: DateTime<Utc>) -> DeleteMany<session::Entity> {
    let tokens = Query::select()
        .column(refresh_token::Column::SessionId)
        .from(refresh_token::Entity)
        .take();
    let batch = sessions_over(now)
        .column(session::Column::Id)
        .and_where(session::Column::Id.not_in_subquery(tokens))
        .limit(BATCH)
        .take();
    session::Entity::delete_many().filter(session::Column::Id.in_subquery(batch))
}

fn old_signing_keys(now: DateTime<Utc>) -> DeleteMany<signing_key::Entity> {
    signing_key::Entity::delete_many()
        .filter(signing_key::Column::ExpiresAt.lt(now - SESSIONS_KEPT))
}

/// Sessions that ended long ago, by their time or before it.
fn sessions_over(now: DateTime<Utc>) -> SelectStatement {
    let long_ago = now - SESSIONS_KEPT;
    Query::select()
        .from(session::Entity)
        .and_where(
            session::Column::ExpiresAt
                .lt(long_ago)
                .or(session::Column::RevokedAt.lt(long_ago)),
        )
        .take()
}
