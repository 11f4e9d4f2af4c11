//! When gifts end by themselves: whoever keeps a principal's rights in memory must look again then.

use chrono::{DateTime, Utc};
use entity::role_assignment;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::store::gifts_to;
use crate::access::Principal;
use crate::error::Result;

/// The next moment after `at` at which a role of the principal ends.
///
/// # Errors
/// When the database fails.
pub async fn next_end(
    connection: &impl ConnectionTrait,
    principal: Principal,
    at: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    let gift = role_assignment::Entity::find()
        .filter(gifts_to(principal))
        .filter(role_assignment::Column::ValidUntil.gt(at))
        .order_by_asc(role_assignment::Column::ValidUntil)
        .one(connection)
        .await?;
    Ok(gift.and_then(|gift| gift.valid_until))
}
