//! Taking note of a result (结果确认).

use entity::appraisal;
use serde_json::json;
use uuid::Uuid;

use crate::access::{Call, Permission};
use crate::app::App;
use crate::appraisals::actions::common::{BODY, Step, only_the_member, to_work_on, trace};
use crate::appraisals::rules::stages::Deed;
use crate::appraisals::store;
use crate::check::Checks;
use crate::error::{Result, Text, UserErrorCode};
use crate::work::{Work, expect_version};

/// A result to take note of.
#[derive(Clone, Debug)]
pub struct Acknowledge {
    /// The appraisal.
    pub step: Step,
    /// What the member says to it.
    pub comment: Option<String>,
}

/// Takes note of the result that holds, while it is out, and returns the appraisal's id. A further result is noted anew. The last
/// day says when that is due and bars nobody: an appeal that is upheld brings a further result afterwards.
///
/// # Errors
/// User errors when it was done, or there is no result; refusals of permission, reach, stage and version.
pub async fn acknowledge(app: &App, call: &Call, input: &Acknowledge) -> Result<Uuid> {
    let permission = Permission::AppraisalWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (row, _) = to_work_on(&work, permission, input.step.id, Deed::Answer).await?;
    only_the_member(call, &row)?;
    expect_version(row.version, input.step.expected_version)?;
    let mut checks = Checks::default();
    let comment = checks.optional_body("input.comment", input.comment.as_deref(), BODY);
    checks.ensure(
        row.acknowledged_at.is_none(),
        UserErrorCode::WrongState,
        "input.id",
        || Text::new("You have taken note of it already.", "您已确认该结果。"),
    );
    checks.ensure(
        row.result > 0,
        UserErrorCode::WrongState,
        "input.id",
        || Text::new("There is no result to take note of.", "尚无考核结果。"),
    );
    checks.done()?;
    let id = row.id;
    let detail = json!({ "result": row.result });
    let row = appraisal::Model {
        acknowledged_at: Some(call.at),
        acknowledgement: comment,
        ..row
    };
    store::note_on_result(work.tx(), &row).await?;
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, id, "appraisal.acknowledge", detail);
    work.commit().await?;
    Ok(id)
}
