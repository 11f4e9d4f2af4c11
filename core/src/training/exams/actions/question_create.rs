//! Writing a question (出题).

use entity::enums::{QuestionKind, QuestionState};
use entity::{exam_question, exam_question_version};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, QUESTION, between, code, trace};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::Result;
use crate::training::exams::rules::question::{Given, Made, make};
use crate::training::exams::store::insert;
use crate::work::{Once, Work};

/// The question to write.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionCreate {
    /// How it is answered.
    pub kind: QuestionKind,
    /// The topic.
    pub topic: String,
    /// What it asks and what is right.
    pub content: Content,
}

/// What a version of a question asks and what is right.
#[derive(Clone, Debug, Serialize)]
pub struct Content {
    /// How hard it is, 1 to 5.
    pub difficulty: i32,
    /// The question in English.
    pub text: String,
    /// The question in Chinese.
    pub text_zh: String,
    /// Options, number, words, criteria.
    pub given: Given,
    /// Why it is so.
    pub explanation: Option<String>,
}

/// Writes the draft of a question and returns its id.
///
/// # Errors
/// User errors about the values; refusal of permission.
pub async fn question_create(
    app: &App,
    call: &Call,
    input: &QuestionCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::ExamQuestionManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "examQuestionCreate", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let mut checks = Checks::default();
    let topic = code(&mut checks, "input.topic", &input.topic);
    let made = look_over(&mut checks, input.kind, &input.content);
    checks.done()?;
    let created_by = call.viewer.actor.id.unwrap_or(Uuid::nil());
    let question = exam_question::Model {
        id: new_id(call.at),
        kind: input.kind,
        topic,
        difficulty: input.content.difficulty,
        state: QuestionState::Draft,
        current: 1,
        created_by,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let (id, version) = (
        question.id,
        version(call, &question, &input.content, made, None)?,
    );
    let detail = json!({ "kind": question.kind, "topic": question.topic, "difficulty": question.difficulty });
    insert(work.tx(), question).await?;
    insert(work.tx(), version).await?;
    trace(
        &mut work,
        ("exam_question", id),
        "exam.question.create",
        detail,
    );
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Notes everything that is wrong with the content of a question.
pub(super) fn look_over(
    checks: &mut Checks,
    kind: QuestionKind,
    content: &Content,
) -> Option<Made> {
    between(checks, "input.difficulty", content.difficulty, (1, 5));
    checks.body("input.text", &content.text, QUESTION);
    checks.body("input.textZh", &content.text_zh, QUESTION);
    checks.optional_body("input.explanation", content.explanation.as_deref(), BODY);
    checks.taken(make(kind, &content.given))
}

/// The row of a version.
pub(super) fn version(
    call: &Call,
    question: &exam_question::Model,
    content: &Content,
    made: Option<Made>,
    note: Option<String>,
) -> Result<exam_question_version::Model> {
    let (options, key) = made.ok_or_else(|| crate::error::Error::internal("no key was made"))?;
    Ok(exam_question_version::Model {
        id: new_id(call.at),
        question_id: question.id,
        number: question.current,
        difficulty: content.difficulty,
        text: content.text.trim().to_owned(),
        text_zh: content.text_zh.trim().to_owned(),
        options: serde_json::to_value(options)?,
        key: serde_json::to_value(key)?,
        explanation: content
            .explanation
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned),
        note,
        created_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        created_at: call.at,
    })
}
