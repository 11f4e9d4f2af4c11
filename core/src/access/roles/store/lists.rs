//! What is shown of roles and gifts: within the viewer's reach, in pages and batches.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::UserKind;
use entity::{api_client, role, role_assignment, session, user};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::valid_at;
use crate::access::{Permission, Principal, Viewer, visible};
use crate::db::filter::{IdMatches, TextMatches};
use crate::db::keyset::{self, Listing, Page, Sort};
use crate::error::Result;

/// Which roles; what is missing isn't looked at.
#[derive(Clone, Debug, Default)]
pub struct RoleFilter {
    /// By key.
    pub key: TextMatches,
    /// By name in English.
    pub name: TextMatches,
    /// For this kind of principal.
    pub audience: Option<UserKind>,
    /// Those that came with the product, or the others.
    pub builtin: Option<bool>,
}

impl RoleFilter {
    fn condition(&self) -> Condition {
        use role::Column::{Audience, Builtin, Key, Name};
        Condition::all()
            .add(self.key.on(Key))
            .add(self.name.on(Name))
            .add_option(self.audience.map(|kind| Audience.eq(kind)))
            .add_option(self.builtin.map(|builtin| Builtin.eq(builtin)))
    }
}

/// Which gifts; what is missing isn't looked at.
#[derive(Clone, Debug, Default)]
pub struct GiftFilter {
    /// Of these roles.
    pub role: IdMatches,
    /// To these users.
    pub user: IdMatches,
    /// To these API clients.
    pub api_client: IdMatches,
}

impl GiftFilter {
    fn condition(&self) -> Condition {
        use role_assignment::Column::{ApiClientId, RoleId, UserId};
        Condition::all()
            .add(self.role.on(RoleId))
            .add(self.user.on(UserId))
            .add(self.api_client.on(ApiClientId))
    }
}

/// How a list of roles is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RoleOrder {
    /// By key.
    #[default]
    KeyAsc,
    /// The oldest first.
    CreatedAtAsc,
    /// The youngest first.
    CreatedAtDesc,
}

/// The visible roles.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of this list.
pub async fn roles(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &RoleFilter,
    order: RoleOrder,
    page: &Page,
    want_total: bool,
) -> Result<Listing<role::Model>> {
    use role::Column::{CreatedAt, Id, Key};
    let (tag, sorts) = match order {
        RoleOrder::KeyAsc => ("roles/key", vec![Sort::ascending(Key)]),
        RoleOrder::CreatedAtAsc => (
            "roles/created",
            vec![Sort::ascending(CreatedAt), Sort::ascending(Id)],
        ),
        RoleOrder::CreatedAtDesc => (
            "roles/created-desc",
            vec![Sort::descending(CreatedAt), Sort::descending(Id)],
        ),
    };
    let select = visible::<role::Entity>(viewer, Permission::RoleRead).filter(filter.condition());
    keyset::list(select, tag, &sorts, page, want_total, connection).await
}

/// The visible gifts, also those that have ended; the youngest first.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of this list.
pub async fn gifts(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &GiftFilter,
    page: &Page,
    want_total: bool,
) -> Result<Listing<role_assignment::Model>> {
    use role_assignment::Column::{GivenAt, Id};
    let select =
        visible::<role_assignment::Entity>(viewer, Permission::RoleRead).filter(filter.condition());
    let sorts = [Sort::descending(GivenAt), Sort::descending(Id)];
    keyset::list(select, "gifts", &sorts, page, want_total, connection).await
}

/// One role if the viewer may have it under a permission.
pub async fn role(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    permission: Permission,
    id: Uuid,
) -> Result<Option<role::Model>> {
    Ok(visible::<role::Entity>(viewer, permission)
        .filter(role::Column::Id.eq(id))
        .one(connection)
        .await?)
}

/// Roles by key, whoever asks: what a viewer is told of its own.
///
/// # Errors
/// When the database fails.
pub async fn roles_by_key(
    connection: &impl ConnectionTrait,
    keys: &[String],
) -> Result<Vec<role::Model>> {
    let mut roles = role::Entity::find()
        .filter(role::Column::Key.is_in(keys.iter().map(String::as_str)))
        .all(connection)
        .await?;
    roles.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(roles)
}

/// How many principals have each role at a time.
///
/// # Errors
/// When the database fails.
pub async fn holders_by_role(
    connection: &impl ConnectionTrait,
    roles: &[Uuid],
    at: DateTime<Utc>,
) -> Result<HashMap<Uuid, i64>> {
    let counts: Vec<(Uuid, i64)> = role_assignment::Entity::find()
        .select_only()
        .column(role_assignment::Column::RoleId)
        .column_as(role_assignment::Column::Id.count(), "holders")
        .filter(role_assignment::Column::RoleId.is_in(roles.iter().copied()))
        .filter(valid_at(at))
        .group_by(role_assignment::Column::RoleId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(counts.into_iter().collect())
}

/// The names of principals.
///
/// # Errors
/// When the database fails.
pub async fn names_of(
    connection: &impl ConnectionTrait,
    principals: &[Principal],
) -> Result<HashMap<Principal, String>> {
    let ids = |users: bool| {
        principals
            .iter()
            .filter(move |principal| matches!(principal, Principal::User(_)) == users)
            .map(|principal| principal.id())
            .collect::<Vec<_>>()
    };
    let mut names = HashMap::new();
    let users = ids(true);
    if !users.is_empty() {
        let found = user::Entity::find()
            .filter(user::Column::Id.is_in(users))
            .all(connection)
            .await?;
        names.extend(
            found
                .into_iter()
                .map(|user| (Principal::User(user.id), user.display_name)),
        );
    }
    let clients = ids(false);
    if !clients.is_empty() {
        let found = api_client::Entity::find()
            .filter(api_client::Column::Id.is_in(clients))
            .all(connection)
            .await?;
        names.extend(
            found
                .into_iter()
                .map(|client| (Principal::ApiClient(client.id), client.name)),
        );
    }
    Ok(names)
}

/// The account behind a user that asks about itself.
///
/// # Errors
/// When the database fails.
pub async fn own_account(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<user::Model>> {
    Ok(user::Entity::find_by_id(id).one(connection).await?)
}

/// The session behind a viewer that asks about itself.
///
/// # Errors
/// When the database fails.
pub async fn own_session(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<session::Model>> {
    Ok(session::Entity::find_by_id(id).one(connection).await?)
}
