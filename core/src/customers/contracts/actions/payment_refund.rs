//! Recording that money went back, or putting an entry right (登记退款、冲正).

use chrono::NaiveDate;
use entity::enums::PaymentKind;
use entity::{contract, contract_payment};
use serde::Serialize;
use uuid::Uuid;

use super::common::BODY;
use super::payment_collect::{amounted, entry, record};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::customers::contracts::rules::credit::{Credit, of_refund};
use crate::customers::contracts::store;
use crate::error::{Result, Text, UserErrorCode};
use crate::money;
use crate::organisation::today;
use crate::work::{Once, Work};

/// Money that went back.
#[derive(Clone, Debug, Serialize)]
pub struct PaymentRefund {
    /// The collection that it takes back, as a whole or in part.
    pub payment_id: Uuid,
    /// How much, in minor units.
    pub amount: i64,
    /// The currency that the amount was written in; that of the contract.
    pub currency: String,
    /// The day of the payment.
    pub paid_on: NaiveDate,
    /// How the bank calls it, or the receipt.
    pub reference: Option<String>,
    /// Why.
    pub note: String,
}

/// Records a refund and returns the entry's id. Whoever is credited with the collection gives up their part.
///
/// # Errors
/// User errors about the values and the state; refusals of permission and reach.
pub async fn payment_refund(
    app: &App,
    call: &Call,
    input: &PaymentRefund,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::ContractPaymentRecord;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "contractPaymentRefund", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    // Locked: of two refunds at once the second one sees what the first has left.
    let collection = to_change::<contract_payment::Entity>(
        work.tx(),
        &call.viewer,
        permission,
        input.payment_id,
    )
    .await?;
    let contract =
        to_change::<contract::Entity>(work.tx(), &call.viewer, permission, collection.contract_id)
            .await?;
    let refunds = store::refunds_of(work.tx(), collection.id).await?;
    let mut checks = Checks::default();
    checks.ensure(
        collection.kind == PaymentKind::Collected,
        UserErrorCode::WrongState,
        "input.paymentId",
        || {
            Text::new(
                "A refund takes back a collection, not another refund; record a collection instead.",
                "只能对回款登记退款；如需冲回退款，请重新登记回款。",
            )
        },
    );
    amounted(&mut checks, &contract, input.amount, &input.currency);
    let gone: i64 = refunds.iter().map(|row| row.amount).sum();
    let left = collection.amount - gone;
    checks.ensure(
        input.amount <= left,
        UserErrorCode::RuleViolated,
        "input.amount.amount",
        || {
            let left = money::to_major(left, &collection.currency);
            Text::new(
                format!("Of this collection {left} are left to be refunded."),
                format!("该笔回款可退余额为 {left}。"),
            )
        },
    );
    checks.ensure(
        input.paid_on >= collection.paid_on && input.paid_on <= today(call),
        UserErrorCode::Invalid,
        "input.paidOn",
        || {
            Text::new(
                "Money goes back on the day on which it came or later, today at the latest.",
                "退款日期不得早于回款日期，且不晚于今天。",
            )
        },
    );
    let reference = checks.optional_text(
        "input.reference",
        input.reference.as_deref(),
        super::common::NUMBER,
    );
    let note = checks.body("input.note", &input.note, BODY);
    checks.done()?;
    let credits = given_up(&work, &collection, &refunds, input.amount).await?;
    let row = contract_payment::Model {
        kind: PaymentKind::Refunded,
        refunds_id: Some(collection.id),
        reference,
        note: Some(note),
        ..entry(&work, &contract, input.amount, input.paid_on)
    };
    let id = record(&mut work, row, &credits, "customer.payment.refund").await?;
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// What each member gives up of the collection.
async fn given_up(
    work: &Work<'_>,
    collection: &contract_payment::Model,
    refunds: &[contract_payment::Model],
    amount: i64,
) -> Result<Vec<Credit>> {
    let mut ids: Vec<Uuid> = refunds.iter().map(|row| row.id).collect();
    ids.push(collection.id);
    let mut credits = store::credits_of(work.tx(), &ids).await?;
    let collected = credits.remove(&collection.id).unwrap_or_default();
    let refunded: Vec<Credit> = credits.into_values().flatten().collect();
    Ok(of_refund(amount, &collected, &refunded))
}
