//! The tables of users and API clients.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::enums::{Locale, UserStatus};
use entity::{api_client, user};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Set, SqlErr,
};
use uuid::Uuid;

use crate::access::{Permission, Viewer, find, to_change};
use crate::error::{Error, Result, Text, UserError, UserErrorCode};

/// A user by key, for identity itself.
pub async fn user(connection: &impl ConnectionTrait, id: Uuid) -> Result<Option<user::Model>> {
    Ok(user::Entity::find_by_id(id).one(connection).await?)
}

/// A user by normal login, for identity itself.
pub async fn user_by_login(
    connection: &impl ConnectionTrait,
    login: &str,
) -> Result<Option<user::Model>> {
    Ok(user::Entity::find()
        .filter(user::Column::Login.eq(login))
        .one(connection)
        .await?)
}

/// The members behind some users; users that are no members are left out.
///
/// # Errors
/// When the database fails.
pub async fn members_of_users(
    connection: &impl ConnectionTrait,
    users: &[Uuid],
) -> Result<HashMap<Uuid, Uuid>> {
    let pairs: Vec<(Uuid, Uuid)> = user::Entity::find()
        .select_only()
        .columns([user::Column::Id, user::Column::MemberId])
        .filter(user::Column::Id.is_in(users.iter().copied()))
        .filter(user::Column::MemberId.is_not_null())
        .into_tuple()
        .all(connection)
        .await?;
    Ok(pairs.into_iter().collect())
}

/// The language of a customer, as its first account has it; none when it has no account.
///
/// # Errors
/// When the database fails.
pub async fn locale_of_customer(
    connection: &impl ConnectionTrait,
    customer: Uuid,
) -> Result<Option<Locale>> {
    let first = user::Entity::find()
        .filter(user::Column::CustomerId.eq(customer))
        .filter(user::Column::Status.eq(UserStatus::Active))
        .order_by_asc(user::Column::Id)
        .one(connection)
        .await?;
    Ok(first.map(|user| user.locale))
}

/// The active account of a member, for identity itself.
pub async fn account_of_member(
    connection: &impl ConnectionTrait,
    member: Uuid,
) -> Result<Option<Uuid>> {
    Ok(user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .filter(user::Column::MemberId.eq(member))
        .filter(user::Column::Status.eq(UserStatus::Active))
        .into_tuple()
        .one(connection)
        .await?)
}

/// An API client by key, for identity itself.
pub async fn client(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<api_client::Model>> {
    Ok(api_client::Entity::find_by_id(id).one(connection).await?)
}

/// A user that the viewer may manage; its row stays locked until the transaction ends.
///
/// # Errors
/// `NOT_FOUND` when there is none for this viewer.
pub async fn managed_user(
    tx: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<user::Model> {
    to_change::<user::Entity>(tx, viewer, Permission::UserManage, id).await
}

/// An API client that the viewer may manage; its row stays locked until the transaction ends.
///
/// # Errors
/// `NOT_FOUND` when there is none for this viewer.
pub async fn managed_client(
    tx: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<api_client::Model> {
    to_change::<api_client::Entity>(tx, viewer, Permission::UserManage, id).await
}

/// A user that the viewer may manage, before the work on it begins.
pub async fn manageable_user(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<user::Model>> {
    find::<user::Entity>(connection, viewer, Permission::UserManage, id).await
}

/// Adds a user.
///
/// # Errors
/// A user error when the login is taken or the member has an account already.
pub async fn insert_user(tx: &impl ConnectionTrait, row: user::Model) -> Result<user::Model> {
    let member = row.member_id;
    let login = row.login.clone();
    if user_by_login(tx, &login).await?.is_some() {
        return Err(login_taken());
    }
    if let Some(member) = member {
        let other = user::Entity::find()
            .filter(user::Column::MemberId.eq(member))
            .one(tx)
            .await?;
        if other.is_some() {
            return Err(member_taken());
        }
    }
    let inserted = row.into_active_model().reset_all().insert(tx).await;
    // Two at once: what the look above didn't see yet, the index does.
    inserted.map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(name)) if name.contains("member") => member_taken(),
        Some(SqlErr::UniqueConstraintViolation(_)) => login_taken(),
        _ => error.into(),
    })
}

fn login_taken() -> Error {
    UserError::new(
        UserErrorCode::Taken,
        "input.login",
        Text::new(
            "This login is taken; choose another.",
            "该账号已被占用，请更换。",
        ),
    )
    .into()
}

fn member_taken() -> Error {
    UserError::new(
        UserErrorCode::Taken,
        "input.memberId",
        Text::new("This member has an account already.", "该成员已有账号。"),
    )
    .into()
}

/// Adds an API client.
pub async fn insert_client(
    tx: &impl ConnectionTrait,
    row: api_client::Model,
) -> Result<api_client::Model> {
    Ok(row.into_active_model().reset_all().insert(tx).await?)
}

/// What changes of a user; what is `None` stays.
#[derive(Debug, Default)]
pub struct UserChange {
    /// Switched on or off.
    pub status: Option<UserStatus>,
    /// The hash of a new password.
    pub password_hash: Option<String>,
    /// Do all its access tokens so far stop counting?
    pub ends_tokens: bool,
}

/// Changes a user.
pub async fn change_user(
    tx: &impl ConnectionTrait,
    user: user::Model,
    change: UserChange,
    at: DateTime<Utc>,
) -> Result<user::Model, DbErr> {
    let (version, epoch) = (user.version, user.epoch);
    let mut row = user.into_active_model();
    if let Some(status) = change.status {
        row.status = Set(status);
    }
    if let Some(hash) = change.password_hash {
        row.password_hash = Set(hash);
        row.password_changed_at = Set(at);
    }
    if change.ends_tokens {
        row.epoch = Set(epoch + 1);
    }
    row.version = Set(version + 1);
    row.updated_at = Set(at);
    row.update(tx).await
}

/// Replaces the hash of an unchanged password by one of the present cost.
pub async fn rehash(tx: &impl ConnectionTrait, id: Uuid, hash: String) -> Result<(), DbErr> {
    let row = user::ActiveModel {
        id: Set(id),
        password_hash: Set(hash),
        ..Default::default()
    };
    row.update(tx).await.map(|_| ())
}

/// Changes an API client: its status when given, its epoch when its tokens end.
pub async fn change_client(
    tx: &impl ConnectionTrait,
    client: api_client::Model,
    status: Option<UserStatus>,
    ends_tokens: bool,
    at: DateTime<Utc>,
) -> Result<api_client::Model, DbErr> {
    let (version, epoch) = (client.version, client.epoch);
    let mut row = client.into_active_model();
    if let Some(status) = status {
        row.status = Set(status);
    }
    if ends_tokens {
        row.epoch = Set(epoch + 1);
    }
    row.version = Set(version + 1);
    row.updated_at = Set(at);
    row.update(tx).await
}

/// Changes which documents an API client may run, or only counts such a change.
pub async fn restrict_client(
    tx: &impl ConnectionTrait,
    client: api_client::Model,
    only: Option<bool>,
    at: DateTime<Utc>,
) -> Result<api_client::Model, DbErr> {
    let version = client.version;
    let mut row = client.into_active_model();
    if let Some(only) = only {
        row.trusted_documents_only = Set(only);
    }
    row.version = Set(version + 1);
    row.updated_at = Set(at);
    row.update(tx).await
}
