//! Recording a contract (登记合同), with its people and its renewal to come; a renewal wins the one of the contract before it.

use chrono::{NaiveDate, TimeDelta};
use entity::enums::{ContractKind, ContractState, RenewalState};
use entity::{contract, customer, product, renewal};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{
    NUMBER, collectors, leave, leave_renewal, look_at_people, stepped, write_people,
};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::customers::contracts::rules::renewals::Step;
use crate::customers::contracts::rules::shares::Share;
use crate::customers::contracts::store;
use crate::db::new_id;
use crate::error::{Error, Result, Text, UserError, UserErrorCode};
use crate::money;
use crate::organisation::today;
use crate::work::{Once, Work};

/// The longest time of a contract.
const LONGEST: TimeDelta = TimeDelta::days(30 * 366);
/// How long ago a contract may have been signed when it is recorded, and how far its beginning may lie from that.
const LOOK_BACK: TimeDelta = TimeDelta::days(30 * 366);

/// A contract to record.
#[derive(Clone, Debug, Serialize)]
pub struct ContractCreate {
    /// Number on the paper.
    pub number: String,
    /// With which customer.
    pub customer_id: Uuid,
    /// About which product.
    pub product_id: Option<Uuid>,
    /// The contract that it renews; a new one without.
    pub renews_id: Option<Uuid>,
    /// What it is worth, in minor units.
    pub value: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// The day of the signature.
    pub signed_on: NaiveDate,
    /// The first day on which it holds.
    pub starts_on: NaiveDate,
    /// The first day on which it no longer holds.
    pub until: NaiveDate,
    /// Who stands behind it.
    pub people: Vec<Share>,
}

/// Records a contract and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission and reach.
pub async fn contract_create(
    app: &App,
    call: &Call,
    input: &ContractCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::ContractWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "contractCreate", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    // Locked: of two first contracts at once the second one is none.
    let customer =
        to_change::<customer::Entity>(work.tx(), &call.viewer, permission, input.customer_id)
            .await?;
    let mut checks = Checks::default();
    let number = checks.text("input.number", &input.number, NUMBER);
    timed(&mut checks, input, today(call));
    valued(&mut checks, input);
    about(&work, &mut checks, input).await?;
    look_at_people(&work, &mut checks, &input.people, &[], input.signed_on).await?;
    let before = renewed(&work, &mut checks, input).await?;
    checks.done()?;
    let won = match &before {
        Some(row) => Some(stepped(row, Step::Win, "input.renewsId")?),
        None => None,
    };
    let id = new_id(call.at);
    let row = contract::Model {
        id,
        number: number.clone(),
        customer_id: customer.id,
        product_id: input.product_id,
        kind: kind(input),
        renews_id: input.renews_id,
        is_first: !store::has_contract(work.tx(), customer.id).await?,
        province: customer.province,
        value: input.value,
        currency: input.currency.clone(),
        signed_on: input.signed_on,
        starts_on: input.starts_on,
        until: input.until,
        state: ContractState::Active,
        cancelled_on: None,
        reason: None,
        created_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    if !store::insert_contract(work.tx(), row).await? {
        return Err(taken().into());
    }
    write_people(&work, id, &input.people).await?;
    let to_come = upcoming(&work, id, input);
    let detail = json!({
        "number": number, "customer": input.customer_id, "product": input.product_id, "kind": kind(input),
        "renews": input.renews_id, "value": input.value, "currency": input.currency, "signedOn": input.signed_on,
        "startsOn": input.starts_on, "until": input.until, "people": input.people,
    });
    leave(&mut work, id, "customer.contract.create", detail);
    leave_renewal(
        &mut work,
        to_come.id,
        "customer.renewal.open",
        json!({ "contract": id, "dueOn": to_come.due_on }),
    );
    store::insert(work.tx(), to_come).await?;
    if let (Some(row), Some(state)) = (before, won) {
        win(&mut work, row, state, id).await?;
    }
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

const fn kind(input: &ContractCreate) -> ContractKind {
    match input.renews_id {
        Some(_) => ContractKind::Renewal,
        None => ContractKind::New,
    }
}

fn timed(checks: &mut Checks, input: &ContractCreate, today: NaiveDate) {
    checks.ensure(
        input.signed_on <= today && today - input.signed_on <= LOOK_BACK,
        UserErrorCode::Invalid,
        "input.signedOn",
        || {
            Text::new(
                "The day of the signature is today at the latest, and within the last thirty years.",
                "签订日期不能晚于今天，且须在近三十年内。",
            )
        },
    );
    checks.ensure(
        (input.starts_on - input.signed_on).abs() <= LOOK_BACK,
        UserErrorCode::Invalid,
        "input.startsOn",
        || {
            Text::new(
                "A contract begins within thirty years of its signature.",
                "开始日期与签订日期相差不得超过三十年。",
            )
        },
    );
    checks.ensure(
        input.until > input.starts_on && input.until - input.starts_on <= LONGEST,
        UserErrorCode::Invalid,
        "input.until",
        || {
            Text::new(
                "A contract ends after its first day, within thirty years.",
                "截止日期须晚于开始日期，且不超过三十年。",
            )
        },
    );
}

fn valued(checks: &mut Checks, input: &ContractCreate) {
    let known = money::decimals(&input.currency).is_some();
    checks.ensure(
        known,
        UserErrorCode::Invalid,
        "input.value.currency",
        || {
            Text::new(
                "This is no currency that is known here, such as CNY.",
                "不支持的币种，请使用 ISO 4217 代码，例如 CNY。",
            )
        },
    );
    checks.ensure(
        // Without a currency nothing can be said of its decimals.
        !known || (0..=money::MOST).contains(&input.value),
        UserErrorCode::Invalid,
        "input.value.amount",
        || {
            let most = money::to_major(money::MOST, &input.currency);
            Text::new(
                format!(
                    "The value isn't below nought, at most {most}, with no more decimals than the currency has."
                ),
                format!("金额不能为负，不超过 {most}，小数位数不得超过该币种。"),
            )
        },
    );
}

async fn about(work: &Work<'_>, checks: &mut Checks, input: &ContractCreate) -> Result<()> {
    if let Some(id) = input.product_id {
        let viewer = &work.call().viewer;
        let row = find::<product::Entity>(work.tx(), viewer, Permission::ProductRead, id).await?;
        checks.found("input.productId", row);
    }
    Ok(())
}

/// The renewal that the contract wins, if it renews one within reach and of the same customer.
async fn renewed(
    work: &Work<'_>,
    checks: &mut Checks,
    input: &ContractCreate,
) -> Result<Option<renewal::Model>> {
    let Some(id) = input.renews_id else {
        return Ok(None);
    };
    let (viewer, field) = (&work.call().viewer, "input.renewsId");
    let row = find::<contract::Entity>(work.tx(), viewer, Permission::ContractWrite, id).await?;
    let same = row.filter(|row| row.customer_id == input.customer_id);
    let Some(before) = checks.found(field, same) else {
        return Ok(None);
    };
    checks.ensure(
        input.starts_on > before.starts_on && input.until > before.until,
        UserErrorCode::Invalid,
        "input.startsOn",
        || {
            Text::new(
                "A renewal begins and ends after the contract that it renews.",
                "续约合同的开始和截止日期须晚于原合同。",
            )
        },
    );
    let row = store::lock_renewal_of(work.tx(), id).await?;
    row.map(Some)
        .ok_or_else(|| Error::internal(format!("the contract {id} has no renewal")))
}

/// The renewal that is due when the contract ends.
fn upcoming(work: &Work<'_>, contract: Uuid, input: &ContractCreate) -> renewal::Model {
    let at = work.call().at;
    renewal::Model {
        id: new_id(at),
        contract_id: contract,
        customer_id: input.customer_id,
        due_on: input.until,
        state: RenewalState::Due,
        attempts: 0,
        last_contacted_on: None,
        answered: false,
        note: None,
        new_contract_id: None,
        lost_reason: None,
        decided_on: None,
        collectors: None,
        version: 1,
        created_at: at,
        updated_at: at,
    }
}

async fn win(
    work: &mut Work<'_>,
    before: renewal::Model,
    state: RenewalState,
    contract: Uuid,
) -> Result<()> {
    let id = before.id;
    let row = renewal::Model {
        state,
        new_contract_id: Some(contract),
        lost_reason: None,
        decided_on: Some(today(work.call())),
        collectors: Some(collectors(work, before.contract_id).await?),
        ..before
    };
    store::save(work.tx(), row, work.call().at).await?;
    let detail = json!({ "newContract": contract });
    leave_renewal(work, id, "customer.renewal.win", detail);
    Ok(())
}

fn taken() -> UserError {
    UserError::new(
        UserErrorCode::Taken,
        "input.number",
        Text::new(
            "A contract with this number is recorded already.",
            "该合同编号已登记。",
        ),
    )
}
