//! Taking a role back.

use entity::role;
use serde_json::json;
use uuid::Uuid;

use super::give::no_account;
use super::{keep_an_admin, locked, none_of, refused_at, role_to_change};
use crate::access::roles::rules::{self, Refusal};
use crate::access::roles::store;
use crate::access::{Call, Permission, Principal};
use crate::audit;
use crate::db::Db;
use crate::error::Result;
use crate::events::Event;
use crate::work::Work;

/// A role to be taken.
#[derive(Clone, Copy, Debug)]
pub struct TakenRole {
    /// The role.
    pub role_id: Uuid,
    /// From whom.
    pub from: Principal,
}

/// Takes a role, at once: also from open sockets.
///
/// # Errors
/// One's own role, the last administrator's, one that the principal doesn't have, an unknown role or principal.
pub async fn take(db: &Db, call: &Call, taken: TakenRole) -> Result<role::Model> {
    call.viewer.require(Permission::RoleManage)?;
    let mut work = Work::begin(db, call).await?;
    let setter = locked(&work).await?;
    let role = role_to_change(&work, taken.role_id).await?;
    let Some(holder) = store::holder(work.tx(), taken.from).await? else {
        return Err(no_account());
    };
    none_of(refused_at(
        &rules::take(&setter, taken.from),
        "input.principal",
    ))?;
    let Some(gift) = store::gift(work.tx(), role.id, taken.from).await? else {
        return Err(Refusal::NotGiven.at("input.principal").into());
    };
    store::delete_gift(work.tx(), gift.id).await?;
    let facts = store::facts_of(work.tx(), &role).await?;
    if facts.grants.has(Permission::RoleManage) {
        keep_an_admin(&work, "input.principal").await?;
    }
    work.audit(audit::Entry {
        action: "role.take",
        entity_type: "role",
        entity_id: Some(role.id),
        detail: json!({
            "key": role.key,
            "from": taken.from,
            "name": holder.name,
            "givenAt": gift.given_at,
            "validUntil": gift.valid_until,
        }),
    });
    let payload = json!({ "action": "role.take", "role": role.key });
    work.emit(Event::new(
        call.at,
        Event::PRINCIPAL_CHANGED,
        taken.from.id(),
        payload,
    ));
    work.commit().await?;
    Ok(role)
}
