//! The epoch of access: one number that rises with every change that can change anybody's rights.
//!
//! Whoever keeps viewers in memory compares it before each use, so that a role taken away works at once on every
//! server process. The row is also the lock under which rights change: whoever raises it first goes first, and the
//! other then reads what the first has left.

use entity::counter;
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};

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
