//! Changing a contact (修改联系人).

use entity::{contact, customer};
use serde_json::json;
use uuid::Uuid;

use super::Change;
use super::common::{NAME, ROLE, leave};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::customers::store::{demote_others, save_contact};
use crate::error::Result;
use crate::work::{Work, expect_version};

/// What changes about a contact.
#[derive(Clone, Debug)]
pub struct ContactUpdate {
    /// The contact.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Name.
    pub name: Change<String>,
    /// What the person does there.
    pub role: Change<String>,
    /// Telephone number.
    pub phone: Change<String>,
    /// E-mail address.
    pub email: Change<String>,
    /// Is this the one to ask first?
    pub is_primary: Change<bool>,
}

/// Changes a contact and returns its id. Values that stay the same aren't a change.
///
/// # Errors
/// User errors about the values; refusals of permission, reach and version.
pub async fn contact_update(app: &App, call: &Call, input: &ContactUpdate) -> Result<Uuid> {
    let permission = Permission::CustomerContactWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before =
        to_change::<contact::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    to_change::<customer::Entity>(work.tx(), &call.viewer, permission, before.customer_id).await?;
    expect_version(before.version, input.expected_version)?;
    let after = look_over(&before, input)?;
    let fields = changed(&before, &after);
    if fields.is_empty() {
        return Ok(before.id);
    }
    if after.is_primary && !before.is_primary {
        demote_others(work.tx(), before.customer_id, before.id, call.at).await?;
    }
    save_contact(work.tx(), after, call.at).await?;
    let detail = json!({ "contact": before.id, "changed": fields });
    leave(
        &mut work,
        before.customer_id,
        "customer.contact.update",
        detail,
    );
    work.commit().await?;
    Ok(before.id)
}

/// The contact as it would be.
fn look_over(before: &contact::Model, input: &ContactUpdate) -> Result<contact::Model> {
    let mut checks = Checks::default();
    checks.must_stay("input.name", &input.name);
    checks.must_stay("input.isPrimary", &input.is_primary);
    let mut after = before.clone();
    if let Change::Set(name) = &input.name {
        after.name = checks.text("input.name", name, NAME);
    }
    match &input.role {
        Change::Keep => {}
        Change::Clear => after.role = None,
        Change::Set(role) => after.role = checks.optional_text("input.role", Some(role), ROLE),
    }
    match &input.phone {
        Change::Keep => {}
        Change::Clear => after.phone = None,
        Change::Set(phone) => after.phone = checks.phone("input.phone", Some(phone)),
    }
    match &input.email {
        Change::Keep => {}
        Change::Clear => after.email = None,
        Change::Set(email) => after.email = checks.email("input.email", Some(email)),
    }
    if let Change::Set(primary) = &input.is_primary {
        after.is_primary = *primary;
    }
    checks.done()?;
    Ok(after)
}

/// Which fields change; the values are personal data and stay out of the log.
fn changed(before: &contact::Model, after: &contact::Model) -> Vec<&'static str> {
    [
        ("name", before.name != after.name),
        ("role", before.role != after.role),
        ("phone", before.phone != after.phone),
        ("email", before.email != after.email),
        ("isPrimary", before.is_primary != after.is_primary),
    ]
    .into_iter()
    .filter_map(|(field, differs)| differs.then_some(field))
    .collect()
}
