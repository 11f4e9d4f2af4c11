//! Adding a customer (新增客户).

use entity::customer;
use entity::enums::{CustomerKind, CustomerTier, Province};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{NAME, leave, look_at_references};
use crate::access::{Call, Permission, still_within};
use crate::app::App;
use crate::check::Checks;
use crate::customers::store::insert_customer;
use crate::db::new_id;
use crate::error::Result;
use crate::work::{Once, Work};

/// The customer to add.
#[derive(Clone, Debug, Serialize)]
pub struct CustomerCreate {
    /// Company or person.
    pub kind: CustomerKind,
    /// Name.
    pub name: String,
    /// Where it is.
    pub province: Province,
    /// Rank.
    pub tier: CustomerTier,
    /// The partner it was won through.
    pub partner_id: Option<Uuid>,
    /// The member who looks after it.
    pub owner_id: Option<Uuid>,
}

/// Adds a customer and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission, also when the new customer would be outside of its reach.
pub async fn customer_create(
    app: &App,
    call: &Call,
    input: &CustomerCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::CustomerWrite)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "customerCreate", input).await? {
        return Ok(id);
    }
    let mut checks = Checks::default();
    let name = checks.text("input.name", &input.name, NAME);
    look_at_references(&work, &mut checks, input.partner_id, input.owner_id).await?;
    checks.done()?;
    let number = format!("C{:06}", work.next("customer_number").await?);
    let id = new_id(call.at);
    let row = customer::Model {
        id,
        number: number.clone(),
        kind: input.kind,
        name,
        province: input.province,
        tier: input.tier,
        partner_id: input.partner_id,
        owner_id: input.owner_id,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    insert_customer(work.tx(), row).await?;
    still_within::<customer::Entity>(work.tx(), &call.viewer, Permission::CustomerWrite, id)
        .await?;
    let detail = json!({
        "number": number,
        "kind": input.kind,
        "province": input.province,
        "tier": input.tier,
        "partner": input.partner_id,
        "owner": input.owner_id,
    });
    leave(&mut work, id, "customer.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}
