//! The tables of sessions and refresh tokens.

use chrono::{DateTime, Utc};
use entity::enums::RevokeReason;
use entity::{refresh_token, session};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, QuerySelect, Set,
};
use uuid::Uuid;

use crate::access::Principal;
use crate::error::Result;

/// The session, if it goes on and is that principal's.
pub async fn live(
    connection: &impl ConnectionTrait,
    id: Uuid,
    principal: Principal,
    at: DateTime<Utc>,
) -> Result<Option<session::Model>> {
    Ok(session::Entity::find_by_id(id)
        .filter(of(principal))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(at))
        .one(connection)
        .await?)
}

/// A principal's sessions.
fn of(principal: Principal) -> Condition {
    Condition::all().add(match principal {
        Principal::User(id) => session::Column::UserId.eq(id),
        Principal::ApiClient(id) => session::Column::ApiClientId.eq(id),
    })
}

/// A session by key.
pub async fn by_id(connection: &impl ConnectionTrait, id: Uuid) -> Result<Option<session::Model>> {
    Ok(session::Entity::find_by_id(id).one(connection).await?)
}

/// A session by key; its row stays locked until the transaction ends.
pub async fn locked(tx: &impl ConnectionTrait, id: Uuid) -> Result<Option<session::Model>> {
    Ok(session::Entity::find_by_id(id)
        .lock_exclusive()
        .one(tx)
        .await?)
}

/// Begins a session.
pub async fn insert(tx: &impl ConnectionTrait, row: session::Model) -> Result<session::Model> {
    Ok(row.into_active_model().reset_all().insert(tx).await?)
}

/// Notes that a token was drawn.
pub async fn touch(tx: &impl ConnectionTrait, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    let row = session::ActiveModel {
        id: Set(id),
        last_used_at: Set(at),
        ..Default::default()
    };
    row.update(tx).await?;
    Ok(())
}

/// Ends a session, unless it has ended before.
pub async fn revoke(
    tx: &impl ConnectionTrait,
    id: Uuid,
    reason: RevokeReason,
    at: DateTime<Utc>,
) -> Result<u64> {
    revoke_where(
        tx,
        Condition::all().add(session::Column::Id.eq(id)),
        reason,
        at,
    )
    .await
}

/// Ends all sessions of a principal, but for one that may stay.
pub async fn revoke_all(
    tx: &impl ConnectionTrait,
    principal: Principal,
    except: Option<Uuid>,
    reason: RevokeReason,
    at: DateTime<Utc>,
) -> Result<u64> {
    let rows = of(principal)
        .add(session::Column::ExpiresAt.gt(at))
        .add_option(except.map(|id| session::Column::Id.ne(id)));
    revoke_where(tx, rows, reason, at).await
}

async fn revoke_where(
    tx: &impl ConnectionTrait,
    rows: Condition,
    reason: RevokeReason,
    at: DateTime<Utc>,
) -> Result<u64> {
    let change = session::ActiveModel {
        revoked_at: Set(Some(at)),
        revoke_reason: Set(Some(reason)),
        ..Default::default()
    };
    let done = session::Entity::update_many()
        .set(change)
        .filter(rows)
        .filter(session::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(done.rows_affected)
}

/// The refresh token of that hash.
pub async fn refresh_by_hash(
    connection: &impl ConnectionTrait,
    hash: &str,
) -> Result<Option<refresh_token::Model>> {
    Ok(refresh_token::Entity::find()
        .filter(refresh_token::Column::TokenHash.eq(hash))
        .one(connection)
        .await?)
}

/// A refresh token by key.
pub async fn refresh_by_id(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<refresh_token::Model>> {
    Ok(refresh_token::Entity::find_by_id(id)
        .one(connection)
        .await?)
}

/// Adds a refresh token.
pub async fn insert_refresh(tx: &impl ConnectionTrait, row: refresh_token::Model) -> Result<()> {
    row.into_active_model().reset_all().insert(tx).await?;
    Ok(())
}

/// Notes what came after a refresh token; the moment of its first use stays.
pub async fn replace_refresh(
    tx: &impl ConnectionTrait,
    token: &refresh_token::Model,
    successor: Uuid,
    at: DateTime<Utc>,
) -> Result<()> {
    let row = refresh_token::ActiveModel {
        id: Set(token.id),
        used_at: Set(Some(token.used_at.unwrap_or(at))),
        replaced_by: Set(Some(successor)),
        ..Default::default()
    };
    row.update(tx).await?;
    Ok(())
}
