//! Approving, applying and cancelling plans (批准、实施、取消方案).

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::enums::ReorganisationState;
use entity::reorganisation;
use serde_json::{Value, json};
use uuid::Uuid;

use super::play::{mistakes, play, refusal, told};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::audit;
use crate::check::Checks;
use crate::clock;
use crate::db::Db;
use crate::error::{Error, Result, Text, UserErrorCode};
use crate::events::Event;
use crate::organisation::reorganisation::rules::{Step, next};
use crate::organisation::reorganisation::store;
use crate::organisation::today;
use crate::work::{Work, expect_version};

/// The event that a plan was written, approved, applied or given up; `entity_id` is the plan.
const REORGANISATION_CHANGED: &str = "reorganisation.changed";
/// The most characters of why.
const BODY: usize = 2_000;

/// Which plan takes a step.
#[derive(Clone, Copy, Debug)]
pub struct ReorganisationStep {
    /// The plan.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
}

/// Approves a draft whose changes fit, and returns its id: the worker applies it on its day.
///
/// # Errors
/// The mistakes of the changes; refusals of permission, state and version.
pub async fn reorganisation_approve(
    app: &App,
    call: &Call,
    step: ReorganisationStep,
) -> Result<Uuid> {
    let (row, state) = {
        // Played and forgotten: only what fits is approved.
        let (mut trial, row, state) = begin(app, call, step, Step::Approve).await?;
        if row.takes_effect_on < today(call) {
            return Err(refusal(
                UserErrorCode::RuleViolated,
                "input.id",
                Text::new(
                    format!("Its day, {}, is over; revise it.", row.takes_effect_on),
                    format!("方案日期 {} 已过，请修订。", row.takes_effect_on),
                ),
            ));
        }
        play(&mut trial, row.id, row.takes_effect_on).await?;
        (row, state)
    };
    let (mut work, again, _) = begin(app, call, step, Step::Approve).await?;
    expect_version(again.version, row.version)?;
    let approved = reorganisation::Model {
        state,
        approved_by: call.viewer.actor.id,
        approved_at: Some(call.at),
        ..again
    };
    store::save(work.tx(), approved, call.at).await?;
    trace(&mut work, step.id, "reorganisation.approve", json!({}));
    work.commit().await?;
    Ok(step.id)
}

/// Applies an approved plan whose day has come, and returns its id.
///
/// # Errors
/// The mistakes of the changes; refusals of permission, state and version.
pub async fn reorganisation_apply(
    app: &App,
    call: &Call,
    step: ReorganisationStep,
) -> Result<Uuid> {
    let (mut work, row, state) = begin(app, call, step, Step::Apply).await?;
    let day = today(call);
    if day < row.takes_effect_on {
        return Err(refusal(
            UserErrorCode::RuleViolated,
            "input.id",
            Text::new(
                format!(
                    "It takes effect on {}; until then it only can be cancelled.",
                    row.takes_effect_on
                ),
                format!("方案于 {} 生效，此前仅可取消。", row.takes_effect_on),
            ),
        ));
    }
    play(&mut work, row.id, day).await?;
    conclude(&mut work, row, state, call.at).await?;
    work.commit().await?;
    Ok(step.id)
}

async fn conclude(
    work: &mut Work<'_>,
    row: reorganisation::Model,
    state: ReorganisationState,
    at: DateTime<Utc>,
) -> Result<()> {
    let id = row.id;
    let applied = reorganisation::Model {
        state,
        applied_at: Some(at),
        ..row
    };
    store::save(work.tx(), applied, at).await?;
    trace(work, id, "reorganisation.apply", json!({}));
    Ok(())
}

/// Gives a plan up, and returns its id.
///
/// # Errors
/// User errors about the reason; refusals of permission, state and version.
pub async fn reorganisation_cancel(
    app: &App,
    call: &Call,
    step: ReorganisationStep,
    reason: &str,
) -> Result<Uuid> {
    let (mut work, row, state) = begin(app, call, step, Step::Cancel).await?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", reason, BODY);
    checks.done()?;
    let detail = json!({ "reason": reason });
    let cancelled = reorganisation::Model {
        state,
        ended_reason: Some(reason),
        ..row
    };
    store::save(work.tx(), cancelled, call.at).await?;
    trace(&mut work, step.id, "reorganisation.cancel", detail);
    work.commit().await?;
    Ok(step.id)
}

/// The plan and the state that the step leads to, under the lock of the organisation.
async fn begin<'c>(
    app: &App,
    call: &'c Call,
    step: ReorganisationStep,
    by: Step,
) -> Result<(Work<'c>, reorganisation::Model, ReorganisationState)> {
    let permission = Permission::OrganisationManage;
    call.viewer.require(permission)?;
    let work = Work::begin(&app.db, call).await?;
    work.raise_epoch().await?;
    let row =
        to_change::<reorganisation::Entity>(work.tx(), &call.viewer, permission, step.id).await?;
    expect_version(row.version, step.expected_version)?;
    let state = next(row.state, by).ok_or_else(|| ended(row.state))?;
    Ok((work, row, state))
}

/// The mistake of a step that isn't possible in this state.
pub(super) fn ended(state: ReorganisationState) -> Error {
    let text = match state {
        ReorganisationState::Draft => Text::new(
            "This plan is a draft; approve it first.",
            "该方案为草拟状态，请先批准。",
        ),
        ReorganisationState::Approved => Text::new(
            "This plan is approved and is applied on its day; cancel it and write another one.",
            "该方案已批准，将按日期生效；如需更改，请取消后另拟方案。",
        ),
        _ => Text::new(
            "This plan has ended; write another one.",
            "该方案已结束，请另拟方案。",
        ),
    };
    refusal(UserErrorCode::WrongState, "input.id", text)
}

/// Audit and event of a step.
pub(super) fn trace(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: Value) {
    work.audit(audit::Entry {
        action,
        entity_type: "reorganisation",
        entity_id: Some(id),
        detail,
    });
    let detail = json!({ "action": action });
    let event = Event::new(work.call().at, REORGANISATION_CHANGED, id, detail);
    work.emit(event);
}

/// The worker's round: applies the approved plans whose day has come in the organisation's time zone. Each is one transaction
/// that begins by looking whether it is still to be applied, so a round can be repeated by anybody. Says how many were.
///
/// # Errors
/// When the database fails. A plan that doesn't fit any more fails, and says why.
pub async fn round(db: &Db, zone: Tz, at: DateTime<Utc>) -> Result<usize> {
    let day = clock::day(at, zone);
    let mut applied = 0;
    for plan in store::due(db.reader(), day).await? {
        let mut call = Call::system(at, "reorganisation");
        // The server's own day is that of the organisation here, not that of UTC.
        let mut standing = (*call.viewer.standing).clone();
        standing.day = Some(day);
        call.viewer.standing = std::sync::Arc::new(standing);
        let mut work = Work::begin(db, &call).await?;
        work.raise_epoch().await?;
        let row = store::lock(work.tx(), plan.id).await?;
        let Some((row, state)) = row.and_then(|row| {
            let state = next(row.state, Step::Apply)?;
            Some((row, state))
        }) else {
            continue;
        };
        match play(&mut work, row.id, day).await {
            Ok(()) => {
                conclude(&mut work, row, state, at).await?;
                work.commit().await?;
                applied += 1;
            }
            Err(error) => {
                drop(work);
                fail(db, &call, plan.id, &told(&mistakes(error)?)).await?;
            }
        }
    }
    Ok(applied)
}

async fn fail(db: &Db, call: &Call, id: Uuid, why: &str) -> Result<()> {
    let mut work = Work::begin(db, call).await?;
    let row = store::lock(work.tx(), id).await?;
    if let Some(row) = row
        && let Some(state) = next(row.state, Step::Fail)
    {
        let failed = reorganisation::Model {
            state,
            ended_reason: Some(why.to_owned()),
            ..row
        };
        store::save(work.tx(), failed, call.at).await?;
        trace(&mut work, id, "reorganisation.fail", json!({ "why": why }));
        work.commit().await?;
        tracing::warn!(plan = %id, why, "a planned reorganisation doesn't fit any more");
    }
    Ok(())
}
