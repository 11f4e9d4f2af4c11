//! Handing in (交卷).

use entity::enums::ExamHandIn;
use uuid::Uuid;

use super::finish;
use crate::access::{Call, Permission};
use crate::app::App;
use crate::error::Result;
use crate::training::exams::rules::sitting::{is_settled, takes_answers};
use crate::training::exams::store::{self, Lock};
use crate::work::Work;

/// Hands in one's own attempt and returns its id. What is handed in already stays so; what is over time is handed in by the
/// server.
///
/// # Errors
/// `NOT_FOUND` when it isn't one's own.
pub async fn hand_in(app: &App, call: &Call, id: Uuid) -> Result<Uuid> {
    call.viewer.require(Permission::ExamSit)?;
    let mut work = Work::begin(&app.db, call).await?;
    let attempt = store::own_attempt(work.tx(), &call.viewer, id, Lock::Whole).await?;
    if takes_answers(attempt.state, attempt.deadline, call.at) {
        finish::hand_in(&mut work, attempt, ExamHandIn::Member).await?;
        work.commit().await?;
    } else {
        drop(work);
        if is_settled(attempt.deadline, call.at) {
            finish::over(&app.db, call, id).await?;
        }
    }
    Ok(id)
}
