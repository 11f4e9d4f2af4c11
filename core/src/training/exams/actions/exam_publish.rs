//! Publishing results by hand (发布成绩).

use entity::enums::ExamAttemptState;
use uuid::Uuid;

use super::common::{Step, to_run, wrong_state};
use super::finish;
use crate::access::{Call, Permission};
use crate::app::App;
use crate::error::Result;
use crate::training::exams::store;
use crate::work::{Work, expect_version};

/// Publishes everything of an exam that is marked and not published, and returns the exam's id.
///
/// # Errors
/// A user error when there is nothing to publish; refusals of permission, reach and version.
pub async fn exam_publish(app: &App, call: &Call, step: Step) -> Result<Uuid> {
    call.viewer.require(Permission::ExamManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let exam = to_run(&work, step.id).await?;
    expect_version(exam.version, step.expected_version)?;
    let mut published = 0;
    for row in store::graded_attempts(work.tx(), exam.id).await? {
        let attempt = store::attempt_locked(work.tx(), row.id).await?;
        if attempt.published_at.is_none() && attempt.state == ExamAttemptState::Graded {
            finish::publish(&mut work, &exam, attempt).await?;
            published += 1;
        }
    }
    if published == 0 {
        return Err(wrong_state(
            "There is nothing marked that isn't published.",
            "没有已评分而未发布的成绩。",
        )
        .into());
    }
    work.commit().await?;
    Ok(exam.id)
}
