//! Naming another reviewer (更换评价人).

use entity::{appraisal, member};
use serde_json::json;
use uuid::Uuid;

use crate::access::roles::grants_of_staff;
use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::appraisals::actions::common::{Step, never_oneself, to_work_on, trace};
use crate::appraisals::rules::stages::Deed;
use crate::appraisals::store;
use crate::check::Checks;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::{holds_on, today};
use crate::work::{Work, expect_version};

/// Another reviewer.
#[derive(Clone, Copy, Debug)]
pub struct ReviewerSet {
    /// The appraisal.
    pub step: Step,
    /// Who judges from now on.
    pub reviewer_id: Uuid,
}

/// Names another reviewer until the reviews end, and returns the cycle's id. Nobody chooses their own judge.
///
/// # Errors
/// User errors about the reviewer; refusals of permission, reach, stage and version.
pub async fn reviewer_set(app: &App, call: &Call, input: &ReviewerSet) -> Result<Uuid> {
    let permission = Permission::AppraisalManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    // Whoever reviews is named while plans are made and reviews written.
    let (before, cycle) = to_work_on(&work, permission, input.step.id, Deed::Plan).await?;
    never_oneself(call, &before)?;
    expect_version(before.version, input.step.expected_version)?;
    let field = "input.reviewerId";
    let (tx, viewer, id) = (work.tx(), &call.viewer, input.reviewer_id);
    let mut checks = Checks::default();
    checks.ensure(
        id != before.member_id,
        UserErrorCode::RuleViolated,
        field,
        || Text::new("Nobody judges themselves.", "不能评价本人。"),
    );
    let reviewer = find::<member::Entity>(tx, viewer, Permission::MemberRead, id).await?;
    if let Some(reviewer) = checks.found(field, reviewer) {
        let works = holds_on(reviewer.joined_on, reviewer.left_on, today(call));
        checks.ensure(works, UserErrorCode::RuleViolated, field, || {
            Text::new(
                "This member doesn't work here; name somebody who does.",
                "该成员不在职，请指定在职成员。",
            )
        });
        let held = grants_of_staff(tx, &[reviewer.id], call.at).await?;
        let may = held
            .get(&reviewer.id)
            .is_some_and(|grants| grants.has(Permission::AppraisalReview));
        // One reason is enough.
        let fits = !works || id == before.member_id || may;
        checks.ensure(fits, UserErrorCode::RuleViolated, field, || {
            Text::new(
                "No account of this member has appraisal.review: the review could never be handed in. Name somebody who may review, or give them a role that lets them.",
                "该成员的账号没有 appraisal.review 权限，无法提交评价；请指定有权评价的成员，或先授予相应角色。",
            )
        });
    }
    checks.done()?;
    if before.reviewer_id == Some(id) {
        return Ok(cycle.id);
    }
    let detail = json!({ "from": before.reviewer_id, "to": id });
    let row = appraisal::Model {
        reviewer_id: Some(id),
        ..before
    };
    let row = store::save(work.tx(), row, call.at).await?;
    trace(&mut work, row.id, "appraisal.reviewer_set", detail);
    work.commit().await?;
    Ok(cycle.id)
}
