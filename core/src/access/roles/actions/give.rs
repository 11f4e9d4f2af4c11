//! Giving a role to a user or an API client.

use chrono::{DateTime, Utc};
use entity::role_assignment;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{keep_an_admin, locked, none_of};
use crate::access::roles::rules::{self, Refusal};
use crate::access::roles::store;
use crate::access::{Call, Permission, Principal};
use crate::audit;
use crate::db::{Db, new_id};
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::work::{Once, Work};

/// A role to be given.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct NewGift {
    /// The role.
    pub role_id: Uuid,
    /// To whom.
    pub to: Principal,
    /// Until when; for good when it is missing.
    pub valid_until: Option<DateTime<Utc>>,
}

/// Gives a role, at once. When the principal has it already, only its end changes.
///
/// # Errors
/// A rule that forbids it, an unknown role or principal.
pub async fn give(
    db: &Db,
    call: &Call,
    new: NewGift,
    idempotency_key: Option<&str>,
) -> Result<role_assignment::Model> {
    call.viewer.require(Permission::RoleManage)?;
    let mut work = Work::begin(db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "roleGive", &new).await? {
        return store::gift_by_id(work.tx(), id)
            .await?
            .ok_or_else(|| ApiError::not_found().into());
    }
    let setter = locked(&work).await?;
    let role = store::role(work.tx(), &call.viewer, Permission::RoleManage, new.role_id).await?;
    let holder = store::holder(work.tx(), new.to).await?;
    let (Some(role), Some(holder)) = (role, holder) else {
        return Err(absent(&work, &new).await);
    };
    let facts = store::facts_of(work.tx(), &role).await?;
    let mut mistakes: Vec<UserError> = rules::give(&setter, &facts, new.to, holder.kind)
        .iter()
        .map(|refusal| refusal.at(field_of(refusal)))
        .collect();
    if new.valid_until.is_some_and(|until| until <= call.at) {
        mistakes.push(Refusal::EndsInThePast.at("input.validUntil"));
    }
    none_of(mistakes)?;

    let earlier = store::gift(work.tx(), role.id, new.to).await?;
    let before = earlier.as_ref().map(|gift| gift.valid_until);
    let gift = write(&work, earlier, &new).await?;
    if new.valid_until.is_some() && facts.grants.has(Permission::RoleManage) {
        keep_an_admin(&work, "input.validUntil").await?;
    }
    work.audit(audit::Entry {
        action: "role.give",
        entity_type: "role",
        entity_id: Some(role.id),
        detail: json!({
            "key": role.key,
            "to": new.to,
            "name": holder.name,
            "had": before.is_some(),
            "validUntil": { "from": before.flatten(), "to": new.valid_until },
        }),
    });
    let payload = json!({ "action": "role.give", "role": role.key });
    work.emit(Event::new(
        call.at,
        Event::PRINCIPAL_CHANGED,
        new.to.id(),
        payload,
    ));
    work.done(gift.id).await?;
    work.commit().await?;
    Ok(gift)
}

/// Which argument a refusal is about.
const fn field_of(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::OwnGift | Refusal::WrongAudience { .. } => "input.principal",
        _ => "input.roleId",
    }
}

/// Says which of the two doesn't exist.
async fn absent(work: &Work<'_>, new: &NewGift) -> crate::error::Error {
    match store::holder(work.tx(), new.to).await {
        Err(error) => error,
        Ok(Some(_)) => missing("input.roleId", "There is no such role.", "角色不存在。"),
        Ok(None) => no_account(),
    }
}

fn missing(field: &str, en: &'static str, zh: &'static str) -> crate::error::Error {
    UserError::new(UserErrorCode::NotFound, field, Text::new(en, zh)).into()
}

/// The mistake of a principal that doesn't exist.
pub(super) fn no_account() -> crate::error::Error {
    missing(
        "input.principal",
        "There is no such account.",
        "账号不存在。",
    )
}

async fn write(
    work: &Work<'_>,
    earlier: Option<role_assignment::Model>,
    new: &NewGift,
) -> Result<role_assignment::Model> {
    let call = work.call();
    let (user_id, api_client_id) = match new.to {
        Principal::User(id) => (Some(id), None),
        Principal::ApiClient(id) => (None, Some(id)),
    };
    let row = role_assignment::Model {
        id: earlier
            .as_ref()
            .map_or_else(|| new_id(call.at), |gift| gift.id),
        role_id: new.role_id,
        user_id,
        api_client_id,
        given_by: call.viewer.actor.id,
        given_at: call.at,
        valid_until: new.valid_until,
    };
    if earlier.is_some() {
        store::update_gift(work.tx(), &row).await?;
    } else {
        store::insert_gift(work.tx(), &row).await?;
    }
    Ok(row)
}
