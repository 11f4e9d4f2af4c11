//! Appealing against a result (申诉).

use chrono::TimeDelta;
use entity::enums::ExamAppealState;
use entity::exam_appeal;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, trace, wrong_state};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::Result;
use crate::settings::{self, EXAM_APPEAL_DAYS};
use crate::training::exams::store::{self, Lock};
use crate::work::{Once, Work};

/// The appeal.
#[derive(Clone, Debug, Serialize)]
pub struct AppealFile {
    /// One's own attempt.
    pub attempt_id: Uuid,
    /// The question on its paper that it is about; none when it is about the whole.
    pub item_id: Option<Uuid>,
    /// Why.
    pub reason: String,
}

/// Files an appeal and returns its id.
///
/// # Errors
/// User errors when the result isn't published, the time for it is over or another one waits; `NOT_FOUND` when it isn't
/// one's own.
pub async fn appeal_file(
    app: &App,
    call: &Call,
    input: &AppealFile,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::ExamSit)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "examAppealFile", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let tx = work.tx();
    let attempt = store::own_attempt(tx, &call.viewer, input.attempt_id, Lock::Whole).await?;
    let days = settings::read(tx, &EXAM_APPEAL_DAYS).await?;
    let Some(published) = attempt.published_at else {
        return Err(wrong_state(
            "The result isn't published yet: wait for it.",
            "成绩尚未发布，请等待发布后再申诉。",
        )
        .into());
    };
    if call.at >= published + TimeDelta::days(days) {
        return Err(wrong_state(
            "The time for appeals is over; talk to whoever runs the exam.",
            "申诉期限已过，请联系考试负责人。",
        )
        .into());
    }
    if store::open_appeal(tx, attempt.id).await? {
        return Err(wrong_state(
            "An appeal of yours waits for its answer already.",
            "您已有待处理的申诉。",
        )
        .into());
    }
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", &input.reason, BODY);
    if let Some(item_id) = input.item_id {
        let items = store::items_of(tx, attempt.id).await?;
        let found = items.into_iter().find(|item| item.id == item_id);
        checks.found("input.itemId", found);
    }
    checks.done()?;
    let row = exam_appeal::Model {
        id: new_id(call.at),
        attempt_id: attempt.id,
        item_id: input.item_id,
        reason,
        state: ExamAppealState::Open,
        answer: None,
        decided_by: None,
        decided_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    store::insert(tx, row).await?;
    trace(
        &mut work,
        ("exam_attempt", attempt.id),
        "exam.appeal.file",
        json!({ "appeal": id }),
    );
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}
