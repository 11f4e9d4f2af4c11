//! Writing roles, grants and gifts.

use entity::{role, role_assignment, role_grant};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, Set,
};
use uuid::Uuid;

use crate::access::Grants;
use crate::error::Result;

/// Is there a role with this key?
pub async fn key_is_taken(tx: &impl ConnectionTrait, key: &str) -> Result<bool> {
    let same = role::Entity::find().filter(role::Column::Key.eq(key));
    Ok(same.count(tx).await? > 0)
}

/// Writes a new role.
pub async fn insert_role(tx: &impl ConnectionTrait, role: &role::Model) -> Result<()> {
    role::Entity::insert(role.clone().into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes all of a changed role; the key, the kind and the beginning never change.
pub async fn update_role(tx: &impl ConnectionTrait, role: &role::Model) -> Result<()> {
    let row = role::ActiveModel {
        id: Set(role.id),
        name: Set(role.name.clone()),
        name_zh: Set(role.name_zh.clone()),
        description: Set(role.description.clone()),
        description_zh: Set(role.description_zh.clone()),
        version: Set(role.version),
        updated_at: Set(role.updated_at),
        ..Default::default()
    };
    role::Entity::update(row).exec(tx).await?;
    Ok(())
}

/// Removes a role; its grants go with it.
pub async fn delete_role(tx: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    role::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}

/// Puts grants into a role.
pub async fn insert_grants(tx: &impl ConnectionTrait, role: Uuid, grants: &Grants) -> Result<()> {
    let rows: Vec<role_grant::ActiveModel> = grants
        .pairs()
        .map(|(permission, reach)| role_grant::ActiveModel {
            role_id: Set(role),
            permission: Set(permission.key().to_owned()),
            reach: Set(reach),
        })
        .collect();
    if !rows.is_empty() {
        role_grant::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Takes grants out of a role.
pub async fn delete_grants(tx: &impl ConnectionTrait, role: Uuid, grants: &Grants) -> Result<()> {
    if grants.is_empty() {
        return Ok(());
    }
    let pair = |(permission, reach): (crate::access::Permission, entity::enums::Reach)| {
        Condition::all()
            .add(role_grant::Column::Permission.eq(permission.key()))
            .add(role_grant::Column::Reach.eq(reach))
    };
    let pairs = grants
        .pairs()
        .fold(Condition::any(), |any, grant| any.add(pair(grant)));
    role_grant::Entity::delete_many()
        .filter(role_grant::Column::RoleId.eq(role))
        .filter(pairs)
        .exec(tx)
        .await?;
    Ok(())
}

/// A gift by id, also one that has ended.
pub async fn gift_by_id(
    tx: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<role_assignment::Model>> {
    Ok(role_assignment::Entity::find_by_id(id).one(tx).await?)
}

/// Writes a new gift.
pub async fn insert_gift(tx: &impl ConnectionTrait, gift: &role_assignment::Model) -> Result<()> {
    role_assignment::Entity::insert(gift.clone().into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Writes a gift that was given again, with another end.
pub async fn update_gift(tx: &impl ConnectionTrait, gift: &role_assignment::Model) -> Result<()> {
    let row = role_assignment::ActiveModel {
        id: Set(gift.id),
        given_by: Set(gift.given_by),
        given_at: Set(gift.given_at),
        valid_until: Set(gift.valid_until),
        ..Default::default()
    };
    role_assignment::Entity::update(row).exec(tx).await?;
    Ok(())
}

/// Removes a gift.
pub async fn delete_gift(tx: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    role_assignment::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}
