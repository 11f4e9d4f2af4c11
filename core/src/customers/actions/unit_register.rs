//! Registering a sold unit with its customer (登记设备).

use chrono::NaiveDate;
use entity::{customer, product, unit};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::leave;
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::customers::store::insert_unit;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::organisation::{holds_on, today};
use crate::work::{Once, Work};

/// The most characters of a serial number.
const SERIAL: usize = 64;

/// The unit to register.
#[derive(Clone, Debug, Serialize)]
pub struct UnitRegister {
    /// Serial number.
    pub serial: String,
    /// Of which product.
    pub product_id: Uuid,
    /// Who has it.
    pub customer_id: Uuid,
    /// Day of sale.
    pub sold_on: NaiveDate,
    /// First day without warranty.
    pub warranty_until: Option<NaiveDate>,
}

/// Registers a unit and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission and reach.
pub async fn unit_register(
    app: &App,
    call: &Call,
    input: &UnitRegister,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::CustomerWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "unitRegister", input).await? {
        return Ok(id);
    }
    let customer =
        to_change::<customer::Entity>(work.tx(), &call.viewer, permission, input.customer_id)
            .await?;
    let serial = look_over(&work, input).await?;
    let id = new_id(call.at);
    let row = unit::Model {
        id,
        serial: serial.clone(),
        product_id: input.product_id,
        customer_id: customer.id,
        sold_on: input.sold_on,
        warranty_until: input.warranty_until,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    if !insert_unit(work.tx(), row).await? {
        return Err(taken().into());
    }
    let detail = json!({
        "unit": id,
        "serial": serial,
        "product": input.product_id,
        "soldOn": input.sold_on,
        "warrantyUntil": input.warranty_until,
    });
    leave(&mut work, customer.id, "customer.unit.register", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

async fn look_over(work: &Work<'_>, input: &UnitRegister) -> Result<String> {
    let call = work.call();
    let mut checks = Checks::default();
    let serial = checks.text("input.serial", &input.serial, SERIAL);
    let today = today(call);
    checks.ensure(
        input.sold_on <= today,
        UserErrorCode::Invalid,
        "input.soldOn",
        || Text::new("The day of sale can't lie ahead.", "销售日期不能晚于今天。"),
    );
    checks.ensure(
        input.warranty_until.is_none_or(|end| end > input.sold_on),
        UserErrorCode::Invalid,
        "input.warrantyUntil",
        || {
            Text::new(
                "The warranty ends after the day of sale.",
                "保修截止日期须晚于销售日期。",
            )
        },
    );
    let product = find::<product::Entity>(
        work.tx(),
        &call.viewer,
        Permission::ProductRead,
        input.product_id,
    )
    .await?;
    if let Some(product) = checks.found("input.productId", product) {
        checks.ensure(
            holds_on(product.valid_from, product.valid_to, input.sold_on),
            UserErrorCode::WrongState,
            "input.productId",
            || {
                Text::new(
                    "This product wasn't sold on that day.",
                    "该产品在销售当日不在售。",
                )
            },
        );
    }
    checks.done()?;
    Ok(serial)
}

fn taken() -> UserError {
    UserError::new(
        UserErrorCode::Taken,
        "input.serial",
        Text::new(
            "A unit with this serial number is registered already.",
            "该序列号已登记。",
        ),
    )
}
