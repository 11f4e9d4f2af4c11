//! Changing a result in a session (校准调整).

use entity::enums::AppraisalResultCause;
use entity::{appraisal, appraisal_calibration, appraisal_calibration_change};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

use super::session::closed;
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::appraisals::actions::common::{
    BODY, Step, never_oneself, put_result, to_work_on, trace,
};
use crate::appraisals::calibration::rules::Scope;
use crate::appraisals::calibration::store;
use crate::appraisals::rules::content::Content;
use crate::appraisals::rules::scoring::{Outcome, band_of, round};
use crate::appraisals::rules::stages::Deed;
use crate::appraisals::store::{content_of, current_result};
use crate::check::Checks;
use crate::db::new_id;
use crate::decimal::Decimal;
use crate::error::{Error, Result, Text, UserErrorCode};
use crate::work::{Work, expect_version};

/// A result to change.
#[derive(Clone, Debug)]
pub struct Calibrate {
    /// In which session.
    pub calibration_id: Uuid,
    /// The appraisal as it was seen.
    pub appraisal: Step,
    /// The score from now on.
    pub score: Decimal,
    /// Why.
    pub reason: String,
}

/// Changes a result of the session's group and returns the appraisal's id. The one before stays with what it followed from.
///
/// # Errors
/// User errors about the values, the session and the stage, and for one's own result; refusals of permission and version.
pub async fn calibrate(app: &App, call: &Call, input: &Calibrate) -> Result<Uuid> {
    let permission = Permission::AppraisalCalibrate;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let session = input.calibration_id;
    let session =
        to_change::<appraisal_calibration::Entity>(work.tx(), &call.viewer, permission, session)
            .await?;
    let (row, _) = to_work_on(&work, permission, input.appraisal.id, Deed::Calibrate).await?;
    never_oneself(call, &row)?;
    expect_version(row.version, input.appraisal.expected_version)?;
    if session.closed_at.is_some() {
        return Err(closed("input.calibrationId").into());
    }
    let content = content_of(work.tx(), BTreeSet::from([row.version_id])).await?;
    let content = content
        .get(&row.version_id)
        .ok_or_else(|| Error::internal("an appraisal without its template"))?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", &input.reason, BODY);
    checks.ensure(
        Scope::from(&session).holds(row.cycle_id, row.department_id, row.version_id),
        UserErrorCode::RuleViolated,
        "input.appraisalId",
        || {
            Text::new(
                "This appraisal isn't of the session's group.",
                "该考核不在本次校准范围内。",
            )
        },
    );
    scored(&mut checks, content, &row, input.score);
    let current = current_result(work.tx(), &row).await?;
    checks.ensure(
        current.is_some(),
        UserErrorCode::WrongState,
        "input.appraisalId",
        || {
            Text::new(
                "There is no result to change yet; see what keeps it from being computed.",
                "尚无可校准的结果，请先处理无法计算的原因。",
            )
        },
    );
    checks.done()?;
    let current = current.ok_or_else(|| Error::internal("a result that was there is gone"))?;
    let before: Outcome = serde_json::from_value(current.outcome)?;
    let outcome = Outcome {
        score: input.score,
        band: band_of(content, input.score).to_owned(),
        ..before
    };
    let change = appraisal_calibration_change::Model {
        id: new_id(call.at),
        calibration_id: session.id,
        appraisal_id: row.id,
        from_score: current.score,
        to_score: outcome.score.0,
        from_band: current.band,
        to_band: outcome.band.clone(),
        reason: reason.clone(),
        made_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        made_by_name: call.viewer.actor.name.clone(),
        created_at: call.at,
    };
    store::insert(work.tx(), change).await?;
    let cause = (AppraisalResultCause::Calibrated, Some(reason));
    let row = put_result(&mut work, row, &outcome, cause).await?;
    let detail = json!({ "calibration": session.id });
    trace(&mut work, row.id, "appraisal.calibrate", detail);
    work.commit().await?;
    Ok(row.id)
}

/// A score lies between 0 and the cap, is rounded as the template says, and is another one than before.
fn scored(checks: &mut Checks, content: &Content, row: &appraisal::Model, score: Decimal) {
    let field = "input.score";
    let cap = content.cap;
    checks.ensure(
        (Decimal(0)..=cap).contains(&score),
        UserErrorCode::Invalid,
        field,
        || {
            Text::new(
                format!("A score is 0 to {cap}, the cap of the template."),
                format!("得分须为 0 至 {cap}（模板上限）。"),
            )
        },
    );
    let decimals = content.rounding.decimals;
    checks.ensure(
        round(score, content.rounding) == score,
        UserErrorCode::Invalid,
        field,
        || {
            Text::new(
                format!("A score of this template has {decimals} decimals at most."),
                format!("该模板得分最多保留 {decimals} 位小数。"),
            )
        },
    );
    checks.ensure(
        row.score != Some(score.0),
        UserErrorCode::Invalid,
        field,
        || Text::new("This is the score that holds.", "与当前得分相同。"),
    );
}
