//! The epoch of access: one number that rises with every change that can change anybody's rights.
//!
//! Whoever keeps viewers in memory compares it before each use. What a process has changed counts in it at once; what
//! another one has changed, as soon as the epoch is read again, a quarter of a second later at most. The row is also the lock under which rights change: whoever raises it first goes first, and the
//! other then reads what the first has left.

use std::time::{Duration, Instant};

use entity::counter;
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};

use crate::db::Db;
use crate::db::flight::Flight;
use crate::error::{Error, Result};
use crate::work::next_of;

/// The counter's name.
const COUNTER: &str = "access_epoch";

/// Raises the epoch, in the transaction of the change. Its row stays locked until the transaction ends; call it before
/// anything is read that the change depends on.
///
/// # Errors
/// When the database fails.
pub async fn bump_epoch(tx: &impl ConnectionTrait) -> Result<()> {
    next_of(tx, COUNTER).await.map(|_| ())
}

/// The epoch now.
///
/// # Errors
/// When the database fails.
pub async fn epoch(connection: &impl ConnectionTrait) -> Result<i64> {
    counter::Entity::find_by_id(COUNTER)
        .one(connection)
        .await?
        .map(|row| row.value)
        .ok_or_else(|| Error::internal("the counter of the access epoch is missing"))
}

/// How long an epoch that another process may raise is taken for the present one where rights are looked up.
const RIGHTS: Duration = Duration::from_millis(250);
/// The same for what is only shown: longer than a request takes, so that one request reads it once.
const SHOWN: Duration = Duration::from_secs(1);

/// The epoch as this process knows it, for rights: a quarter of a second old at most, and never older than what this process has
/// committed.
///
/// # Errors
/// When the database fails.
pub async fn recent_epoch(db: &Db) -> Result<i64> {
    epoch_within(db, RIGHTS).await
}

/// The same for what is shown: a second old at most.
///
/// # Errors
/// When the database fails.
pub(super) async fn shown_epoch(db: &Db) -> Result<i64> {
    epoch_within(db, SHOWN).await
}

async fn epoch_within(db: &Db, age: Duration) -> Result<i64> {
    let (recent, now) = (db.recent_epoch(), Instant::now());
    let ticket = match recent.get(now, age) {
        Ok(value) => return Ok(value),
        Err(ticket) => ticket,
    };
    let (begun, flight) = recent.reading(ticket, now, age, || {
        let db = db.clone();
        Flight::begin(async move { epoch(db.reader()).await })
    });
    let value = flight.result().await?;
    recent.keep(ticket, value, begun);
    Ok(value)
}

/// Waits until nobody else changes rights, without raising the epoch.
///
/// # Errors
/// When the database fails.
pub(super) async fn lock(tx: &impl ConnectionTrait) -> Result<()> {
    counter::Entity::find_by_id(COUNTER)
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(())
}
