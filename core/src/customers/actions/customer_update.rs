//! Changing a customer (修改客户).

use entity::customer;
use entity::enums::{CustomerKind, CustomerTier, Province};
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Change;
use super::common::{NAME, leave, look_at_references};
use crate::access::{Call, Permission, still_within, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::customers::store::save_customer;
use crate::error::Result;
use crate::work::{Work, expect_version};

/// What changes about a customer.
#[derive(Clone, Debug)]
pub struct CustomerUpdate {
    /// The customer.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Company or person.
    pub kind: Change<CustomerKind>,
    /// Name.
    pub name: Change<String>,
    /// Where it is.
    pub province: Change<Province>,
    /// Rank.
    pub tier: Change<CustomerTier>,
    /// The partner it was won through.
    pub partner_id: Change<Uuid>,
    /// The member who looks after it.
    pub owner_id: Change<Uuid>,
}

/// Changes a customer and returns its id. Values that stay the same aren't a change.
///
/// # Errors
/// User errors about the values; refusals of permission and version, also when the customer would leave the reach.
pub async fn customer_update(app: &App, call: &Call, input: CustomerUpdate) -> Result<Uuid> {
    let permission = Permission::CustomerWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before =
        to_change::<customer::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(before.version, input.expected_version)?;
    let after = look_over(&work, &before, input).await?;
    let changes = changes(&before, &after);
    if changes.is_empty() {
        return Ok(before.id);
    }
    save_customer(work.tx(), after, call.at).await?;
    still_within::<customer::Entity>(work.tx(), &call.viewer, permission, before.id).await?;
    leave(
        &mut work,
        before.id,
        "customer.update",
        Value::Object(changes),
    );
    work.commit().await?;
    Ok(before.id)
}

/// The customer as it would be.
async fn look_over(
    work: &Work<'_>,
    before: &customer::Model,
    input: CustomerUpdate,
) -> Result<customer::Model> {
    let mut checks = Checks::default();
    checks.must_stay("input.kind", &input.kind);
    checks.must_stay("input.name", &input.name);
    checks.must_stay("input.province", &input.province);
    checks.must_stay("input.tier", &input.tier);
    let mut after = before.clone();
    if let Change::Set(name) = &input.name {
        after.name = checks.text("input.name", name, NAME);
    }
    // What stays as it is isn't asked about again: the changer need not see a partner or owner that others set.
    let new = |change: &Change<Uuid>, old: Option<Uuid>| {
        change.value().copied().filter(|id| Some(*id) != old)
    };
    look_at_references(
        work,
        &mut checks,
        new(&input.partner_id, before.partner_id),
        new(&input.owner_id, before.owner_id),
    )
    .await?;
    checks.done()?;
    after.kind = input.kind.value().copied().unwrap_or(after.kind);
    after.province = input.province.value().copied().unwrap_or(after.province);
    after.tier = input.tier.value().copied().unwrap_or(after.tier);
    after.partner_id = input.partner_id.optional().unwrap_or(after.partner_id);
    after.owner_id = input.owner_id.optional().unwrap_or(after.owner_id);
    Ok(after)
}

/// From what to what, by field; of the name only that it changed, for it may be a person's.
fn changes(before: &customer::Model, after: &customer::Model) -> Map<String, Value> {
    fn note<T: Serialize + PartialEq>(all: &mut Map<String, Value>, field: &str, from: &T, to: &T) {
        if from != to {
            all.insert(field.to_owned(), json!({ "from": from, "to": to }));
        }
    }
    let mut all = Map::new();
    if before.name != after.name {
        all.insert("name".to_owned(), Value::from("changed"));
    }
    note(&mut all, "kind", &before.kind, &after.kind);
    note(&mut all, "province", &before.province, &after.province);
    note(&mut all, "tier", &before.tier, &after.tier);
    note(&mut all, "partner", &before.partner_id, &after.partner_id);
    note(&mut all, "owner", &before.owner_id, &after.owner_id);
    all
}
