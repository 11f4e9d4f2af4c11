//! Bringing a question into use, and retiring it (启用、停用题目).

use entity::exam_question;
use serde_json::json;
use uuid::Uuid;

use super::common::{Step, trace, wrong_state};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::error::Result;
use crate::training::exams::rules::life::{QuestionStep, question};
use crate::training::exams::store::save;
use crate::work::{Work, expect_version};

/// Takes a step with a question and returns its id.
///
/// # Errors
/// A user error when its state doesn't allow it; refusals of permission and version.
pub async fn question_step(app: &App, call: &Call, step: Step, what: QuestionStep) -> Result<Uuid> {
    let permission = Permission::ExamQuestionManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let seen =
        to_change::<exam_question::Entity>(work.tx(), &call.viewer, permission, step.id).await?;
    expect_version(seen.version, step.expected_version)?;
    let state = question(seen.state, what).ok_or_else(|| {
        wrong_state(
            "The question is in that state already, or can't come to it from here.",
            "题目已处于该状态或不能转入该状态。",
        )
    })?;
    let row = exam_question::Model { state, ..seen };
    save(work.tx(), row, call.at).await?;
    let action = match what {
        QuestionStep::Activate => "exam.question.activate",
        QuestionStep::Retire => "exam.question.retire",
    };
    trace(&mut work, ("exam_question", step.id), action, json!({}));
    work.commit().await?;
    Ok(step.id)
}
