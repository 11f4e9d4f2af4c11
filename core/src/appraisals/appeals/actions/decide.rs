//! Deciding about appeals (裁定申诉).

use std::collections::BTreeSet;

use entity::enums::{AppraisalAppealState, AppraisalResultCause};
use entity::{appraisal, appraisal_appeal};
use serde_json::json;
use uuid::Uuid;

use super::withdraw::closed;
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::appraisals::actions::common::{BODY, Step, put_result, trace, wrong_stage};
use crate::appraisals::appeals::rules::{Judge, Parties, corrected, involved};
use crate::appraisals::appeals::store;
use crate::appraisals::rules::scoring::Outcome;
use crate::appraisals::rules::stages::{Deed, allows};
use crate::appraisals::store::{
    content_of, current_result, cycle_of, locked as row_of, results_of,
};
use crate::check::Checks;
use crate::decimal::Decimal;
use crate::error::{Error, Result, Text, UserErrorCode};
use crate::work::{Work, expect_version};

/// A decision about an appeal.
#[derive(Clone, Debug)]
pub struct AppealDecide {
    /// Which one.
    pub step: Step,
    /// Is it right?
    pub upheld: bool,
    /// The score that holds from now on; needed when it is upheld.
    pub score: Option<Decimal>,
    /// In the words of who decides: why.
    pub decision: String,
}

/// An appeal that is about to change, locked.
pub(super) async fn locked(
    work: &Work<'_>,
    permission: Permission,
    id: Uuid,
) -> Result<appraisal_appeal::Model> {
    let viewer = &work.call().viewer;
    to_change::<appraisal_appeal::Entity>(work.tx(), viewer, permission, id).await
}

/// Decides about an appeal and returns its id. When it is upheld, a further result holds from now on; the one appealed against stays.
///
/// # Errors
/// User errors for whoever is involved, about the score, or when it isn't open; refusals of permission and version.
pub async fn appeal_decide(app: &App, call: &Call, input: &AppealDecide) -> Result<Uuid> {
    let permission = Permission::AppraisalAppealDecide;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let appeal = locked(&work, permission, input.step.id).await?;
    let row = row_of(work.tx(), appeal.appraisal_id).await?;
    let cycle = cycle_of(work.tx(), &row).await?;
    if !allows(cycle.stage, Deed::Answer) {
        return Err(wrong_stage(cycle.stage).into());
    }
    expect_version(appeal.version, input.step.expected_version)?;
    if appeal.state != AppraisalAppealState::Filed {
        return Err(closed().into());
    }
    let mut checks = Checks::default();
    impartial(&work, &mut checks, &row).await?;
    let decision = checks.body("input.decision", &input.decision, BODY);
    let outcome = judged(&work, &mut checks, &row, input).await?;
    checks.done()?;
    let id = appeal.id;
    let state = if outcome.is_some() {
        AppraisalAppealState::Upheld
    } else {
        AppraisalAppealState::Rejected
    };
    let appeal = appraisal_appeal::Model {
        state,
        decided_by: call.viewer.actor.id,
        decided_by_name: Some(call.viewer.actor.name.clone()),
        decided_at: Some(call.at),
        decision: Some(decision.clone()),
        ..appeal
    };
    store::save(work.tx(), appeal, call.at).await?;
    let about = row.id;
    if let Some(outcome) = outcome {
        let cause = (AppraisalResultCause::Appealed, Some(decision));
        put_result(&mut work, row, &outcome, cause).await?;
    }
    let detail = json!({ "appeal": id, "state": state });
    trace(&mut work, about, "appraisal.appeal.decide", detail);
    work.commit().await?;
    Ok(id)
}

async fn impartial(work: &Work<'_>, checks: &mut Checks, row: &appraisal::Model) -> Result<()> {
    let viewer = &work.call().viewer;
    let results = results_of(work.tx(), row.id).await?.into_iter();
    let parties = Parties {
        member: row.member_id,
        reviewer: row.reviewer_id,
        results: results.map(|one| (one.cause, one.made_by)).collect(),
    };
    let judge = Judge {
        user: viewer.actor.id,
        member: viewer.standing.member_id,
    };
    checks.ensure(
        !involved(judge, &parties),
        UserErrorCode::RuleViolated,
        "input.id",
        || {
            Text::new(
                "Somebody who isn't involved decides: not the member, not the reviewer, and nobody who made or changed a result of this appraisal.",
                "申诉须由未参与者裁定：被考核人、评价人以及确定或调整过该考核结果的人不得裁定。",
            )
        },
    );
    Ok(())
}

/// The outcome that the decision brings; none when the appeal is rejected or something is wrong.
async fn judged(
    work: &Work<'_>,
    checks: &mut Checks,
    row: &appraisal::Model,
    input: &AppealDecide,
) -> Result<Option<Outcome>> {
    checks.ensure(
        input.upheld || input.score.is_none(),
        UserErrorCode::Invalid,
        "input.score",
        || {
            Text::new(
                "A rejected appeal changes no score.",
                "驳回的申诉不改变得分。",
            )
        },
    );
    checks.ensure(
        !input.upheld || input.score.is_some(),
        UserErrorCode::Blank,
        "input.score",
        || {
            Text::new(
                "Say which score holds from now on.",
                "申诉成立时请填写新的得分。",
            )
        },
    );
    let Some(score) = input.score.filter(|_| input.upheld) else {
        return Ok(None);
    };
    let mut contents = content_of(work.tx(), BTreeSet::from([row.version_id])).await?;
    let content = contents
        .remove(&row.version_id)
        .ok_or_else(|| Error::internal("an appraisal without its template"))?;
    let current = current_result(work.tx(), row)
        .await?
        .ok_or_else(|| Error::internal("an appeal without a result"))?;
    let current: Outcome = serde_json::from_value(current.outcome)?;
    match corrected(&content, &current, score) {
        Ok(outcome) => Ok(Some(outcome)),
        Err(text) => {
            checks.add(UserErrorCode::Invalid, "input.score", text);
            Ok(None)
        }
    }
}
