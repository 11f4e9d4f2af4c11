//! Adding a contact to a customer (新增联系人).

use entity::{contact, customer};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{NAME, ROLE, leave};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::customers::store::{demote_others, insert_contact};
use crate::db::new_id;
use crate::error::Result;
use crate::work::{Once, Work};

/// The contact to add.
#[derive(Clone, Debug, Serialize)]
pub struct ContactAdd {
    /// Of which customer.
    pub customer_id: Uuid,
    /// Name.
    pub name: String,
    /// What the person does there.
    pub role: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Is this the one to ask first?
    pub is_primary: bool,
}

/// Adds a contact and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission and reach.
pub async fn contact_add(
    app: &App,
    call: &Call,
    input: &ContactAdd,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::CustomerContactWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "contactAdd", input).await? {
        return Ok(id);
    }
    // Locks the customer, so that two contacts at once can't both become the primary one.
    let customer =
        to_change::<customer::Entity>(work.tx(), &call.viewer, permission, input.customer_id)
            .await?;
    let mut checks = Checks::default();
    let name = checks.text("input.name", &input.name, NAME);
    let role = checks.optional_text("input.role", input.role.as_deref(), ROLE);
    let phone = checks.phone("input.phone", input.phone.as_deref());
    let email = checks.email("input.email", input.email.as_deref());
    checks.done()?;
    let id = new_id(call.at);
    if input.is_primary {
        demote_others(work.tx(), customer.id, id, call.at).await?;
    }
    let row = contact::Model {
        id,
        customer_id: customer.id,
        name,
        role,
        phone,
        email,
        is_primary: input.is_primary,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    insert_contact(work.tx(), row).await?;
    let detail = json!({ "contact": id, "primary": input.is_primary });
    leave(&mut work, customer.id, "customer.contact.add", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}
