//! Marking an answer that the rule can't mark (人工阅卷). Two assessors, neither of whom sees what the other gave; a third where
//! they differ too much.

use entity::enums::{ExamAttemptState, ExamMarkKind};
use entity::{exam_item, exam_mark};
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, me, trace};
use super::finish;
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::decimal::Decimal;
use crate::error::{ApiError, Result, Text, UserErrorCode};
use crate::training::exams::rules::grading::share;
use crate::training::exams::rules::marks::{Mark, Standing, settle};
use crate::training::exams::rules::question::{Criterion, Key};
use crate::training::exams::store::{self, Task};
use crate::work::Work;

/// The mark to give.
#[derive(Clone, Debug)]
pub struct ItemMark {
    /// The question on the paper.
    pub item_id: Uuid,
    /// Its points, where there are no criteria.
    pub points: Option<Decimal>,
    /// Points by criterion, in their order, where there are some.
    pub criteria: Option<Vec<Decimal>>,
    /// A remark.
    pub comment: Option<String>,
}

/// Answers that wait for whoever asks.
///
/// # Errors
/// When the database fails.
pub async fn grading_tasks(
    app: &App,
    call: &Call,
    exam_id: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Task>> {
    call.viewer.require(Permission::ExamGrade)?;
    match call.viewer.standing.member_id {
        Some(me) => store::tasks(app.db.reader(), me, (exam_id, None), limit).await,
        None => Ok(Vec::new()),
    }
}

/// Marks an answer and returns the question's id on the paper.
///
/// # Errors
/// User errors about the points; `NOT_FOUND` when it doesn't wait for this assessor.
pub async fn item_mark(app: &App, call: &Call, input: &ItemMark) -> Result<Uuid> {
    call.viewer.require(Permission::ExamGrade)?;
    let me = me(call)?;
    let mut work = Work::begin(&app.db, call).await?;
    let only = (None, Some(input.item_id));
    // Locked before it is looked at: of two assessors at once one is the first.
    let seen = store::tasks(work.tx(), me, only, 1).await?;
    let seen = seen.into_iter().next().ok_or_else(ApiError::not_found)?;
    let attempt = store::attempt_locked(work.tx(), seen.item.attempt_id).await?;
    let task = store::tasks(work.tx(), me, only, 1).await?;
    let task = task.into_iter().next().ok_or_else(ApiError::not_found)?;
    let mut checks = Checks::default();
    let key: Key = serde_json::from_value(task.version.key.clone())?;
    let points = given(&mut checks, &key, &task.item, input);
    let comment = checks.optional_body("input.comment", input.comment.as_deref(), BODY);
    checks.done()?;
    let item = task.item;
    let criteria = input.criteria.as_ref().map(|all| {
        let parts: Vec<i64> = all.iter().map(|points| points.0).collect();
        json!(parts)
    });
    let row = exam_mark::Model {
        id: new_id(call.at),
        item_id: item.id,
        slot: item.awaits,
        kind: ExamMarkKind::Assessor,
        assessor_id: Some(me),
        points,
        criteria,
        comment,
        created_at: call.at,
    };
    let slot = row.slot;
    store::insert_marks(work.tx(), vec![row]).await?;
    let exam = store::exam(work.tx(), attempt.exam_id).await?;
    let marks = store::marks_of(work.tx(), &[item.id]).await?;
    let marks: Vec<Mark> = marks.iter().map(mark).collect();
    let state = match settle(&marks, item.max_points, exam.third_percent) {
        Standing::Settled(points) => (0, Some(points)),
        Standing::Awaits(next) => (next, None),
    };
    store::put_points(work.tx(), item.id, state).await?;
    trace(
        &mut work,
        ("exam_attempt", attempt.id),
        "exam.item.mark",
        json!({ "item": item.id, "slot": slot }),
    );
    if state.0 == 0 && attempt.state == ExamAttemptState::HandedIn {
        let items = store::items_of(work.tx(), attempt.id).await?;
        finish::settle(&mut work, &exam, attempt, &items).await?;
    }
    work.commit().await?;
    Ok(input.item_id)
}

/// A row as the rule sees it.
pub(super) fn mark(row: &exam_mark::Model) -> Mark {
    Mark {
        slot: row.slot,
        points: row.points,
    }
}

/// The points that are given, within what can be had.
fn given(checks: &mut Checks, key: &Key, item: &exam_item::Model, input: &ItemMark) -> i64 {
    match (key, input.points, &input.criteria) {
        (Key::Criteria { criteria }, None, Some(given)) => {
            let fits = criteria.len() == given.len()
                && criteria
                    .iter()
                    .zip(given)
                    .all(|(one, points)| (0..=one.points).contains(&points.0));
            checks.ensure(fits, UserErrorCode::Invalid, "input.criteria", || {
                Text::new(
                    "Give points for every criterion, in their order, from 0 to what it is worth.",
                    "请按顺序为每项评分标准打分，范围为 0 至该项满分。",
                )
            });
            let sum = |points: i64| points.min(1_000_000_000_000);
            let all = criteria.iter().map(|one: &Criterion| one.points).sum();
            let had = if fits {
                given.iter().map(|points| sum(points.0)).sum()
            } else {
                0
            };
            share(item.max_points, had, all)
        }
        (Key::Words { .. }, Some(points), None) => {
            checks.ensure(
                (0..=item.max_points).contains(&points.0),
                UserErrorCode::Invalid,
                "input.points",
                || {
                    let most = Decimal(item.max_points);
                    Text::new(
                        format!("Give 0 to {most} points."),
                        format!("分数须在 0 到 {most} 之间。"),
                    )
                },
            );
            points.0
        }
        _ => {
            checks.add(
                UserErrorCode::Invalid,
                "input.points",
                Text::new(
                    "Give `points` where there are no criteria, and `criteria` where there are.",
                    "无评分标准时填写 points，有评分标准时填写 criteria。",
                ),
            );
            0
        }
    }
}
