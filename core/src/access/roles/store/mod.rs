//! The tables of roles, grants and gifts, and what a decision about them needs to know of the accounts that hold them.

mod decide;
mod lists;
mod scope;
mod staff;
mod worlds;
mod write;

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use entity::{role as role_table, role_assignment, role_grant};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::access::{Grants, Permission, Principal};
use crate::error::Result;

pub(super) use decide::{count_gifts, facts_of, gift, setter};
pub use decide::{holder, last_admin_remains};
pub(super) use lists::role;
pub use lists::{
    GiftFilter, RoleFilter, RoleOrder, gifts, holders_by_role, names_of, own_account, own_session,
    roles, roles_by_key,
};
pub use staff::grants_of_staff;
pub(super) use worlds::world;
pub(super) use write::{
    delete_gift, delete_grants, delete_role, gift_by_id, insert_gift, insert_grants, insert_role,
    key_is_taken, update_gift, update_role,
};

/// The gifts that count at a time.
pub(super) fn valid_at(at: DateTime<Utc>) -> Condition {
    Condition::any()
        .add(role_assignment::Column::ValidUntil.is_null())
        .add(role_assignment::Column::ValidUntil.gt(at))
}

/// The gifts of one principal.
pub(super) fn gifts_to(principal: Principal) -> Condition {
    Condition::all().add(match principal {
        Principal::User(id) => role_assignment::Column::UserId.eq(id),
        Principal::ApiClient(id) => role_assignment::Column::ApiClientId.eq(id),
    })
}

/// The roles that a principal has at a time, sorted by key.
pub(super) async fn roles_of(
    connection: &impl ConnectionTrait,
    principal: Principal,
    at: DateTime<Utc>,
) -> Result<Vec<role_table::Model>> {
    let gifts = role_assignment::Entity::find()
        .find_also_related(role_table::Entity)
        .filter(gifts_to(principal))
        .filter(valid_at(at))
        .order_by_asc(role_table::Column::Key)
        .all(connection)
        .await?;
    Ok(gifts.into_iter().filter_map(|(_, role)| role).collect())
}

/// The grants of each role. A permission that this version of the server doesn't know counts for nothing.
///
/// # Errors
/// When the database fails.
pub async fn grants_by_role(
    connection: &impl ConnectionTrait,
    roles: &[Uuid],
) -> Result<HashMap<Uuid, Grants>> {
    let rows = role_grant::Entity::find()
        .filter(role_grant::Column::RoleId.is_in(roles.iter().copied()))
        .all(connection)
        .await?;
    let mut grants: HashMap<Uuid, Grants> = HashMap::new();
    for row in rows {
        if let Some(permission) = Permission::from_key(&row.permission) {
            grants
                .entry(row.role_id)
                .or_default()
                .add(permission, row.reach);
        }
    }
    Ok(grants)
}

/// The grants of roles, united.
///
/// # Errors
/// When the database fails.
pub async fn united_grants(
    connection: &impl ConnectionTrait,
    roles: impl IntoIterator<Item = Uuid>,
) -> Result<Grants> {
    let roles: Vec<Uuid> = roles.into_iter().collect();
    let by_role = grants_by_role(connection, &roles).await?;
    Ok(by_role.values().flat_map(Grants::pairs).collect())
}

/// What one role gives; none when there is no such role.
///
/// # Errors
/// When the database fails.
pub async fn grants_by_key(connection: &impl ConnectionTrait, key: &str) -> Result<Option<Grants>> {
    let keys = [key.to_owned()];
    match roles_by_key(connection, &keys).await?.first() {
        Some(role) => Ok(Some(united_grants(connection, [role.id]).await?)),
        None => Ok(None),
    }
}

/// The keys of all roles.
///
/// # Errors
/// When the database fails.
pub async fn keys(connection: &impl ConnectionTrait) -> Result<BTreeSet<String>> {
    let keys: Vec<String> = role_table::Entity::find()
        .select_only()
        .column(role_table::Column::Key)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(keys.into_iter().collect())
}

/// What a principal may do at a time: the union of the grants of the roles that the database gives it then, cut down to
/// the roles that its token names; and the keys of those roles, sorted.
///
/// # Errors
/// When the database fails.
pub async fn grants_of(
    connection: &impl ConnectionTrait,
    principal: Principal,
    token_roles: Option<&[String]>,
    at: DateTime<Utc>,
) -> Result<(Grants, Vec<String>)> {
    let mut roles = roles_of(connection, principal, at).await?;
    if let Some(named) = token_roles {
        roles.retain(|role| named.contains(&role.key));
    }
    let grants = united_grants(connection, roles.iter().map(|role| role.id)).await?;
    let keys = roles.into_iter().map(|role| role.key).collect();
    Ok((grants, keys))
}
