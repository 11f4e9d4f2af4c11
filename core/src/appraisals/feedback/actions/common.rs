//! What the actions about feedback share.

use std::collections::BTreeSet;

use entity::enums::{AppraisalFeedbackSource, AppraisalRaterState};
use entity::{appraisal, appraisal_cycle, appraisal_rater};
use uuid::Uuid;

use crate::access::{Call, Permission};
use crate::appraisals::actions::common::wrong_stage;
use crate::appraisals::feedback::rules::form::Form;
use crate::appraisals::feedback::store;
use crate::appraisals::rules::stages::{Deed, allows};
use crate::appraisals::store::{content_of, cycle_of};
use crate::db::new_id;
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::work::Work;

/// The most raters of an appraisal, declined ones too.
pub const RATERS: usize = 40;

/// Is it the reviewer, who isn't the member?
pub fn is_reviewer(call: &Call, row: &appraisal::Model) -> bool {
    let me = call.viewer.standing.member_id;
    me.is_some() && me == row.reviewer_id && me != Some(row.member_id)
}

/// The form of an appraisal's template.
pub async fn form_of(work: &Work<'_>, row: &appraisal::Model) -> Result<Form> {
    let mut contents = content_of(work.tx(), BTreeSet::from([row.version_id])).await?;
    let form = contents.remove(&row.version_id).and_then(|c| Form::of(&c));
    form.ok_or_else(|| {
        let text = Text::new(
            "This template has no feedback in it.",
            "该模板未包含 360 度评价。",
        );
        UserError::new(UserErrorCode::RuleViolated, "input.id", text).into()
    })
}

/// A new row of a rater.
pub fn rater(
    call: &Call,
    appraisal: Uuid,
    (member, source): (Uuid, AppraisalFeedbackSource),
    state: AppraisalRaterState,
) -> appraisal_rater::Model {
    appraisal_rater::Model {
        id: new_id(call.at),
        appraisal_id: appraisal,
        member_id: member,
        source,
        state,
        proposed_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        reason: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    }
}

/// The member's own request, which needs no approval; none when the template doesn't ask for it or it is there.
pub fn own_view(
    call: &Call,
    row: &appraisal::Model,
    form: &Form,
    there: &[appraisal_rater::Model],
) -> Option<appraisal_rater::Model> {
    let source = AppraisalFeedbackSource::Own;
    let missing = !there.iter().any(|one| one.member_id == row.member_id);
    let who = (row.member_id, source);
    (form.asks(source) && missing).then(|| rater(call, row.id, who, AppraisalRaterState::Asked))
}

/// Asks the members of these new appraisals for their own view, where the template wants it: for whoever opens a cycle.
///
/// # Errors
/// When the database fails.
pub async fn ask_members(work: &Work<'_>, rows: &[appraisal::Model]) -> Result<()> {
    let versions = rows.iter().map(|row| row.version_id).collect();
    let contents = content_of(work.tx(), versions).await?;
    let own = rows.iter().filter_map(|row| {
        let form = Form::of(contents.get(&row.version_id)?)?;
        own_view(work.call(), row, &form, &[])
    });
    store::insert_raters(work.tx(), own.collect()).await
}

/// The viewer's own request, locked, with its appraisal and the cycle, which is held; in a stage in which feedback is given.
///
/// # Errors
/// `NOT_FOUND` when it isn't the viewer's; a user error about the stage.
pub async fn own_request(
    work: &Work<'_>,
    id: Uuid,
) -> Result<(
    appraisal_rater::Model,
    appraisal::Model,
    appraisal_cycle::Model,
)> {
    let viewer = &work.call().viewer;
    viewer.require(Permission::AppraisalFeedbackGive)?;
    let request = store::request(work.tx(), viewer, id).await?;
    let request = request.ok_or_else(ApiError::not_found)?;
    let row = store::row_of(work.tx(), &request).await?;
    let row = row.ok_or_else(ApiError::not_found)?;
    let cycle = cycle_of(work.tx(), &row).await?;
    if !allows(cycle.stage, Deed::GiveFeedback) {
        return Err(wrong_stage(cycle.stage).into());
    }
    Ok((request, row, cycle))
}

/// The refusal of a request that was answered or declined.
pub fn settled(state: AppraisalRaterState) -> UserError {
    let text = if state == AppraisalRaterState::Given {
        Text::new(
            "You have given your feedback. It can't be changed or taken back: nobody knows which one it is.",
            "您已提交评价，无法修改或撤回：系统不记录哪份评价属于谁。",
        )
    } else {
        Text::new("You have declined this request.", "您已谢绝该邀请。")
    };
    UserError::new(UserErrorCode::WrongState, "input.id", text)
}
