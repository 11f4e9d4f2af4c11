//! Hearing on PostgreSQL what any process has dispatched.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entity::outbox;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use sqlx::Executor;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::postgres::{CHANNEL, Notice};
use super::{Health, backoff, publish};
use crate::clock::Clock;
use crate::db::Db;
use crate::events::Bus;

/// After so long a silence the connection is tried: one that died without a word would stay silent for ever.
const QUIET: Duration = Duration::from_secs(10);
/// How long the trial may take, and the connecting.
const PATIENCE: Duration = Duration::from_secs(5);
/// How far before the last sign of life a new connection reads again: longer than a transaction of the dispatcher takes
/// and the clocks of two machines differ.
const OVERLAP: TimeDelta = TimeDelta::minutes(2);
/// Rows of one statement when reading again.
const BATCH: u64 = 500;

/// Why listening ended.
#[derive(Debug, thiserror::Error)]
enum Lost {
    #[error("the database closed the connection")]
    Closed,
    #[error("the connection doesn't answer")]
    Silent,
    #[error(transparent)]
    Connection(#[from] sqlx::Error),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Listens, and connects again whenever the connection is lost, until `stop` is cancelled.
pub(super) async fn run(
    db: &Db,
    bus: &Bus,
    clock: &Clock,
    health: &Health,
    stop: &CancellationToken,
) {
    let mut ear = Ear {
        db,
        bus,
        clock,
        health,
        read_from: clock.now(),
        started: clock.now(),
        failures: 0,
    };
    loop {
        let lost = tokio::select! {
            () = stop.cancelled() => return,
            lost = ear.listen() => lost,
        };
        ear.failures += 1;
        let pause = backoff(ear.failures);
        tracing::warn!(error = %lost, failures = ear.failures, ?pause, "listening for events is interrupted");
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// A listener with what it remembers from one connection to the next.
struct Ear<'a> {
    db: &'a Db,
    bus: &'a Bus,
    clock: &'a Clock,
    health: &'a Health,
    /// What was dispatched since then is read again by a new connection.
    read_from: DateTime<Utc>,
    started: DateTime<Utc>,
    failures: u32,
}

impl Ear<'_> {
    /// Listens until the connection is lost.
    async fn listen(&mut self) -> Lost {
        let Err(lost) = self.try_listen().await;
        lost
    }

    async fn try_listen(&mut self) -> Result<std::convert::Infallible, Lost> {
        let mut listener = timeout(PATIENCE, self.connect())
            .await
            .map_err(|_| Lost::Silent)??;
        // Listening has begun: whatever is dispatched from now on is heard, whatever was before is read.
        self.read_again().await?;
        loop {
            self.alive();
            match timeout(QUIET, listener.try_recv()).await {
                Ok(Ok(Some(notification))) => self.hear(notification.payload()).await?,
                Ok(Ok(None)) => return Err(Lost::Closed),
                Ok(Err(error)) => return Err(error.into()),
                Err(_) => {
                    timeout(PATIENCE, listener.execute("SELECT 1"))
                        .await
                        .map_err(|_| Lost::Silent)??;
                }
            }
        }
    }

    /// A connection of its own, as it is never idle.
    async fn connect(&self) -> Result<PgListener, sqlx::Error> {
        let options = self
            .db
            .url()
            .parse::<PgConnectOptions>()?
            .application_name("aftercare-events");
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .max_lifetime(None)
            .idle_timeout(None)
            .connect_with(options)
            .await?;
        let mut listener = PgListener::connect_with(&pool).await?;
        // Connecting again is ours to do, or what was dispatched meanwhile would be missed.
        listener.eager_reconnect(false);
        listener.ignore_pool_close_event(true);
        listener.listen(CHANNEL).await?;
        Ok(listener)
    }

    /// Notes that the connection works.
    fn alive(&mut self) {
        self.failures = 0;
        self.health.heard();
        self.read_from = (self.clock.now() - OVERLAP).max(self.started);
    }

    async fn hear(&self, notice: &str) -> Result<(), DbErr> {
        match serde_json::from_str(notice) {
            Ok(Notice::Event(event)) => {
                publish(self.db, self.bus, event);
            }
            Ok(Notice::Row(id)) => {
                let row = outbox::Entity::find()
                    .filter(outbox::Column::Id.eq(id))
                    .one(self.db.reader())
                    .await?;
                if let Some(row) = row {
                    publish(self.db, self.bus, row.into());
                }
            }
            // During an upgrade a newer process may say what this one doesn't know.
            Err(error) => tracing::warn!(%error, "a notification can't be understood"),
        }
        Ok(())
    }

    /// Publishes what was dispatched while no connection listened; the bus drops what it has had.
    async fn read_again(&self) -> Result<(), DbErr> {
        let mut last = 0;
        loop {
            let rows = outbox::Entity::find()
                .filter(outbox::Column::DispatchedAt.gte(self.read_from))
                .filter(outbox::Column::Seq.gt(last))
                .order_by_asc(outbox::Column::Seq)
                .limit(BATCH)
                .all(self.db.reader())
                .await?;
            let Some(end) = rows.last() else {
                return Ok(());
            };
            last = end.seq;
            for row in rows {
                publish(self.db, self.bus, row.into());
            }
        }
    }
}
