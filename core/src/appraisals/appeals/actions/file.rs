//! Appealing against a result (提出申诉).

use entity::appraisal_appeal;
use entity::enums::AppraisalAppealState;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::in_time;
use crate::access::{Call, Permission};
use crate::app::App;
use crate::appraisals::actions::common::{BODY, only_the_member, to_work_on, trace};
use crate::appraisals::appeals::store;
use crate::appraisals::rules::stages::Deed;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::work::{Once, Work};

/// An appeal to file.
#[derive(Clone, Debug, Serialize)]
pub struct AppealFile {
    /// About which appraisal.
    pub appraisal_id: Uuid,
    /// Against which of its results, by number: the one that holds.
    pub number: i32,
    /// Why.
    pub grounds: String,
}

/// Files an appeal against the result that holds, and returns its id.
///
/// # Errors
/// User errors when one is open, this result was decided about, another one holds, or it is too late; refusals of permission and
/// reach.
pub async fn appeal_file(
    app: &App,
    call: &Call,
    input: &AppealFile,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::AppraisalWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "appraisalAppealFile", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let (row, cycle) = to_work_on(&work, permission, input.appraisal_id, Deed::Answer).await?;
    only_the_member(call, &row)?;
    in_time(call, cycle.appeal_until)?;
    let mut checks = Checks::default();
    let grounds = checks.body("input.grounds", &input.grounds, BODY);
    checks.ensure(
        row.result > 0 && input.number == row.result,
        UserErrorCode::WrongState,
        "input.number",
        || {
            Text::new(
                "This isn't the number of the result that holds; read it again.",
                "该编号不是当前有效结果，请重新查看。",
            )
        },
    );
    let there = store::of_appraisal(work.tx(), row.id).await?;
    let open = |one: &appraisal_appeal::Model| one.state == AppraisalAppealState::Filed;
    checks.ensure(
        !there.iter().any(open),
        UserErrorCode::WrongState,
        "input.id",
        || {
            Text::new(
                "An appeal is open already; withdraw it first, or wait for the decision.",
                "已有待裁定的申诉，请先撤回或等待裁定。",
            )
        },
    );
    let decided = |one: &appraisal_appeal::Model| {
        one.number == row.result
            && matches!(
                one.state,
                AppraisalAppealState::Upheld | AppraisalAppealState::Rejected
            )
    };
    checks.ensure(
        !there.iter().any(decided),
        UserErrorCode::RuleViolated,
        "input.id",
        || {
            Text::new(
                "An appeal against this result was decided.",
                "针对该结果的申诉已有裁定。",
            )
        },
    );
    checks.done()?;
    let appeal = appraisal_appeal::Model {
        id: new_id(call.at),
        appraisal_id: row.id,
        number: row.result,
        grounds,
        state: AppraisalAppealState::Filed,
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        decision: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = appeal.id;
    let detail = json!({ "appeal": id, "result": row.result });
    store::insert(work.tx(), appeal).await?;
    trace(&mut work, row.id, "appraisal.appeal.file", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}
