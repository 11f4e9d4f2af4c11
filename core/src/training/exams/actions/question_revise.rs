//! Writing a new version of a question (修订题目). The one before stays as it is, for the papers that have it.

use entity::exam_question;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, trace};
use super::question_create::{Content, look_over, version};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::error::Result;
use crate::training::exams::store::{insert, save};
use crate::work::{Work, expect_version};

/// The new version.
#[derive(Clone, Debug)]
pub struct QuestionRevise {
    /// The question.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// What it asks now.
    pub content: Content,
    /// What changed.
    pub note: String,
}

/// Writes a new version and returns the question's id.
///
/// # Errors
/// User errors about the values; refusals of permission and version.
pub async fn question_revise(app: &App, call: &Call, input: &QuestionRevise) -> Result<Uuid> {
    let permission = Permission::ExamQuestionManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let seen =
        to_change::<exam_question::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(seen.version, input.expected_version)?;
    let mut checks = Checks::default();
    let made = look_over(&mut checks, seen.kind, &input.content);
    let note = checks.body("input.note", &input.note, BODY);
    checks.done()?;
    let id = seen.id;
    let question = exam_question::Model {
        current: seen.current + 1,
        difficulty: input.content.difficulty,
        ..seen
    };
    let row = version(call, &question, &input.content, made, Some(note))?;
    let detail = json!({ "number": question.current, "difficulty": question.difficulty });
    insert(work.tx(), row).await?;
    save(work.tx(), question, call.at).await?;
    trace(
        &mut work,
        ("exam_question", id),
        "exam.question.revise",
        detail,
    );
    work.commit().await?;
    Ok(id)
}
