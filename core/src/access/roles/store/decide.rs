//! What a decision about rights needs to know, read within its transaction and under the lock of the epoch.

use entity::enums::{UserKind, UserStatus};
use entity::{api_client, role, role_assignment, role_grant, user};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QuerySelect,
    QueryTrait, RelationTrait,
};
use uuid::Uuid;

use super::{gifts_to, roles_of, united_grants};
use crate::access::roles::rules::{Holder, RoleFacts, Setter};
use crate::access::{Call, Permission, Principal, epoch};
use crate::error::Result;

/// Whoever asks as a setter of rights, as the database has it now: a right taken away a moment ago no longer counts.
pub async fn setter(connection: &impl ConnectionTrait, call: &Call) -> Result<Setter> {
    let Some(principal) = Principal::of_viewer(&call.viewer) else {
        return Ok(Setter {
            grants: (*call.viewer.grants).clone(),
            ..Setter::default()
        });
    };
    let roles = roles_of(connection, principal, call.at).await?;
    let with_this_token = roles
        .iter()
        .filter(|role| call.viewer.roles.contains(&role.key))
        .map(|role| role.id);
    Ok(Setter {
        principal: Some(principal),
        grants: united_grants(connection, with_this_token).await?,
        roles: roles.iter().map(|role| role.id).collect(),
    })
}

/// A role as the rules see it.
pub async fn facts_of(connection: &impl ConnectionTrait, role: &role::Model) -> Result<RoleFacts> {
    Ok(RoleFacts {
        key: role.key.clone(),
        builtin: role.builtin,
        audience: role.audience,
        grants: united_grants(connection, [role.id]).await?,
    })
}

/// A principal as the rules see it; none when there is no such account.
///
/// # Errors
/// When the database fails.
pub async fn holder(
    connection: &impl ConnectionTrait,
    principal: Principal,
) -> Result<Option<Holder>> {
    Ok(match principal {
        Principal::User(id) => user::Entity::find_by_id(id)
            .one(connection)
            .await?
            .map(|user| holder_of_user(&user)),
        Principal::ApiClient(id) => api_client::Entity::find_by_id(id)
            .one(connection)
            .await?
            .map(|client| holder_of_client(&client)),
    })
}

pub(super) fn holder_of_user(user: &user::Model) -> Holder {
    Holder {
        name: user.display_name.clone(),
        kind: user.kind,
        active: user.status == UserStatus::Active,
    }
}

pub(super) fn holder_of_client(client: &api_client::Model) -> Holder {
    Holder {
        name: client.name.clone(),
        kind: UserKind::Partner,
        active: client.status == UserStatus::Active,
    }
}

/// The gift of a role to a principal, also one that has ended.
pub async fn gift(
    connection: &impl ConnectionTrait,
    role: Uuid,
    principal: Principal,
) -> Result<Option<role_assignment::Model>> {
    Ok(role_assignment::Entity::find()
        .filter(role_assignment::Column::RoleId.eq(role))
        .filter(gifts_to(principal))
        .one(connection)
        .await?)
}

/// How many principals have a role, also by gifts that have ended.
pub async fn count_gifts(connection: &impl ConnectionTrait, role: Uuid) -> Result<u64> {
    Ok(role_assignment::Entity::find()
        .filter(role_assignment::Column::RoleId.eq(role))
        .count(connection)
        .await?)
}

/// The roles that let their holders manage roles.
pub(super) fn managing_roles() -> SelectStatement {
    role_grant::Entity::find()
        .select_only()
        .column(role_grant::Column::RoleId)
        .filter(role_grant::Column::Permission.eq(Permission::RoleManage.key()))
        .into_query()
}

/// Is there, after what this transaction has done so far, still an active user who may manage roles by a gift without
/// an end? To be asked by whatever takes such a right or disables an account, after it has done so; it waits for
/// others that change rights at this moment.
///
/// # Errors
/// When the database fails.
pub async fn last_admin_remains(tx: &impl ConnectionTrait) -> Result<bool> {
    epoch::lock(tx).await?;
    let admins = role_assignment::Entity::find()
        .join(JoinType::InnerJoin, role_assignment::Relation::User.def())
        .filter(user::Column::Status.eq(UserStatus::Active))
        .filter(role_assignment::Column::ValidUntil.is_null())
        .filter(role_assignment::Column::RoleId.in_subquery(managing_roles()))
        .count(tx)
        .await?;
    Ok(admins > 0)
}
