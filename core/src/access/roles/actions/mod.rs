//! What can be done with roles: one function a business action, each in one transaction that takes the lock of the epoch
//! before it looks at anybody's rights.

mod create;
mod delete;
mod give;
mod grants;
pub(super) mod preview;
mod take;
mod update;

use entity::enums::Reach;
use entity::role;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::rules::{Refusal, Setter, nearest_key};
use super::store;
use crate::access::viewer::forbidden;
use crate::access::{Grants, Permission, reach_name};
use crate::error::{ApiError, Error, Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::work::Work;

pub use create::{NewRole, create};
pub use delete::delete;
pub use give::{NewGift, give};
pub use grants::{GrantsChange, change_grants};
pub use preview::{Effect, Planned, Preview, preview};
pub use take::{TakenRole, take};
pub use update::{RoleUpdate, update};

/// A permission as it was typed, with a reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TypedGrant {
    /// The permission's key.
    pub permission: String,
    /// The reach.
    pub reach: Reach,
}

/// Takes the lock under which rights change, and reads what the caller may do at this moment.
async fn locked(work: &Work<'_>) -> Result<Setter> {
    work.raise_epoch().await?;
    let setter = store::setter(work.tx(), work.call()).await?;
    if setter.grants.has(Permission::RoleManage) {
        Ok(setter)
    } else {
        Err(forbidden(Permission::RoleManage).into())
    }
}

/// The role that is to be changed.
async fn role_to_change(work: &Work<'_>, id: Uuid) -> Result<role::Model> {
    store::role(work.tx(), &work.call().viewer, Permission::RoleManage, id)
        .await?
        .ok_or_else(|| ApiError::not_found().into())
}

/// The role, a version further on.
fn touched(role: &role::Model, at: chrono::DateTime<chrono::Utc>) -> role::Model {
    role::Model {
        version: role.version + 1,
        updated_at: at,
        ..role.clone()
    }
}

/// Reads typed permissions; each unknown one is a mistake that names the nearest.
fn parse(typed: &[TypedGrant], field: &str) -> (Grants, Vec<UserError>) {
    let (mut grants, mut mistakes) = (Grants::default(), Vec::new());
    for (index, grant) in typed.iter().enumerate() {
        if let Some(permission) = Permission::from_key(&grant.permission) {
            grants.add(permission, grant.reach);
        } else {
            let shown: String = grant.permission.chars().take(60).collect();
            let (meant, meant_zh) = nearest_key(&grant.permission).map_or_else(
                || (String::new(), String::new()),
                |nearest| {
                    let key = nearest.key();
                    (
                        format!("; did you mean `{key}`?"),
                        format!("，您是否指“{key}”？"),
                    )
                },
            );
            mistakes.push(UserError::new(
                UserErrorCode::Invalid,
                &format!("{field}.{index}.permission"),
                Text::new(
                    format!(
                        "There is no permission `{shown}`{meant}. `permissions` lists all of them."
                    ),
                    format!("没有权限“{shown}”{meant_zh}。可通过 permissions 查询全部权限。"),
                ),
            ));
        }
    }
    (grants, mistakes)
}

/// Fails with all mistakes, if there are any.
fn none_of(mistakes: Vec<UserError>) -> Result<()> {
    if mistakes.is_empty() {
        Ok(())
    } else {
        Err(Error::User(mistakes))
    }
}

/// The refusals as mistakes in one argument.
fn refused_at(refusals: &[Refusal], field: &str) -> Vec<UserError> {
    refusals.iter().map(|refusal| refusal.at(field)).collect()
}

/// Refuses when nobody would be left who may manage roles.
async fn keep_an_admin(work: &Work<'_>, field: &str) -> Result<()> {
    if store::last_admin_remains(work.tx()).await? {
        Ok(())
    } else {
        Err(Refusal::LastAdmin.at(field).into())
    }
}

/// A required text, trimmed.
fn text(value: &str, field: &str, most: usize, mistakes: &mut Vec<UserError>) -> String {
    let value = value.trim();
    if value.is_empty() {
        let text = Text::new("This can't be empty.", "不能为空。");
        mistakes.push(UserError::new(UserErrorCode::Blank, field, text));
    }
    free_text(value, field, most, mistakes)
}

/// A text that may be empty, trimmed.
fn free_text(value: &str, field: &str, most: usize, mistakes: &mut Vec<UserError>) -> String {
    let value = value.trim();
    if value.chars().count() > most {
        let text = Text::new(
            format!("At most {most} characters."),
            format!("最多 {most} 个字符。"),
        );
        mistakes.push(UserError::new(UserErrorCode::TooLong, field, text));
    }
    value.to_owned()
}

/// Grants as the audit log shows them.
fn shown(grants: &Grants) -> Value {
    grants
        .pairs()
        .map(|(permission, reach)| json!({ "permission": permission.key(), "reach": reach_name(reach) }))
        .collect()
}

/// The event of a changed role.
fn role_changed(work: &Work<'_>, role: Uuid, action: &str) -> Event {
    Event::new(
        work.call().at,
        Event::ACCESS_CHANGED,
        role,
        json!({ "action": action }),
    )
}
