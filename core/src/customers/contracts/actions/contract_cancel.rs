//! Calling a contract off (取消合同): nothing is left to renew, and what it renewed is open again.

use chrono::NaiveDate;
use entity::enums::{ContractState, RenewalState};
use entity::{contract, renewal};
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, Step, contract_to_change, leave, leave_renewal};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::customers::contracts::rules::renewals::{self, after};
use crate::customers::contracts::store;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::today;
use crate::work::Work;

/// A contract to call off.
#[derive(Clone, Debug)]
pub struct ContractCancel {
    /// The contract.
    pub step: Step,
    /// From which day on it no longer holds.
    pub cancelled_on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// Calls a contract off and returns its id. Money that was collected stays; refunds are recorded apart.
///
/// # Errors
/// User errors about the values and the state; refusals of permission, reach and version.
pub async fn contract_cancel(app: &App, call: &Call, input: &ContractCancel) -> Result<Uuid> {
    call.viewer.require(Permission::ContractWrite)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = contract_to_change(&work, input.step).await?;
    let mut checks = Checks::default();
    checks.ensure(
        before.state == ContractState::Active,
        UserErrorCode::WrongState,
        "input.id",
        || Text::new("This contract is called off already.", "该合同已取消。"),
    );
    checks.ensure(
        input.cancelled_on >= before.signed_on && input.cancelled_on <= today(call),
        UserErrorCode::Invalid,
        "input.cancelledOn",
        || {
            Text::new(
                "A contract is called off on the day of its signature or later, today at the latest.",
                "取消日期不得早于签订日期，且不晚于今天。",
            )
        },
    );
    let reason = checks.body("input.reason", &input.reason, BODY);
    checks.done()?;
    let id = before.id;
    let row = contract::Model {
        state: ContractState::Cancelled,
        cancelled_on: Some(input.cancelled_on),
        reason: Some(reason),
        ..before
    };
    let renews = row.renews_id;
    store::save(work.tx(), row, call.at).await?;
    let detail = json!({ "cancelledOn": input.cancelled_on });
    leave(&mut work, id, "customer.contract.cancel", detail);
    if let Some(row) = store::lock_renewal_of(work.tx(), id).await? {
        void(&mut work, row).await?;
    }
    if renews.is_some()
        && let Some(row) = store::renewal_won_by(work.tx(), id).await?
    {
        take_back(&mut work, row).await?;
    }
    work.commit().await?;
    Ok(id)
}

/// There is nothing to renew any more, unless that was decided already.
async fn void(work: &mut Work<'_>, before: renewal::Model) -> Result<()> {
    let state = after(before.state, renewals::Step::Void);
    let Some(state) = state.filter(|_| renewals::is_open(before.state)) else {
        return Ok(());
    };
    let id = before.id;
    let row = renewal::Model {
        state,
        decided_on: Some(today(work.call())),
        ..before
    };
    store::save(work.tx(), row, work.call().at).await?;
    leave_renewal(work, id, "customer.renewal.void", json!({}));
    Ok(())
}

/// The contract that won it is gone: it is open again, or void when the contract before is called off too.
async fn take_back(work: &mut Work<'_>, before: renewal::Model) -> Result<()> {
    let gone = store::is_cancelled(work.tx(), before.contract_id).await?;
    let step = if gone {
        renewals::Step::Void
    } else {
        renewals::Step::TakeBack
    };
    let Some(state) = after(before.state, step) else {
        return Ok(());
    };
    let id = before.id;
    let row = renewal::Model {
        state,
        new_contract_id: None,
        decided_on: (state == RenewalState::Void).then(|| today(work.call())),
        collectors: None,
        ..before
    };
    store::save(work.tx(), row, work.call().at).await?;
    leave_renewal(work, id, "customer.renewal.take_back", json!({}));
    Ok(())
}
