//! Recording money that came from a customer (登记回款).

use chrono::{NaiveDate, TimeDelta};
use entity::enums::PaymentKind;
use entity::{contract, contract_payment, payment_credit};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, NUMBER, leave_payment};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::customers::contracts::rules::credit::{Credit, of_collection};
use crate::customers::contracts::store;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::money;
use crate::organisation::today;
use crate::work::{Once, Work};

/// How long ago money may have come when it is recorded.
const LOOK_BACK: TimeDelta = TimeDelta::days(30 * 366);

/// Money that came.
#[derive(Clone, Debug, Serialize)]
pub struct PaymentCollect {
    /// For which contract.
    pub contract_id: Uuid,
    /// How much, in minor units of the contract's currency.
    pub amount: i64,
    /// The currency that the amount was written in; that of the contract.
    pub currency: String,
    /// The day of the payment.
    pub paid_on: NaiveDate,
    /// How the bank calls it, or the receipt.
    pub reference: Option<String>,
    /// What is said about it.
    pub note: Option<String>,
}

/// Records money that came and returns the entry's id. It is credited to the people of the contract as they are now.
///
/// # Errors
/// User errors about the values and the state; refusals of permission and reach.
pub async fn payment_collect(
    app: &App,
    call: &Call,
    input: &PaymentCollect,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::ContractPaymentRecord;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "contractPaymentCollect", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    // Locked: nobody changes the people meanwhile.
    let contract =
        to_change::<contract::Entity>(work.tx(), &call.viewer, permission, input.contract_id)
            .await?;
    let mut checks = Checks::default();
    amounted(&mut checks, &contract, input.amount, &input.currency);
    checks.ensure(
        input.paid_on <= today(call) && today(call) - input.paid_on <= LOOK_BACK,
        UserErrorCode::Invalid,
        "input.paidOn",
        || {
            Text::new(
                "Money came today at the latest, and within the last thirty years.",
                "回款日期不能晚于今天，且须在近三十年内。",
            )
        },
    );
    checks.ensure(
        contract.cancelled_on.is_none_or(|day| input.paid_on <= day),
        UserErrorCode::WrongState,
        "input.contractId",
        || {
            Text::new(
                "This contract was called off before; only money that came until then is recorded.",
                "该合同此前已取消，只能登记取消日及之前的回款。",
            )
        },
    );
    let reference = checks.optional_text("input.reference", input.reference.as_deref(), NUMBER);
    let note = checks.optional_body("input.note", input.note.as_deref(), BODY);
    checks.done()?;
    let people = store::shares_of(work.tx(), contract.id).await?;
    let credits = of_collection(input.amount, &people);
    let row = contract_payment::Model {
        kind: PaymentKind::Collected,
        refunds_id: None,
        reference,
        note,
        ..entry(&work, &contract, input.amount, input.paid_on)
    };
    let id = record(&mut work, row, &credits, "customer.payment.collect").await?;
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// The amount is one, in the currency of the contract.
pub(super) fn amounted(
    checks: &mut Checks,
    contract: &contract::Model,
    amount: i64,
    currency: &str,
) {
    checks.ensure(
        (1..=money::MOST).contains(&amount),
        UserErrorCode::Invalid,
        "input.amount.amount",
        || {
            Text::new(
                format!(
                    "The amount is above nought, at most {} minor units, with no more decimals than the currency has.",
                    money::MOST
                ),
                format!("金额须大于零，不超过 {} 个最小货币单位，小数位数不得超过该币种。", money::MOST),
            )
        },
    );
    checks.ensure(
        currency == contract.currency,
        UserErrorCode::Invalid,
        "input.amount.currency",
        || {
            Text::new(
                "Money is recorded in the currency of the contract.",
                "须使用合同币种。",
            )
        },
    );
}

/// An entry for a contract by whoever asks.
pub(super) fn entry(
    work: &Work<'_>,
    contract: &contract::Model,
    amount: i64,
    paid_on: NaiveDate,
) -> contract_payment::Model {
    let call = work.call();
    contract_payment::Model {
        id: new_id(call.at),
        contract_id: contract.id,
        customer_id: contract.customer_id,
        kind: PaymentKind::Collected,
        refunds_id: None,
        amount,
        currency: contract.currency.clone(),
        paid_on,
        reference: None,
        note: None,
        recorded_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        recorded_by_name: call.viewer.actor.name.clone(),
        created_at: call.at,
    }
}

/// Writes an entry with its credit.
pub(super) async fn record(
    work: &mut Work<'_>,
    row: contract_payment::Model,
    credits: &[Credit],
    action: &'static str,
) -> Result<Uuid> {
    let id = row.id;
    let parts: Vec<_> = credits
        .iter()
        .map(|one| json!({ "role": one.role, "member": one.member_id, "amount": one.amount }))
        .collect();
    let detail = json!({
        "contract": row.contract_id, "refunds": row.refunds_id, "amount": row.amount, "currency": row.currency,
        "paidOn": row.paid_on, "credits": parts,
    });
    store::insert(work.tx(), row).await?;
    for one in credits {
        let credit = payment_credit::Model {
            id: new_id(work.call().at),
            payment_id: id,
            role: one.role,
            member_id: one.member_id,
            share: one.share,
            amount: one.amount,
        };
        store::insert(work.tx(), credit).await?;
    }
    leave_payment(work, id, action, detail);
    Ok(id)
}
