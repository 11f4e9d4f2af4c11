//! Withdrawing an appeal (撤回申诉).

use entity::appraisal_appeal;
use entity::enums::AppraisalAppealState;
use serde_json::json;
use uuid::Uuid;

use crate::access::{Call, Permission};
use crate::app::App;
use crate::appraisals::actions::common::{Step, only_the_member, to_work_on, trace};
use crate::appraisals::appeals::store;
use crate::appraisals::rules::stages::Deed;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::work::{Work, expect_version};

/// Withdraws an appeal that is open, and returns its id.
///
/// # Errors
/// A user error when it isn't open; refusals of permission, reach and version.
pub async fn appeal_withdraw(app: &App, call: &Call, step: Step) -> Result<Uuid> {
    let permission = Permission::AppraisalWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let appeal = super::decide::locked(&work, permission, step.id).await?;
    let (row, _) = to_work_on(&work, permission, appeal.appraisal_id, Deed::Answer).await?;
    only_the_member(call, &row)?;
    expect_version(appeal.version, step.expected_version)?;
    if appeal.state != AppraisalAppealState::Filed {
        return Err(closed().into());
    }
    let id = appeal.id;
    let appeal = appraisal_appeal::Model {
        state: AppraisalAppealState::Withdrawn,
        ..appeal
    };
    store::save(work.tx(), appeal, call.at).await?;
    let detail = json!({ "appeal": id });
    trace(&mut work, row.id, "appraisal.appeal.withdraw", detail);
    work.commit().await?;
    Ok(id)
}

/// The refusal of an appeal that isn't open any more.
pub(super) fn closed() -> UserError {
    let text = Text::new("This appeal isn't open any more.", "该申诉已结束。");
    UserError::new(UserErrorCode::WrongState, "input.id", text)
}
