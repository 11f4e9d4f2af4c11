//! Connections that are lent out for a statement or a transaction, and come back in order.
//!
//! The driver's own pool asks the database for a sign of life whenever a connection comes back: a second round trip for each
//! statement. Here only those are asked that weren't left in order - an error, or somebody who stopped listening in the middle -,
//! and those that nobody has used for a while.

use std::fmt;
use std::io::ErrorKind;
use std::time::Duration;

use deadpool::managed::{
    Manager, Metrics, Object, PoolConfig, PoolError, QueueMode, RecycleError, RecycleResult,
};
use sea_orm::{ConnAcquireErr, DbErr, ExecResult, QueryResult, RuntimeErr, Statement};
use sqlx::{ConnectOptions, Connection};
use tokio::time::{Instant, sleep, timeout};

use super::driver::{Answer, Driver};

/// How long somebody waits for a connection.
const PATIENCE: Duration = Duration::from_secs(8);
/// A connection that was used so recently needn't prove that it lives.
const FRESH: Duration = Duration::from_secs(1);
/// A connection isn't used for longer: the database's side of it grows.
const LIFETIME: Duration = Duration::from_secs(30 * 60);
/// The pause before another attempt to connect to a database that isn't up yet.
const PAUSE: Duration = Duration::from_millis(100);

/// Opens the connections of a pool.
pub struct Opener<D: Driver> {
    options: <D::Connection as Connection>::Options,
}

impl<D: Driver> Manager for Opener<D> {
    type Type = D::Connection;
    type Error = sqlx::Error;

    /// Tries until it is called off while the database isn't up.
    async fn create(&self) -> Result<Self::Type, sqlx::Error> {
        loop {
            match self.options.connect().await {
                Err(error) if passes(&error) => sleep(PAUSE).await,
                Err(error) => return Err(error),
                Ok(mut connection) => {
                    D::made(&mut connection).await?;
                    return Ok(connection);
                }
            }
        }
    }

    async fn recycle(
        &self,
        connection: &mut Self::Type,
        metrics: &Metrics,
    ) -> RecycleResult<sqlx::Error> {
        if metrics.age() > LIFETIME {
            return Err(RecycleError::message("it is old"));
        }
        if metrics.last_used() > FRESH {
            connection.ping().await?;
        }
        Ok(())
    }
}

impl<D: Driver> fmt::Debug for Opener<D> {
    // The options may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opener").finish_non_exhaustive()
    }
}

/// Does it pass by itself, as when the database is being started?
fn passes(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(error) => matches!(
            error.kind(),
            ErrorKind::ConnectionRefused
                | ErrorKind::ConnectionReset
                | ErrorKind::ConnectionAborted
        ),
        // cannot_connect_now
        sqlx::Error::Database(error) => error.code().is_some_and(|code| code == "57P03"),
        _ => false,
    }
}

/// The connections of a pool.
#[derive(Debug)]
pub struct Lender<D: Driver> {
    pool: deadpool::managed::Pool<Opener<D>>,
}

impl<D: Driver> Clone for Lender<D> {
    fn clone(&self) -> Self {
        Self {
            pool: self.pool.clone(),
        }
    }
}

impl<D: Driver> Lender<D> {
    /// A pool of at most so many connections, which are opened when they are needed.
    ///
    /// # Errors
    /// When the pool can't be made.
    pub fn new(options: <D::Connection as Connection>::Options, most: u32) -> Result<Self, DbErr> {
        let config = PoolConfig {
            queue_mode: QueueMode::Lifo,
            ..PoolConfig::new(most as usize)
        };
        let pool = deadpool::managed::Pool::builder(Opener { options })
            .config(config)
            .build()
            .map_err(|error| DbErr::Custom(error.to_string()))?;
        Ok(Self { pool })
    }

    /// A connection, as soon as there is one.
    ///
    /// # Errors
    /// When none comes free in time, or the database can't be reached.
    pub async fn lend(&self) -> Result<Lent<D>, DbErr> {
        let found = match timeout(PATIENCE, self.pool.get()).await {
            Ok(found) => found,
            Err(_) => return Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)),
        };
        match found {
            Ok(object) => Ok(Lent {
                object: Some(object),
                left: Left::AtRest,
            }),
            Err(PoolError::Closed) => {
                Err(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))
            }
            Err(PoolError::Backend(error)) => Err(DbErr::Conn(RuntimeErr::SqlxError(error.into()))),
            Err(error) => Err(DbErr::Custom(error.to_string())),
        }
    }

    /// Closes all connections, those that are lent as soon as they are back.
    ///
    /// # Errors
    /// When a connection can't be closed properly.
    pub async fn close(&self) -> Result<(), DbErr> {
        let began = Instant::now();
        loop {
            for connection in self.pool.retain(|_, _| false).removed {
                let closed = connection.close().await;
                closed.map_err(|error| DbErr::Conn(RuntimeErr::SqlxError(error.into())))?;
            }
            if self.pool.status().size == 0 || began.elapsed() > PATIENCE {
                self.pool.close();
                return Ok(());
            }
            sleep(Duration::from_millis(2)).await;
        }
    }
}

/// How a connection was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// At rest.
    AtRest,
    /// Perhaps in the middle of an answer.
    Doubtful,
    /// In a transaction that is to be taken back.
    Transacting,
}

/// A connection that is lent. Dropped, it goes back; unless it was left in order, only after it has been brought there.
#[derive(Debug)]
pub struct Lent<D: Driver> {
    object: Option<Object<Opener<D>>>,
    /// How it is left when it is dropped now.
    pub left: Left,
}

impl<D: Driver> Lent<D> {
    /// The connection itself.
    ///
    /// # Errors
    /// Never while it is lent.
    fn connection(&mut self) -> Result<&mut D::Connection, sqlx::Error> {
        self.object.as_deref_mut().ok_or(sqlx::Error::PoolClosed)
    }

    /// Does something with it, and notes in the meantime that an answer may be under way.
    async fn ask<T>(
        &mut self,
        asked: impl for<'c> FnOnce(&'c mut D::Connection) -> Answer<'c, T>,
    ) -> Result<T, sqlx::Error> {
        let left = self.left;
        if left == Left::AtRest {
            self.left = Left::Doubtful;
        }
        let answer = asked(self.connection()?).await;
        if answer.is_ok() {
            self.left = left;
        }
        answer
    }

    /// Runs a statement without values that isn't kept prepared.
    ///
    /// # Errors
    /// When the database refuses it or can't be reached.
    pub async fn tell(&mut self, sql: &str) -> Result<ExecResult, DbErr> {
        let told = self.ask(|connection| D::tell(connection, sql)).await;
        told.map_err(|error| DbErr::Exec(RuntimeErr::SqlxError(error.into())))
    }

    /// Runs a statement.
    ///
    /// # Errors
    /// When the database refuses it or can't be reached.
    pub async fn execute(&mut self, statement: Statement) -> Result<ExecResult, DbErr> {
        let done = self.ask(|connection| D::execute(connection, statement));
        done.await
            .map_err(|error| DbErr::Exec(RuntimeErr::SqlxError(error.into())))
    }

    /// Reads a row.
    ///
    /// # Errors
    /// When the database refuses it or can't be reached.
    pub async fn one(&mut self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let row = self.ask(|connection| D::one(connection, statement));
        row.await
            .map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error.into())))
    }

    /// Reads rows.
    ///
    /// # Errors
    /// When the database refuses it or can't be reached.
    pub async fn all(&mut self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let rows = self.ask(|connection| D::all(connection, statement));
        rows.await
            .map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error.into())))
    }
}

impl<D: Driver> Drop for Lent<D> {
    fn drop(&mut self) {
        let Some(object) = self.object.take() else {
            return;
        };
        let left = self.left;
        if left == Left::AtRest {
            return;
        }
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(mended(object, left))),
            // Nobody is left who could ask it.
            Err(_) => drop(Object::take(object)),
        }
    }
}

/// Brings a connection in order, or does without it.
async fn mended<D: Driver>(mut object: Object<Opener<D>>, left: Left) {
    let done = match left {
        Left::AtRest => Ok(()),
        Left::Doubtful => object.ping().await,
        Left::Transacting => D::tell(&mut object, "ROLLBACK").await.map(drop),
    };
    if let Err(error) = done {
        tracing::warn!(%error, "a connection to the database is replaced: it couldn't be brought in order");
        // Those that wait were probably lost with it; whoever comes next shall not find that out one by one.
        if let Some(pool) = Object::pool(&object) {
            drop(pool.retain(|_, _| false));
        }
        // Also what is open there ends with it.
        let _ = Object::take(object).close_hard().await;
    }
}
