//! The tiers and partners of customers, for rules of other domains that go by them, whoever asks.

use chrono::{DateTime, Utc};
use entity::customer;
use entity::enums::CustomerTier;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::error::{Error, Result};

/// The tier of a customer.
///
/// # Errors
/// When the database fails or there is no such customer.
pub async fn tier(connection: &impl ConnectionTrait, id: Uuid) -> Result<CustomerTier> {
    let tier: Option<CustomerTier> = customer::Entity::find_by_id(id)
        .select_only()
        .column(customer::Column::Tier)
        .into_tuple()
        .one(connection)
        .await?;
    tier.ok_or_else(|| Error::internal(format!("there is no customer {id}")))
}

/// The partner of a customer.
///
/// # Errors
/// When the database fails or there is no such customer.
pub async fn partner_of(connection: &impl ConnectionTrait, id: Uuid) -> Result<Option<Uuid>> {
    let partner: Option<Option<Uuid>> = customer::Entity::find_by_id(id)
        .select_only()
        .column(customer::Column::PartnerId)
        .into_tuple()
        .one(connection)
        .await?;
    partner.ok_or_else(|| Error::internal(format!("there is no customer {id}")))
}

/// Customers that changed since a moment, in the order of their changes, with the time of the change; so many at most.
///
/// # Errors
/// When the database fails.
pub async fn changed_since(
    connection: &impl ConnectionTrait,
    since: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<(Uuid, DateTime<Utc>)>> {
    Ok(customer::Entity::find()
        .select_only()
        .columns([customer::Column::Id, customer::Column::UpdatedAt])
        .filter(customer::Column::UpdatedAt.gt(since))
        .order_by_asc(customer::Column::UpdatedAt)
        .order_by_asc(customer::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?)
}
