//! Beginning an attempt: the paper is drawn (开始考试).

use chrono::{DateTime, Utc};
use entity::enums::ExamAttemptState;
use entity::{exam, exam_attempt, exam_item};
use serde_json::json;
use uuid::Uuid;

use super::common::{earlier, me, terms, trace};
use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::db::new_id;
use crate::error::{ApiError, Error, Result, Text, UserError, UserErrorCode};
use crate::organisation::lock_members;
use crate::training::exams::rules::paper::{Cell, Entry, Shuffle, draw};
use crate::training::exams::rules::sitting::{Refusal, begin};
use crate::training::exams::{scope, store};
use crate::work::{Once, Work};

/// Begins an attempt at an exam and returns its id.
///
/// # Errors
/// User errors when the viewer may not sit it, or not now; refusals of permission; `NOT_FOUND`.
pub async fn attempt_start(
    app: &App,
    call: &Call,
    exam_id: Uuid,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let viewer = &call.viewer;
    viewer.require(Permission::ExamSit)?;
    let me = me(call)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "examAttemptStart", &exam_id);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    find::<exam::Entity>(work.tx(), viewer, Permission::ExamRead, exam_id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    // It isn't closed while somebody begins.
    let exam = store::exam_shared(work.tx(), exam_id).await?;
    // One member begins one attempt at a time.
    lock_members(work.tx(), [me]).await?;
    allowed(&work, &exam, me).await?;
    let before = store::attempts_of(work.tx(), exam_id, me).await?;
    let before: Vec<_> = before.iter().map(earlier).collect();
    let begin = begin(&terms(&exam), &before, call.at).map_err(refused)?;
    let pool = store::pool(work.tx(), exam_id, exam.pool).await?;
    let id = new_id(call.at);
    // The random half of the id is as good a seed as any, and is kept beside it.
    let seed = i64::from_be_bytes(id.as_u64_pair().1.to_be_bytes());
    let items = paper(
        &exam,
        serde_json::from_value(pool.entries)?,
        (id, seed),
        call.at,
    )?;
    let row = exam_attempt::Model {
        id,
        exam_id,
        member_id: me,
        number: begin.number,
        pool_id: pool.id,
        seed,
        state: ExamAttemptState::InProgress,
        started_at: call.at,
        deadline: begin.deadline,
        handed_in_at: None,
        handed_in_by: None,
        max_points: items.iter().map(|item| item.max_points).sum(),
        points: None,
        passed: None,
        graded_at: None,
        published_at: None,
        granted_id: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let detail = json!({ "exam": exam_id, "number": row.number, "deadline": row.deadline });
    store::insert(work.tx(), row).await?;
    store::insert_items(work.tx(), items).await?;
    trace(
        &mut work,
        ("exam_attempt", id),
        "exam.attempt.start",
        detail,
    );
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Who may sit: those for whom it is, unless they know what is right or mark it.
async fn allowed(work: &Work<'_>, exam: &exam::Model, me: Uuid) -> Result<()> {
    let viewer = &work.call().viewer;
    let refuse = |en: &'static str, zh: &'static str| -> Error {
        UserError::new(
            UserErrorCode::RuleViolated,
            "input.examId",
            Text::new(en, zh),
        )
        .into()
    };
    if viewer.may(Permission::ExamQuestionManage) {
        return Err(refuse(
            "Who keeps the question bank knows the answers, and doesn't sit exams.",
            "题库维护人员知晓答案，不能参加考试。",
        ));
    }
    if scope::runs(exam, &viewer.standing) || store::is_assessor(work.tx(), exam.id, me).await? {
        return Err(refuse(
            "Who runs or marks this exam doesn't sit it.",
            "本考试的负责人和阅卷人不能参加。",
        ));
    }
    if !exam.open_to_all && !store::is_candidate(work.tx(), exam.id, me).await? {
        return Err(refuse(
            "This exam is for those who are assigned to it; ask whoever runs it.",
            "本考试仅限指定人员参加，请联系考试负责人。",
        ));
    }
    Ok(())
}

fn paper(
    exam: &exam::Model,
    pool: Vec<Entry>,
    (attempt_id, seed): (Uuid, i64),
    at: DateTime<Utc>,
) -> Result<Vec<exam_item::Model>> {
    let blueprint: Vec<Cell> = serde_json::from_value(exam.blueprint.clone())?;
    let shuffle = Shuffle {
        questions: exam.shuffle_questions,
        options: exam.shuffle_options,
    };
    let drawn = draw(&blueprint, &pool, seed, shuffle)
        .map_err(|lack| Error::internal(format!("a frozen pool lacks questions: {lack:?}")))?;
    let mut position = 0;
    drawn
        .into_iter()
        .map(|one| {
            position += 1;
            let entry = &pool[one.entry];
            Ok(exam_item::Model {
                id: new_id(at),
                attempt_id,
                position,
                version_id: entry.version,
                max_points: blueprint[one.cell].points,
                option_order: serde_json::to_value(one.options)?,
                answer: None,
                sequence: 0,
                answered_at: None,
                by_hand: entry.by_hand,
                awaits: 0,
                points: None,
            })
        })
        .collect()
}

fn refused(refusal: Refusal) -> UserError {
    let at = |moment: DateTime<Utc>| moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let text = match refusal {
        Refusal::NotOn => Text::new("This exam isn't on.", "考试未启用或已结束。"),
        Refusal::NotYet(moment) => Text::new(
            format!("This exam opens at {}.", at(moment)),
            format!("考试于 {} 开放。", at(moment)),
        ),
        Refusal::Over => Text::new("The window of this exam is over.", "考试时间已过。"),
        Refusal::Running => Text::new(
            "An attempt of yours is running: go on with that one.",
            "您有正在进行的作答，请继续完成。",
        ),
        Refusal::NoneLeft => Text::new("You have no attempts left.", "您的考试次数已用完。"),
        Refusal::Wait(moment) => Text::new(
            format!("Your next attempt may begin at {}.", at(moment)),
            format!("下一次考试须在 {} 之后开始。", at(moment)),
        ),
    };
    UserError::new(UserErrorCode::WrongState, "input.examId", text)
}
