//! Adding a user.

use entity::enums::{Locale, UserKind, UserStatus};
use entity::user;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{changed, lock};
use crate::access::{Call, Permission, Principal};
use crate::app::App;
use crate::audit;
use crate::db::new_id;
use crate::error::{Error, Result, Text, UserError, UserErrorCode};
use crate::identity::password::check_policy;
use crate::identity::rules::{check_login, check_name, normal_login};
use crate::identity::store;
use crate::work::{Once, Work};

/// A user to be added. Roles are given afterwards, under the rules for giving roles.
#[derive(Clone, Serialize)]
pub struct NewUser {
    /// On whose side the user stands.
    pub kind: UserKind,
    /// The login; upper and lower case don't matter.
    pub login: String,
    /// The name that others see.
    pub display_name: String,
    /// The first password. It isn't part of what an idempotency key remembers.
    #[serde(skip)]
    pub password: String,
    /// The member that a staff user is.
    pub member_id: Option<Uuid>,
    /// The partner for which a partner user acts.
    pub partner_id: Option<Uuid>,
    /// The customer for which a customer user acts.
    pub customer_id: Option<Uuid>,
    /// The language of messages.
    pub locale: Locale,
}

/// Adds a user.
///
/// # Errors
/// User errors for each thing that is wrong.
pub async fn user_create(
    app: &App,
    call: &Call,
    new: NewUser,
    idempotency_key: Option<&str>,
) -> Result<user::Model> {
    call.viewer.require(Permission::UserManage)?;
    let login = normal_login(&new.login);
    let name = check_name(&new.display_name, "input.displayName").map(str::to_owned);
    let mistakes: Vec<UserError> = [
        check_login(&login).err(),
        name.as_ref().err().cloned(),
        check_policy(&new.password, &login, "input.password").err(),
        check_side(&new).err(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let (Ok(display_name), true) = (name, mistakes.is_empty()) else {
        return Err(Error::User(mistakes));
    };
    let password_hash = app.identity.hasher.hash(&new.password).await?;

    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "userCreate", &new).await? {
        return store::accounts::managed_user(work.tx(), &call.viewer, id).await;
    }
    lock(&work).await?;
    let viewer = &call.viewer;
    store::references::member(work.tx(), viewer, new.member_id).await?;
    store::references::partner(work.tx(), viewer, new.partner_id).await?;
    store::references::customer(work.tx(), viewer, new.customer_id).await?;
    let row = user::Model {
        id: new_id(call.at),
        kind: new.kind,
        login,
        display_name,
        password_hash,
        password_changed_at: call.at,
        member_id: new.member_id,
        partner_id: new.partner_id,
        customer_id: new.customer_id,
        locale: new.locale,
        status: UserStatus::Active,
        epoch: 0,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let user = store::accounts::insert_user(work.tx(), row).await?;
    work.audit(audit::Entry {
        action: "user.create",
        entity_type: "user",
        entity_id: Some(user.id),
        detail: json!({
            "login": user.login,
            "name": user.display_name,
            "kind": user.kind,
            "memberId": user.member_id,
            "partnerId": user.partner_id,
            "customerId": user.customer_id,
        }),
    });
    changed(&mut work, Principal::User(user.id), "user.create");
    work.done(user.id).await?;
    work.commit().await?;
    Ok(user)
}

/// A user stands on one side, and points at what that side calls for.
fn check_side(new: &NewUser) -> Result<(), UserError> {
    let fits = match new.kind {
        UserKind::Staff => new.partner_id.is_none() && new.customer_id.is_none(),
        UserKind::Partner => {
            new.partner_id.is_some() && new.member_id.is_none() && new.customer_id.is_none()
        }
        UserKind::Customer => {
            new.customer_id.is_some() && new.member_id.is_none() && new.partner_id.is_none()
        }
    };
    if fits {
        return Ok(());
    }
    Err(UserError::new(
        UserErrorCode::Invalid,
        "input.kind",
        Text::new(
            "A staff user has at most a member, a partner user exactly a partner, a customer user exactly a customer.",
            "员工账号只能关联成员，合作伙伴账号须关联合作伙伴，客户账号须关联客户。",
        ),
    ))
}
