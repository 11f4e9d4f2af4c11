//! The table of signing keys.

use chrono::{DateTime, Utc};
use entity::enums::KeyAlgorithm;
use entity::signing_key;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, Set,
};

use uuid::Uuid;

use crate::access;
use crate::db::Db;
use crate::error::Result;
use crate::identity::keys::generate;

/// All keys, oldest first.
pub async fn all(connection: &impl ConnectionTrait) -> Result<Vec<signing_key::Model>> {
    Ok(signing_key::Entity::find()
        .order_by_asc(signing_key::Column::CreatedAt)
        .order_by_asc(signing_key::Column::Id)
        .all(connection)
        .await?)
}

/// A key by its id, also one that verifies no access token any more.
pub async fn by_id(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<signing_key::Model>> {
    Ok(signing_key::Entity::find_by_id(id).one(connection).await?)
}

/// The keys that still verify, oldest first.
pub async fn still_verifying(
    connection: &impl ConnectionTrait,
    at: DateTime<Utc>,
) -> Result<Vec<signing_key::Model>> {
    let counts = Condition::any()
        .add(signing_key::Column::ExpiresAt.is_null())
        .add(signing_key::Column::ExpiresAt.gt(at));
    Ok(signing_key::Entity::find()
        .filter(counts)
        .order_by_asc(signing_key::Column::CreatedAt)
        .order_by_asc(signing_key::Column::Id)
        .all(connection)
        .await?)
}

/// The key that signs; made now if there is none. Of several servers that start at once, one makes it.
pub async fn first(
    db: &Db,
    algorithm: KeyAlgorithm,
    at: DateTime<Utc>,
) -> Result<signing_key::Model> {
    let transaction = db.begin().await?;
    // The epoch's row is the lock: it is always there, and keys are made too rarely to be in anybody's way.
    access::bump_epoch(&transaction).await?;
    let signing = signing_key::Entity::find()
        .filter(signing_key::Column::RetiredAt.is_null())
        .order_by_desc(signing_key::Column::CreatedAt)
        .one(&transaction)
        .await?;
    let key = match signing {
        Some(key) => key,
        None => insert(&transaction, generate(algorithm, at)?).await?,
    };
    transaction.commit().await?;
    db.recent_epoch().forget();
    Ok(key)
}

/// Keeps a new key.
pub async fn insert(
    tx: &impl ConnectionTrait,
    key: signing_key::Model,
) -> Result<signing_key::Model> {
    Ok(key.into_active_model().reset_all().insert(tx).await?)
}

/// Retires every key that signs.
pub async fn retire_all(
    tx: &impl ConnectionTrait,
    at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<()> {
    let change = signing_key::ActiveModel {
        retired_at: Set(Some(at)),
        expires_at: Set(Some(expires_at)),
        ..Default::default()
    };
    signing_key::Entity::update_many()
        .set(change)
        .filter(signing_key::Column::RetiredAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
