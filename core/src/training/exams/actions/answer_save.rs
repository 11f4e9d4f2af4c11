//! Saving an answer as it comes (保存答案).

use uuid::Uuid;

use super::finish;
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::training::exams::rules::question::{Said, read};
use crate::training::exams::rules::sitting::{is_settled, takes_answers};
use crate::training::exams::store::{self, Lock};
use crate::work::Work;

/// The answer to save.
#[derive(Clone, Debug)]
pub struct AnswerSave {
    /// The question on the paper.
    pub item_id: Uuid,
    /// Counts up with every change that the client makes to this answer.
    pub sequence: i64,
    /// What was answered; nothing takes the answer back.
    pub said: Said,
}

/// Saves an answer unless a newer one is there, and returns the question's id on the paper. A repetition does nothing.
///
/// # Errors
/// A user error when the time is over, or when it is no answer to such a question; `NOT_FOUND` when the paper isn't one's
/// own. What is right plays no part: neither in what is answered nor in how long it takes.
pub async fn answer_save(app: &App, call: &Call, input: &AnswerSave) -> Result<Uuid> {
    call.viewer.require(Permission::ExamSit)?;
    let work = Work::begin(&app.db, call).await?;
    let item = store::own_item(work.tx(), &call.viewer, input.item_id).await?;
    let attempt = store::own_attempt(work.tx(), &call.viewer, item.attempt_id, Lock::Share);
    let attempt = attempt.await?;
    if !takes_answers(attempt.state, attempt.deadline, call.at) {
        drop(work);
        if is_settled(attempt.deadline, call.at) {
            finish::over(&app.db, call, attempt.id).await?;
        }
        let text = Text::new(
            "The time is over, or the paper is handed in: this answer wasn't taken. What was saved before counts.",
            "答题时间已到或已交卷，本次答案未保存；此前保存的答案有效。",
        );
        return Err(UserError::new(UserErrorCode::WrongState, "input.itemId", text).into());
    }
    let mut checks = Checks::default();
    checks.ensure(
        (1..=1_000_000_000_000).contains(&input.sequence),
        UserErrorCode::Invalid,
        "input.sequence",
        || {
            Text::new(
                "The sequence is a whole number from 1 on; raise it with every change of the answer.",
                "序号为不小于 1 的整数，每次修改答案须递增。",
            )
        },
    );
    let kind = store::kind_of(work.tx(), item.version_id).await?;
    let order: Vec<usize> = serde_json::from_value(item.option_order)?;
    let answer = checks.taken(read(kind, &order, &input.said).map_err(|wrong| vec![wrong]));
    checks.done()?;
    let answer = answer.flatten().map(serde_json::to_value).transpose()?;
    store::put_answer(work.tx(), item.id, (answer, input.sequence), call.at).await?;
    work.commit().await?;
    Ok(input.item_id)
}
