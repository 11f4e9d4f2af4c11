//! Putting an award right by an entry of its own, with a reason and by two people (更正).

use entity::enums::{IncentiveCorrectionState, IncentiveReason, IncentiveRunState};
use entity::{incentive_award, incentive_correction};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, Step, actor, by_another, by_oneself, never_oneself, told, wrong_state};
use crate::access::{Call, Permission, Scoped, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{ApiError, Error, Result, Text, UserErrorCode};
use crate::ids::{Node, encode};
use crate::incentives::definitions::plain_kind;
use crate::incentives::rules::ledger::{Booking, booked_on};
use crate::incentives::runs::rules::booking::is_booked;
use crate::incentives::runs::rules::keys;
use crate::incentives::runs::work::{About, entry, share_anew};
use crate::incentives::runs::{CORRECTION_CHANGED, store};
use crate::organisation::today;
use crate::work::{Once, Work, expect_version};

/// The most minor units by which an award is corrected.
const MOST: i64 = 1_000_000_000_000;

/// A mistake.
#[derive(Clone, Debug, Serialize)]
pub struct Correct {
    /// In which award.
    pub award_id: Uuid,
    /// How much more is owed, or less when below nought, in minor units of the award's currency; none when it can't be written in
    /// them.
    pub amount: Option<i64>,
    /// In which currency that is said: the award's.
    pub currency: String,
    /// Why.
    pub reason: String,
}

/// Proposes a correction of a booked award, and returns its id. Somebody else decides.
///
/// # Errors
/// User errors about the values and for one's own award; refusals of permission and reach.
pub async fn correct(
    app: &App,
    call: &Call,
    input: &Correct,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::IncentiveRun)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work
        .once(idempotency_key, "incentiveCorrect", input)
        .await?;
    if let Once::Repeated(id) = once {
        return Ok(id);
    }
    let read = <incentive_award::Entity as Scoped>::READ;
    let award =
        find::<incentive_award::Entity>(work.tx(), &call.viewer, read, input.award_id).await?;
    let award = award.ok_or_else(ApiError::not_found)?;
    never_oneself(call, "input.awardId", award.member_id)?;
    let run = store::run(work.tx(), award.run_id).await?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", &input.reason, BODY);
    checks.ensure(
        run.state == IncentiveRunState::Approved && run.booked_at.is_some(),
        UserErrorCode::WrongState,
        "input.awardId",
        || Text::new("This award isn't booked yet.", "该奖励尚未入账。"),
    );
    checks.ensure(
        award.currency.is_some(),
        UserErrorCode::RuleViolated,
        "input.awardId",
        || Text::new("This award isn't money.", "该奖励不是金额。"),
    );
    checks.ensure(
        award.currency.is_none() || is_in_the_ledger(&award),
        UserErrorCode::RuleViolated,
        "input.awardId",
        || {
            Text::new(
                "This award isn't booked: payroll changes the pay by itself.",
                "该奖励不入台账，由薪酬直接调整。",
            )
        },
    );
    checks.ensure(
        award.currency.is_none() || award.currency.as_ref() == Some(&input.currency),
        UserErrorCode::Invalid,
        "input.amount",
        || Text::new("The award is in another currency.", "与奖励的币种不一致。"),
    );
    let amount = amount_of(&mut checks, input);
    checks.done()?;
    within_award(&work, &award, amount).await?;
    let row = incentive_correction::Model {
        id: new_id(call.at),
        award_id: award.id,
        member_id: award.member_id,
        amount,
        currency: award.currency.unwrap_or_default(),
        reason,
        state: IncentiveCorrectionState::Proposed,
        proposed_by: actor(call),
        proposed_by_name: call.viewer.actor.name.clone(),
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        decision: None,
        withdrawn_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    store::insert(work.tx(), row).await?;
    let names = ("incentive.correct", CORRECTION_CHANGED);
    told(&mut work, names, ("incentive_correction", id), json!({}));
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// How much that is in minor units.
fn amount_of(checks: &mut Checks, input: &Correct) -> i64 {
    checks.ensure(
        input.amount.is_some(),
        UserErrorCode::Invalid,
        "input.amount",
        || {
            Text::new(
                "That has more decimals than the currency, or is too much.",
                "金额的小数位超过该币种的最小单位，或金额过大。",
            )
        },
    );
    let amount = input.amount.unwrap_or_default();
    checks.ensure(
        input.amount.is_none() || amount != 0 && amount.unsigned_abs() <= MOST.unsigned_abs(),
        UserErrorCode::Invalid,
        "input.amount",
        || Text::new("Say how much more or less.", "请填写增减金额。"),
    );
    amount
}

/// Are awards of that kind booked at all?
fn is_in_the_ledger(award: &incentive_award::Model) -> bool {
    is_booked(plain_kind(award.kind), award.currency.as_deref())
}

/// Nothing may be left of an award that is below nought, given and corrected. What was taken back of it for refunds doesn't count: it
/// is shared anew by what is left.
async fn within_award(work: &Work<'_>, award: &incentive_award::Model, amount: i64) -> Result<()> {
    let net = store::net_of_awards(work.tx(), &[award.id]).await?;
    let of = |reason| net.get(&(award.id, reason)).copied().unwrap_or(0);
    let booked = of(IncentiveReason::Award);
    let left = booked
        .saturating_add(of(IncentiveReason::Correction))
        .saturating_add(amount);
    // A deduction is booked below nought, and stays there or at nought.
    let turned = booked < 0 && left > 0 || booked >= 0 && left < 0;
    let mut checks = Checks::default();
    checks.ensure(!turned, UserErrorCode::RuleViolated, "input.amount", || {
        Text::new(
            "That is more than is left of the award.",
            "超过该奖励的剩余金额。",
        )
    });
    checks.done()
}

/// A decision about a correction.
#[derive(Clone, Debug)]
pub struct CorrectionDecide {
    /// Which one.
    pub step: Step,
    /// Is it booked?
    pub approve: bool,
    /// In the words of who decides; needed when it isn't.
    pub note: Option<String>,
}

/// Decides about a correction, and returns its id; approved, it is booked at once.
///
/// # Errors
/// User errors for whoever proposed it or is concerned, and when it was decided; refusals of permission and version.
pub async fn correction_decide(app: &App, call: &Call, input: &CorrectionDecide) -> Result<Uuid> {
    let permission = Permission::IncentiveApprove;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let id = input.step.id;
    let row =
        to_change::<incentive_correction::Entity>(work.tx(), &call.viewer, permission, id).await?;
    expect_version(row.version, input.step.expected_version)?;
    if row.state != IncentiveCorrectionState::Proposed {
        return Err(wrong_state(
            "This correction was decided or withdrawn already.",
            "该更正已有决定或已撤回。",
        ));
    }
    by_another(call, row.proposed_by)?;
    never_oneself(call, "input.id", row.member_id)?;
    let mut checks = Checks::default();
    let decision = checks.optional_body("input.note", input.note.as_deref(), BODY);
    checks.ensure(
        input.approve || decision.is_some(),
        UserErrorCode::Blank,
        "input.note",
        || Text::new("Say why it isn't booked.", "未批准时请说明原因。"),
    );
    checks.done()?;
    if input.approve {
        // Two corrections of one award at once: the second one waits here.
        work.next("incentive_runs").await?;
        book(&mut work, &row).await?;
    }
    let (state, action) = if input.approve {
        let state = IncentiveCorrectionState::Approved;
        (state, "incentive.correction.approve")
    } else {
        let state = IncentiveCorrectionState::Declined;
        (state, "incentive.correction.decline")
    };
    let row = incentive_correction::Model {
        state,
        decided_by: Some(actor(call)),
        decided_by_name: Some(call.viewer.actor.name.clone()),
        decided_at: Some(call.at),
        decision,
        ..row
    };
    store::save(work.tx(), row, call.at).await?;
    let names = (action, CORRECTION_CHANGED);
    told(&mut work, names, ("incentive_correction", id), json!({}));
    work.commit().await?;
    Ok(id)
}

async fn book(work: &mut Work<'_>, row: &incentive_correction::Model) -> Result<()> {
    let award = store::award(work.tx(), row.award_id).await?;
    if !is_in_the_ledger(&award) {
        return Err(wrong_state("This award isn't booked.", "该奖励不入台账。"));
    }
    within_award(work, &award, row.amount).await?;
    let open = store::open_from(work.tx()).await?;
    let reference = encode(incentive_correction::Entity::PREFIX, row.id);
    let booking = Booking {
        rule: award.rule_id,
        member: row.member_id,
        currency: &row.currency,
        amount: row.amount.saturating_abs(),
        day: booked_on(today(work.call()), open),
        reference: &reference,
    };
    let transaction = booking
        .correction(row.amount > 0)
        .map_err(|refusal| Error::internal(format!("{refusal:?}")))?;
    let about = About {
        id: keys::transaction(row.id, &["correction"]),
        member: row.member_id,
        rule: Some(award.rule_id),
        award: Some(award.id),
        payout: None,
        line: None,
        note: Some(row.reason.clone()),
    };
    let entry = entry(&transaction, about, open, work.call())?;
    store::insert_new(work.tx(), vec![entry]).await?;
    share_anew(work, &award).await
}

/// Withdraws a correction that one has proposed and nobody has decided yet, and returns its id.
///
/// # Errors
/// User errors for one that somebody else proposed, and when it was decided or withdrawn; refusals of permission, reach and version.
pub async fn correction_withdraw(app: &App, call: &Call, step: Step) -> Result<Uuid> {
    let permission = Permission::IncentiveRun;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let id = step.id;
    let row =
        to_change::<incentive_correction::Entity>(work.tx(), &call.viewer, permission, id).await?;
    expect_version(row.version, step.expected_version)?;
    if row.state != IncentiveCorrectionState::Proposed {
        return Err(wrong_state(
            "This correction was decided or withdrawn already.",
            "该更正已有决定或已撤回。",
        ));
    }
    by_oneself(call, row.proposed_by)?;
    let row = incentive_correction::Model {
        state: IncentiveCorrectionState::Declined,
        withdrawn_at: Some(call.at),
        ..row
    };
    store::save(work.tx(), row, call.at).await?;
    let names = ("incentive.correction.withdraw", CORRECTION_CHANGED);
    told(&mut work, names, ("incentive_correction", id), json!({}));
    work.commit().await?;
    Ok(id)
}
