//! The table of API clients' secrets.

use chrono::{DateTime, Utc};
use entity::api_client_secret::{self, Column};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, Set,
};
use uuid::Uuid;

use crate::error::Result;

/// The hashes of the secrets that count now.
pub async fn live_hashes(
    connection: &impl ConnectionTrait,
    client: Uuid,
    at: DateTime<Utc>,
) -> Result<Vec<String>> {
    let secrets = api_client_secret::Entity::find()
        .filter(live(client, at))
        .all(connection)
        .await?;
    Ok(secrets.into_iter().map(|row| row.secret_hash).collect())
}

fn live(client: Uuid, at: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(Column::ApiClientId.eq(client))
        .add(Column::RevokedAt.is_null())
        .add(
            Condition::any()
                .add(Column::ExpiresAt.is_null())
                .add(Column::ExpiresAt.gt(at)),
        )
}

/// Adds a secret.
pub async fn insert(tx: &impl ConnectionTrait, row: api_client_secret::Model) -> Result<()> {
    row.into_active_model().reset_all().insert(tx).await?;
    Ok(())
}

/// Lets the secrets that count now end at a moment; those that end sooner stay as they are.
pub async fn end_all(
    tx: &impl ConnectionTrait,
    client: Uuid,
    at: DateTime<Utc>,
    end: DateTime<Utc>,
) -> Result<()> {
    let change = api_client_secret::ActiveModel {
        expires_at: Set(Some(end)),
        ..Default::default()
    };
    api_client_secret::Entity::update_many()
        .set(change)
        .filter(live(client, at))
        .filter(
            Condition::any()
                .add(Column::ExpiresAt.is_null())
                .add(Column::ExpiresAt.gt(end)),
        )
        .exec(tx)
        .await?;
    Ok(())
}
