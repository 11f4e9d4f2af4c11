//! Removing a contact (删除联系人).

use entity::contact;
use serde_json::json;
use uuid::Uuid;

use super::common::leave;
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::customers::store::delete_contact;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::work::{Work, expect_version};

/// Which contact goes.
#[derive(Clone, Copy, Debug)]
pub struct ContactRemove {
    /// The contact.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
}

/// Removes a contact and returns the id of its customer.
///
/// # Errors
/// A user error while something else, such as a ticket, names the contact; refusals of permission, reach and version.
pub async fn contact_remove(app: &App, call: &Call, input: ContactRemove) -> Result<Uuid> {
    let permission = Permission::CustomerContactWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let row = to_change::<contact::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(row.version, input.expected_version)?;
    if !delete_contact(work.tx(), row.id).await? {
        let text = Text::new(
            "Tickets name this contact, so it can't be removed; take its telephone number and e-mail address away instead.",
            "已有工单引用该联系人，无法删除；可改为清空其电话和邮箱。",
        );
        return Err(UserError::new(UserErrorCode::WrongState, "input.id", text).into());
    }
    let detail = json!({ "contact": row.id });
    leave(
        &mut work,
        row.customer_id,
        "customer.contact.remove",
        detail,
    );
    work.commit().await?;
    Ok(row.customer_id)
}
