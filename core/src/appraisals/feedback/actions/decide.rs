//! Approving and declining proposed raters (审核评价人名单).

use entity::appraisal;
use entity::appraisal_rater;
use entity::enums::AppraisalRaterState;
use serde_json::json;
use uuid::Uuid;

use super::common::{RATERS, is_reviewer};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::appraisals::actions::common::{BODY, never_oneself, to_work_on, trace};
use crate::appraisals::feedback::store;
use crate::appraisals::rules::stages::Deed;
use crate::check::Checks;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::work::Work;

/// A decision about proposed raters.
#[derive(Clone, Debug)]
pub struct RatersDecide {
    /// Of which appraisal.
    pub appraisal_id: Uuid,
    /// Which of its raters.
    pub rater_ids: Vec<Uuid>,
    /// Are they asked?
    pub accept: bool,
    /// Why not; needed when they are declined.
    pub reason: Option<String>,
}

/// Approves or declines proposed raters and returns the appraisal's id: the reviewer does, or whoever runs the cycle, and nobody
/// about themselves. A decision holds: a rater who was asked stays asked, whether or not they answered.
///
/// # Errors
/// User errors when a rater isn't proposed; refusals of permission and reach.
pub async fn raters_decide(app: &App, call: &Call, input: &RatersDecide) -> Result<Uuid> {
    let seen = Permission::AppraisalRead;
    call.viewer.require(seen)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (row, _) = to_work_on(&work, seen, input.appraisal_id, Deed::NameRaters).await?;
    may_decide(call, &row)?;
    let there = store::of_appraisal(work.tx(), row.id).await?;
    let mut checks = Checks::default();
    let reason = checks.optional_body("input.reason", input.reason.as_deref(), BODY);
    checks.ensure(
        input.accept || reason.is_some(),
        UserErrorCode::Blank,
        "input.reason",
        || Text::new("Say why they aren't asked.", "不予邀请时请说明原因。"),
    );
    checks.ensure(
        (1..=RATERS).contains(&input.rater_ids.len()),
        UserErrorCode::Invalid,
        "input.raterIds",
        || {
            Text::new(
                format!("Decide on 1 to {RATERS} raters."),
                format!("每次审核 1 至 {RATERS} 人。"),
            )
        },
    );
    let mut decided: Vec<appraisal_rater::Model> = Vec::new();
    for (place, id) in input.rater_ids.iter().take(RATERS).enumerate() {
        let field = format!("input.raterIds.{place}");
        let rater = there.iter().find(|one| one.id == *id);
        let Some(rater) = checks.found(&field, rater) else {
            continue;
        };
        let twice = decided.iter().any(|one| one.id == *id);
        checks.ensure(
            rater.state == AppraisalRaterState::Proposed && !twice,
            UserErrorCode::WrongState,
            &field,
            || Text::new("This rater isn't proposed any more.", "该评价人已审核。"),
        );
        decided.push(rater.clone());
    }
    checks.done()?;
    let count = decided.len();
    for rater in decided {
        let rater = appraisal_rater::Model {
            state: if input.accept {
                AppraisalRaterState::Asked
            } else {
                AppraisalRaterState::Declined
            },
            reason: reason.clone().filter(|_| !input.accept),
            ..rater
        };
        store::save(work.tx(), rater, call.at).await?;
    }
    let detail = json!({ "raters": count, "accepted": input.accept });
    trace(&mut work, row.id, "appraisal.raters.decide", detail);
    work.commit().await?;
    Ok(row.id)
}

fn may_decide(call: &Call, row: &appraisal::Model) -> Result<()> {
    never_oneself(call, row)?;
    if is_reviewer(call, row) {
        return Ok(call.viewer.require(Permission::AppraisalReview)?);
    }
    if call.viewer.may(Permission::AppraisalManage) {
        return Ok(());
    }
    let text = Text::new(
        "The reviewer decides who is asked, or whoever runs the cycle.",
        "评价人名单由其评价人或考核组织者审核。",
    );
    Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into())
}
