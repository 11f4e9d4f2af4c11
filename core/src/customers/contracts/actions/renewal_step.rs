//! Working on a renewal: the customer was contacted, or doesn't go on (续约跟进、登记流失).

use chrono::NaiveDate;
use entity::enums::RenewalLoss;
use entity::renewal;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, Step, collectors, leave_renewal, stepped};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::customers::contracts::rules::renewals;
use crate::customers::contracts::store;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::today;
use crate::work::{Work, expect_version};

/// A talk about a renewal, or an attempt at one.
#[derive(Clone, Debug)]
pub struct RenewalContact {
    /// The renewal.
    pub step: Step,
    /// The day of it.
    pub contacted_on: NaiveDate,
    /// Did the customer answer?
    pub answered: bool,
    /// What was said.
    pub note: Option<String>,
}

/// A customer who doesn't go on.
#[derive(Clone, Debug)]
pub struct RenewalLose {
    /// The renewal.
    pub step: Step,
    /// Why.
    pub reason: RenewalLoss,
    /// What was said.
    pub note: Option<String>,
}

async fn to_work(work: &Work<'_>, step: Step) -> Result<renewal::Model> {
    let viewer = &work.call().viewer;
    let permission = Permission::RenewalWork;
    let row = to_change::<renewal::Entity>(work.tx(), viewer, permission, step.id).await?;
    expect_version(row.version, step.expected_version)?;
    Ok(row)
}

/// Notes that a customer was contacted about a renewal and returns its id.
///
/// # Errors
/// User errors about the values and the state; refusals of permission, reach and version.
pub async fn renewal_contact(app: &App, call: &Call, input: &RenewalContact) -> Result<Uuid> {
    call.viewer.require(Permission::RenewalWork)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_work(&work, input.step).await?;
    let state = stepped(&before, renewals::Step::Contact, "input.id")?;
    let mut checks = Checks::default();
    let day = input.contacted_on;
    checks.ensure(
        day <= today(call) && before.last_contacted_on.is_none_or(|last| last <= day),
        UserErrorCode::Invalid,
        "input.contactedOn",
        || {
            Text::new(
                "A talk is on the day of the last one or later, today at the latest.",
                "联系日期不得早于上次联系日期，且不晚于今天。",
            )
        },
    );
    checks.ensure(
        (today(call) - day).num_days() <= 366,
        UserErrorCode::Invalid,
        "input.contactedOn",
        || Text::new("A talk was within the last year.", "联系日期须在近一年内。"),
    );
    let note = checks.optional_body("input.note", input.note.as_deref(), BODY);
    checks.done()?;
    let id = before.id;
    let row = renewal::Model {
        state,
        attempts: before.attempts.saturating_add(1),
        last_contacted_on: Some(day),
        answered: input.answered,
        note: note.or(before.note),
        lost_reason: None,
        decided_on: None,
        collectors: None,
        ..before
    };
    let detail = json!({ "contactedOn": day, "answered": input.answered });
    store::save(work.tx(), row, call.at).await?;
    leave_renewal(&mut work, id, "customer.renewal.contact", detail);
    work.commit().await?;
    Ok(id)
}

/// Notes that a customer doesn't go on and returns the renewal's id.
///
/// # Errors
/// User errors about the values and the state; refusals of permission, reach and version.
pub async fn renewal_lose(app: &App, call: &Call, input: &RenewalLose) -> Result<Uuid> {
    call.viewer.require(Permission::RenewalWork)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_work(&work, input.step).await?;
    let state = stepped(&before, renewals::Step::Lose, "input.id")?;
    let mut checks = Checks::default();
    let note = checks.optional_body("input.note", input.note.as_deref(), BODY);
    checks.ensure(
        input.reason != RenewalLoss::Other || note.is_some(),
        UserErrorCode::Blank,
        "input.note",
        || Text::new("Say what the reason is.", "请说明具体原因。"),
    );
    checks.done()?;
    let id = before.id;
    let row = renewal::Model {
        state,
        note: note.or(before.note),
        lost_reason: Some(input.reason),
        decided_on: Some(today(call)),
        collectors: Some(collectors(&work, before.contract_id).await?),
        ..before
    };
    store::save(work.tx(), row, call.at).await?;
    let detail = json!({ "reason": input.reason });
    leave_renewal(&mut work, id, "customer.renewal.lose", detail);
    work.commit().await?;
    Ok(id)
}
