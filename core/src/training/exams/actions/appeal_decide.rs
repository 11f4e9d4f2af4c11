//! Deciding an appeal: the marks stay, or some are given anew with a reason (处理申诉). What was given before is kept.

use std::collections::HashMap;

use entity::enums::{ExamAppealState, ExamMarkKind};
use entity::{exam_appeal, exam_attempt, exam_item, exam_mark};
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, to_run, trace, wrong_state};
use super::finish;
use super::item_mark::mark;
use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::decimal::Decimal;
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::training::exams::rules::marks::{Mark, REGRADE, Standing, settle};
use crate::training::exams::store;
use crate::work::{Work, expect_version};

/// What is decided.
#[derive(Clone, Debug)]
pub struct AppealDecide {
    /// The appeal.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// New marks; none when the marks stay.
    pub marks: Vec<(Uuid, Decimal)>,
    /// Why.
    pub answer: String,
}

/// Decides an appeal and returns its id.
///
/// # Errors
/// User errors about the marks, and when somebody would decide about themselves or what they marked; refusals of permission,
/// reach and version.
pub async fn appeal_decide(app: &App, call: &Call, input: &AppealDecide) -> Result<Uuid> {
    call.viewer.require(Permission::ExamManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let viewer = &call.viewer;
    let seen = find::<exam_appeal::Entity>(work.tx(), viewer, Permission::ExamResultRead, input.id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let attempt = store::attempt_row(work.tx(), seen.attempt_id).await?;
    let exam = to_run(&work, attempt.exam_id).await?;
    let attempt = store::attempt_locked(work.tx(), seen.attempt_id).await?;
    let appeal = store::appeal_locked(work.tx(), seen.id).await?;
    expect_version(appeal.version, input.expected_version)?;
    if appeal.state != ExamAppealState::Open {
        return Err(wrong_state("This appeal is decided already.", "该申诉已处理。").into());
    }
    let items = store::items_of(work.tx(), attempt.id).await?;
    not_about_themselves(&work, &attempt, &items).await?;
    let mut checks = Checks::default();
    let answer = checks.body("input.answer", &input.answer, BODY);
    let items = anew(&mut checks, items, &input.marks);
    checks.done()?;
    let items = give(&work, &exam, items, &input.marks, &answer).await?;
    let state = if input.marks.is_empty() {
        ExamAppealState::Rejected
    } else {
        ExamAppealState::Upheld
    };
    let row = exam_appeal::Model {
        state,
        answer: Some(answer),
        decided_by: call.viewer.actor.id,
        decided_at: Some(call.at),
        ..appeal
    };
    let (id, attempt_id) = (row.id, attempt.id);
    store::save(work.tx(), row, call.at).await?;
    let anew: Vec<Uuid> = input.marks.iter().map(|(item, _)| *item).collect();
    trace(
        &mut work,
        ("exam_attempt", attempt_id),
        "exam.appeal.decide",
        json!({ "appeal": id, "state": state, "items": anew }),
    );
    if state == ExamAppealState::Upheld {
        finish::settle(&mut work, &exam, attempt, &items).await?;
    }
    work.commit().await?;
    Ok(id)
}

async fn not_about_themselves(
    work: &Work<'_>,
    attempt: &exam_attempt::Model,
    items: &[exam_item::Model],
) -> Result<()> {
    let Some(me) = work.call().viewer.standing.member_id else {
        return Ok(());
    };
    let ids: Vec<Uuid> = items.iter().map(|item| item.id).collect();
    if me == attempt.member_id || store::has_marked(work.tx(), &ids, me).await? {
        let text = Text::new(
            "Nobody decides about their own attempt or about what they marked: somebody else has to.",
            "不能处理本人的或本人评阅过的作答，须由他人处理。",
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into());
    }
    Ok(())
}

/// Notes what is wrong with new marks.
fn anew(
    checks: &mut Checks,
    items: Vec<exam_item::Model>,
    marks: &[(Uuid, Decimal)],
) -> Vec<exam_item::Model> {
    for (place, (id, points)) in marks.iter().enumerate() {
        let field = |part: &str| format!("input.marks.{place}.{part}");
        let item = items.iter().find(|item| item.id == *id);
        let once = marks.iter().filter(|(other, _)| other == id).count() == 1;
        checks.ensure(once, UserErrorCode::Invalid, &field("itemId"), || {
            Text::new("Name each question once.", "每题只能出现一次。")
        });
        if let Some(item) = checks.found(&field("itemId"), item) {
            checks.ensure(
                (0..=item.max_points).contains(&points.0),
                UserErrorCode::Invalid,
                &field("points"),
                || {
                    let most = Decimal(item.max_points);
                    Text::new(
                        format!("Give 0 to {most} points."),
                        format!("分数须在 0 到 {most} 之间。"),
                    )
                },
            );
        }
    }
    items
}

/// Adds the new marks and settles their questions by them.
async fn give(
    work: &Work<'_>,
    exam: &entity::exam::Model,
    mut items: Vec<exam_item::Model>,
    marks: &[(Uuid, Decimal)],
    reason: &str,
) -> Result<Vec<exam_item::Model>> {
    let call = work.call();
    let ids: Vec<Uuid> = marks.iter().map(|(item, _)| *item).collect();
    let mut of: HashMap<Uuid, Vec<Mark>> = HashMap::new();
    for row in store::marks_of(work.tx(), &ids).await? {
        of.entry(row.item_id).or_default().push(mark(&row));
    }
    let mut rows = Vec::new();
    for (item_id, points) in marks {
        let before = of.entry(*item_id).or_default();
        let last = before.iter().map(|mark| mark.slot).max().unwrap_or(0);
        let slot = (last + 1).max(REGRADE);
        before.push(Mark {
            slot,
            points: points.0,
        });
        rows.push(exam_mark::Model {
            id: new_id(call.at),
            item_id: *item_id,
            slot,
            kind: ExamMarkKind::Regrade,
            assessor_id: call.viewer.standing.member_id,
            points: points.0,
            criteria: None,
            comment: Some(reason.to_owned()),
            created_at: call.at,
        });
        if let Some(item) = items.iter_mut().find(|item| item.id == *item_id)
            && let Standing::Settled(points) = settle(before, item.max_points, exam.third_percent)
        {
            item.points = Some(points);
            item.awaits = 0;
            store::put_points(work.tx(), item.id, (0, Some(points))).await?;
        }
    }
    store::insert_marks(work.tx(), rows).await?;
    Ok(items)
}
