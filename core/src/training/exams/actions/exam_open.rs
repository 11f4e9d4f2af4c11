//! Bringing an exam on: its questions are frozen (启用考试), and freezing them anew (更新题池).

use entity::enums::ExamState;
use entity::{exam, exam_pool};
use serde_json::json;
use uuid::Uuid;

use super::common::{Step, to_run, trace, wrong_state};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::training::exams::rules::life::{ExamStep, exam as becomes};
use crate::training::exams::rules::paper::{Cell, Entry, fits};
use crate::training::exams::store;
use crate::work::{Work, expect_version};

/// The fewest assessors where people mark: two, and a third for when they differ.
const ASSESSORS: usize = 3;

/// Brings a draft on and returns its id.
///
/// # Errors
/// User errors when questions or assessors lack, or the window is over; refusals of permission, reach and version.
pub async fn exam_activate(app: &App, call: &Call, step: Step) -> Result<Uuid> {
    call.viewer.require(Permission::ExamManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let seen = to_run(&work, step.id).await?;
    expect_version(seen.version, step.expected_version)?;
    let state = becomes(seen.state, ExamStep::Activate).ok_or_else(|| {
        wrong_state(
            "Only a draft can be brought on.",
            "只有草稿状态的考试可以启用。",
        )
    })?;
    let mut checks = Checks::default();
    checks.ensure(
        seen.closes_at > call.at,
        UserErrorCode::RuleViolated,
        "input.id",
        || {
            Text::new(
                "The window is over already: revise the draft first.",
                "考试时间已过，请先修改草稿。",
            )
        },
    );
    let pool = frozen(&work, &mut checks, &seen).await?;
    checks.done()?;
    let row = exam::Model {
        state,
        pool: 1,
        activated_at: Some(call.at),
        ..seen
    };
    keep(&work, &row, &pool).await?;
    let detail = json!({ "pool": row.pool, "questions": pool.len() });
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, ("exam", step.id), "exam.activate", detail);
    work.commit().await?;
    Ok(step.id)
}

/// Freezes the questions as they are now for attempts that begin from now on; those that run keep theirs. Returns the exam's
/// id.
///
/// # Errors
/// User errors when questions lack or it isn't on; refusals of permission, reach and version.
pub async fn pool_refresh(app: &App, call: &Call, step: Step) -> Result<Uuid> {
    call.viewer.require(Permission::ExamManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let seen = to_run(&work, step.id).await?;
    expect_version(seen.version, step.expected_version)?;
    if seen.state != ExamState::Active {
        return Err(wrong_state(
            "Only an exam that is on has questions to freeze anew.",
            "只有进行中的考试可以更新题池。",
        )
        .into());
    }
    let mut checks = Checks::default();
    let pool = frozen(&work, &mut checks, &seen).await?;
    checks.done()?;
    let row = exam::Model {
        pool: seen.pool + 1,
        ..seen
    };
    keep(&work, &row, &pool).await?;
    let detail = json!({ "pool": row.pool, "questions": pool.len() });
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, ("exam", step.id), "exam.pool.refresh", detail);
    work.commit().await?;
    Ok(step.id)
}

/// The questions that the papers of an exam can be drawn from, and whether they are enough.
async fn frozen(work: &Work<'_>, checks: &mut Checks, exam: &exam::Model) -> Result<Vec<Entry>> {
    let blueprint: Vec<Cell> = serde_json::from_value(exam.blueprint.clone())?;
    let mut topics: Vec<String> = blueprint.iter().map(|cell| cell.topic.clone()).collect();
    topics.sort();
    topics.dedup();
    let pool = store::drawable(work.tx(), &topics).await?;
    if let Err(lack) = fits(&blueprint, &pool) {
        let cell = &blueprint[lack.cell];
        let sort = match cell.difficulty {
            Some(difficulty) => format!("{} / {difficulty}", cell.topic),
            None => cell.topic.clone(),
        };
        let (place, count, found) = (lack.cell + 1, cell.count, lack.found);
        checks.add(
            UserErrorCode::RuleViolated,
            "input.id",
            Text::new(
                format!(
                    "Cell {place} of the blueprint ({sort}) needs {count} questions in use and can have {found}: bring more questions into use, or ask for fewer."
                ),
                format!(
                    "组卷蓝图第 {place} 项（{sort}）需要 {count} 道启用的题目，目前可用 {found} 道：请启用更多题目或减少题量。"
                ),
            ),
        );
    }
    if pool.iter().any(|entry| entry.by_hand) {
        let assessors = store::assessors(work.tx(), exam.id).await?;
        checks.ensure(
            assessors.len() >= ASSESSORS,
            UserErrorCode::RuleViolated,
            "input.id",
            || {
                Text::new(
                    "Among these questions are some that people mark: name at least three assessors first - two, and a third for when they differ.",
                    "题池中有需人工阅卷的题目：请先指定至少三名阅卷人（两名评阅，意见不一致时由第三名裁定）。",
                )
            },
        );
    }
    Ok(pool)
}

async fn keep(work: &Work<'_>, exam: &exam::Model, pool: &[Entry]) -> Result<()> {
    let at = work.call().at;
    let row = exam_pool::Model {
        id: new_id(at),
        exam_id: exam.id,
        number: exam.pool,
        entries: serde_json::to_value(pool)?,
        created_at: at,
    };
    store::insert(work.tx(), row).await
}
