//! The dispatcher: takes events out of the outbox, in the order of writing, and brings them to the bus of every process.
//!
//! - On SQLite there is one server process: it publishes to its own bus and marks the rows.
//! - On PostgreSQL one process at a time takes a batch and announces it by `NOTIFY` in the transaction that marks it;
//!   every process listens and publishes what it hears.
//!
//! It is woken after each commit of this process that wrote events, and looks twice a second for what others wrote.
//! Delivery is at least once; the [`Bus`] drops repeats. Of one object's events none overtakes another: they were
//! numbered while the object's row was locked.

mod health;
mod listener;
mod postgres;
mod sqlite;

use std::time::Duration;

use chrono::{DateTime, Utc};
use entity::outbox;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use tokio_util::sync::CancellationToken;

pub use health::Health;

use super::{Bus, Event};
use crate::clock::Clock;
use crate::db::Db;

/// How often it looks for events that no commit of this process announced.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// So long it rests after a look, so that what is written meanwhile is delivered together.
const REST: Duration = Duration::from_millis(20);
/// How soon it looks again when another process is at it.
const BUSY_RETRY: Duration = Duration::from_millis(20);
/// Events taken in one transaction.
const BATCH: u64 = 200;

/// What a look into the outbox found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// Nothing waits any more.
    Empty,
    /// A full batch was delivered: more may wait.
    More,
    /// Another process is delivering.
    Busy,
}

impl Look {
    /// What a delivered batch of that size says.
    fn after(batch: usize) -> Self {
        if batch as u64 == BATCH {
            Self::More
        } else {
            Self::Empty
        }
    }
}

/// Delivers events until `stop` is cancelled. Failures of the database are logged and tried again, ever more slowly;
/// [`Health`] tells of them meanwhile.
pub async fn run(db: Db, bus: Bus, clock: Clock, health: Health, stop: CancellationToken) {
    if db.backend() == DbBackend::Postgres {
        health.expect_listener();
        tokio::join!(
            look_on(&db, &bus, &clock, &health, &stop),
            listener::run(&db, &bus, &clock, &health, &stop),
        );
    } else {
        look_on(&db, &bus, &clock, &health, &stop).await;
    }
}

/// Hands an event to the subscribers of this process. One of rights tells that another process has raised the access epoch: it
/// is forgotten first, or subscribers would look at their rights as they were.
fn publish(db: &Db, bus: &Bus, event: Event) {
    if event.changes_rights() {
        db.recent_epoch().forget();
    }
    bus.publish(event);
}

/// Looks into the outbox again and again.
async fn look_on(db: &Db, bus: &Bus, clock: &Clock, health: &Health, stop: &CancellationToken) {
    let wake = db.outbox_signal();
    let mut failures = 0;
    while !stop.is_cancelled() {
        let look = match db.backend() {
            DbBackend::Postgres => postgres::look(db, clock).await,
            _ => sqlite::look(db, bus, clock).await,
        };
        let pause = match look {
            Ok(look) => {
                failures = 0;
                health.looked();
                match look {
                    Look::More => continue,
                    Look::Busy => BUSY_RETRY,
                    Look::Empty => LOOK_EVERY,
                }
            }
            Err(error) => {
                failures += 1;
                let pause = backoff(failures);
                tracing::warn!(%error, failures, ?pause, "events can't be delivered for now");
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(pause) => continue,
                }
            }
        };
        let rested = async {
            tokio::time::sleep(REST).await;
            let _ = tokio::time::timeout(pause.saturating_sub(REST), wake.notified()).await;
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = rested => {}
        }
    }
}

/// The pause after that many failures in a row: from a quarter of a second, doubling, to ten.
fn backoff(failures: u32) -> Duration {
    Duration::from_millis(250 << failures.saturating_sub(1).min(6)).min(Duration::from_secs(10))
}

/// The first events that wait.
async fn waiting(connection: &impl ConnectionTrait) -> Result<Vec<outbox::Model>, DbErr> {
    outbox::Entity::find()
        .filter(outbox::Column::DispatchedAt.is_null())
        .order_by_asc(outbox::Column::Seq)
        .limit(BATCH)
        .all(connection)
        .await
}

/// Marks events as delivered.
async fn mark(
    connection: &impl ConnectionTrait,
    rows: &[outbox::Model],
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::DispatchedAt, Expr::value(at))
        .filter(outbox::Column::Seq.is_in(rows.iter().map(|row| row.seq)))
        .exec(connection)
        .await?;
    metrics::counter!("aftercare_events_dispatched_total").increment(rows.len() as u64);
    Ok(())
}

impl From<outbox::Model> for Event {
    fn from(row: outbox::Model) -> Self {
        Self {
            id: row.id,
            at: row.at,
            kind: row.kind,
            entity_id: row.entity_id,
            payload: row.payload,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_ten_seconds() {
        let seconds: Vec<f32> = (1..=8).map(|n| backoff(n).as_secs_f32()).collect();
        assert_eq!(seconds, [0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0]);
        assert_eq!(backoff(u32::MAX), Duration::from_secs(10));
    }
}
