//! What an account points at must be visible to the one who makes it.

use entity::{customer, member, partner};
use sea_orm::{ConnectionTrait, ModelTrait};
use uuid::Uuid;

use crate::access::{Scoped, Viewer, find};
use crate::error::{ApiError, Result, UserError, UserErrorCode};

/// The member that a staff user is.
///
/// # Errors
/// A user error when there is none for this viewer.
pub async fn member(tx: &impl ConnectionTrait, viewer: &Viewer, id: Option<Uuid>) -> Result<()> {
    exists::<member::Entity>(tx, viewer, id, "input.memberId").await
}

/// The partner for which an account acts.
///
/// # Errors
/// A user error when there is none for this viewer.
pub async fn partner(tx: &impl ConnectionTrait, viewer: &Viewer, id: Option<Uuid>) -> Result<()> {
    exists::<partner::Entity>(tx, viewer, id, "input.partnerId").await
}

/// The customer for which a user acts.
///
/// # Errors
/// A user error when there is none for this viewer.
pub async fn customer(tx: &impl ConnectionTrait, viewer: &Viewer, id: Option<Uuid>) -> Result<()> {
    exists::<customer::Entity>(tx, viewer, id, "input.customerId").await
}

async fn exists<E>(
    tx: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Option<Uuid>,
    field: &str,
) -> Result<()>
where
    E: Scoped,
    E::Model: ModelTrait<Entity = E> + Send + Sync,
{
    match id {
        Some(id) if find::<E>(tx, viewer, E::READ, id).await?.is_none() => {
            let text = ApiError::not_found().text;
            Err(UserError::new(UserErrorCode::NotFound, field, text).into())
        }
        _ => Ok(()),
    }
}
