//! The epoch of access: one number that rises with every change that can change anybody's rights.
//!
//! Whoever keeps viewers in memory compares it before each use. What a process has changed counts in it at once; what
//! another one has changed, as soon as the epoch is read again, a quarter of a second later at most. The row is also the lock under which rights change: whoever raises it first goes first, and the
//! other then reads what the first has left.

use std::time::Instant;

use entity::counter;
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};

use crate::db::Db;
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

/// The epoch as this process knows it: at most [`AGE`](crate::db::recent::AGE) old, and never older than what this process has
/// committed.
///
/// # Errors
/// When the database fails.
pub async fn recent_epoch(db: &Db) -> Result<i64> {
    let (recent, now) = (db.recent_epoch(), Instant::now());
    match recent.get(now) {
        Ok(value) => Ok(value),
        Err(ticket) => {
            let value = epoch(db.reader()).await?;
            recent.keep(ticket, value, now);
            Ok(value)
        }
    }
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
