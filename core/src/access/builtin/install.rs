//! Bringing the built-in roles into a database.

use chrono::{DateTime, Utc};
use entity::enums::Reach;
use entity::{known_permission, role, role_grant};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;
use uuid::Uuid;

use super::{ADMIN, Builtin, ROLES};
use crate::access::scope::reach_name;
use crate::access::{Call, Permission, epoch};
use crate::db::Transaction;
use crate::error::Result;
use crate::{audit, db};

/// Makes the built-in roles that are missing, and gives the others the permissions that are new in the catalogue. What
/// admins have made of older permissions stays; only `admin` is always brought up to the whole catalogue. Runs after
/// every migration; a second run changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn install(tx: &Transaction, at: DateTime<Utc>) -> Result<()> {
    // Two servers that start at once install one after the other.
    epoch::lock(tx).await?;
    let news = unknown_so_far(tx).await?;
    let mut entries = Vec::new();
    for builtin in ROLES {
        if let Some(entry) = install_one(tx, builtin, &news, at).await? {
            entries.push(entry);
        }
    }
    if !news.is_empty() {
        let rows = news.iter().map(|permission| known_permission::ActiveModel {
            key: Set(permission.key().to_owned()),
            since: Set(at),
        });
        known_permission::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    if !entries.is_empty() {
        epoch::bump_epoch(tx).await?;
        audit::append(tx, &Call::system(at, "install"), &entries).await?;
    }
    Ok(())
}

/// The permissions that this database hasn't met before.
async fn unknown_so_far(tx: &impl ConnectionTrait) -> Result<Vec<Permission>> {
    let known: Vec<String> = known_permission::Entity::find()
        .all(tx)
        .await?
        .into_iter()
        .map(|row| row.key)
        .collect();
    Ok(Permission::ALL
        .iter()
        .copied()
        .filter(|permission| !known.iter().any(|key| key == permission.key()))
        .collect())
}

/// Makes one role, or brings it up to date: `admin` to all that it holds, another one to what is new; says what it did, if
/// anything.
async fn install_one(
    tx: &impl ConnectionTrait,
    builtin: &Builtin,
    news: &[Permission],
    at: DateTime<Utc>,
) -> Result<Option<audit::Entry>> {
    let present = role::Entity::find()
        .filter(role::Column::Key.eq(builtin.key))
        .one(tx)
        .await?;
    let whole = present.is_none() || builtin.key == ADMIN;
    let id = match present {
        None => {
            let id = db::new_id(at);
            role::Entity::insert(row(builtin, id, at))
                .exec_without_returning(tx)
                .await?;
            id
        }
        Some(role) => role.id,
    };
    let held: Vec<(String, Reach)> = role_grant::Entity::find()
        .filter(role_grant::Column::RoleId.eq(id))
        .all(tx)
        .await?
        .into_iter()
        .map(|grant| (grant.permission, grant.reach))
        .collect();
    let missing: Vec<role_grant::ActiveModel> = builtin
        .grants()
        .pairs()
        .filter(|(permission, _)| whole || news.contains(permission))
        .map(|(permission, reach)| (permission.key().to_owned(), reach))
        .filter(|pair| !held.contains(pair))
        .map(|(permission, reach)| role_grant::ActiveModel {
            role_id: Set(id),
            permission: Set(permission),
            reach: Set(reach),
        })
        .collect();
    if missing.is_empty() {
        return Ok(None);
    }
    let granted: Vec<_> = missing
        .iter()
        .map(|grant| json!({ "permission": grant.permission.as_ref(), "reach": reach_name(*grant.reach.as_ref()) }))
        .collect();
    role_grant::Entity::insert_many(missing)
        .exec_without_returning(tx)
        .await?;
    Ok(Some(audit::Entry {
        action: "role.install",
        entity_type: "role",
        entity_id: Some(id),
        detail: json!({ "key": builtin.key, "granted": granted }),
    }))
}

fn row(builtin: &Builtin, id: Uuid, at: DateTime<Utc>) -> role::ActiveModel {
    role::ActiveModel {
        id: Set(id),
        key: Set(builtin.key.to_owned()),
        name: Set(builtin.name.to_owned()),
        name_zh: Set(builtin.name_zh.to_owned()),
        description: Set(builtin.description.to_owned()),
        description_zh: Set(builtin.description_zh.to_owned()),
        builtin: Set(true),
        audience: Set(builtin.audience),
        version: Set(1),
        created_at: Set(at),
        updated_at: Set(at),
    }
}
