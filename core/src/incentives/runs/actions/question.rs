//! Asking about an own award, and answering (疑问与答复).

use entity::{incentive_award, incentive_question};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, Step, actor, never_oneself, told, wrong_state};
use crate::access::{Call, Permission, Scoped, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{ApiError, Result};
use crate::incentives::runs::{QUESTION_CHANGED, store};
use crate::work::{Once, Work, expect_version};

/// A question.
#[derive(Clone, Debug, Serialize)]
pub struct Ask {
    /// About which award.
    pub award_id: Uuid,
    /// What is asked.
    pub question: String,
}

/// Asks about one's own award, and returns the question's id.
///
/// # Errors
/// User errors about the values; refusals of permission, and `NOT_FOUND` for others' awards.
pub async fn ask(
    app: &App,
    call: &Call,
    input: &Ask,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(Permission::IncentiveQuestionAsk)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work
        .once(idempotency_key, "incentiveQuestionAsk", input)
        .await?;
    if let Once::Repeated(id) = once {
        return Ok(id);
    }
    let read = <incentive_award::Entity as Scoped>::READ;
    let award =
        find::<incentive_award::Entity>(work.tx(), &call.viewer, read, input.award_id).await?;
    let me = call.viewer.standing.member_id;
    let award = award
        .filter(|award| Some(award.member_id) == me)
        .ok_or_else(ApiError::not_found)?;
    let mut checks = Checks::default();
    let question = checks.body("input.question", &input.question, BODY);
    checks.done()?;
    let row = incentive_question::Model {
        id: new_id(call.at),
        award_id: award.id,
        member_id: award.member_id,
        question,
        answer: None,
        answered_by: None,
        answered_by_name: None,
        answered_at: None,
        withdrawn_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    store::insert(work.tx(), row).await?;
    let names = ("incentive.question.ask", QUESTION_CHANGED);
    told(&mut work, names, ("incentive_question", id), json!({}));
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// To which question.
    pub step: Step,
    /// What is answered.
    pub answer: String,
}

/// Answers a question of somebody else, and returns its id. An answer that was given stays.
///
/// # Errors
/// User errors about the values and for one's own question; refusals of permission, reach and version.
pub async fn answer(app: &App, call: &Call, input: &Answer) -> Result<Uuid> {
    let permission = Permission::IncentiveQuestionAnswer;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let id = input.step.id;
    let row =
        to_change::<incentive_question::Entity>(work.tx(), &call.viewer, permission, id).await?;
    expect_version(row.version, input.step.expected_version)?;
    never_oneself(call, "input.id", row.member_id)?;
    still_open(&row)?;
    let mut checks = Checks::default();
    let answer = checks.body("input.answer", &input.answer, BODY);
    checks.done()?;
    let row = incentive_question::Model {
        answer: Some(answer),
        answered_by: Some(actor(call)),
        answered_by_name: Some(call.viewer.actor.name.clone()),
        answered_at: Some(call.at),
        ..row
    };
    store::save(work.tx(), row, call.at).await?;
    let names = ("incentive.question.answer", QUESTION_CHANGED);
    told(&mut work, names, ("incentive_question", id), json!({}));
    work.commit().await?;
    Ok(id)
}

/// Withdraws one's own question that nobody has answered yet, and returns its id.
///
/// # Errors
/// User errors when it was answered or withdrawn; refusals of permission and version, and `NOT_FOUND` for others' questions.
pub async fn question_withdraw(app: &App, call: &Call, step: Step) -> Result<Uuid> {
    let permission = Permission::IncentiveQuestionAsk;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let id = step.id;
    let me = call.viewer.standing.member_id;
    let read = <incentive_question::Entity as Scoped>::READ;
    let seen = find::<incentive_question::Entity>(work.tx(), &call.viewer, read, id).await?;
    if seen.is_none_or(|row| Some(row.member_id) != me) {
        return Err(ApiError::not_found().into());
    }
    let row =
        to_change::<incentive_question::Entity>(work.tx(), &call.viewer, permission, id).await?;
    expect_version(row.version, step.expected_version)?;
    still_open(&row)?;
    let row = incentive_question::Model {
        withdrawn_at: Some(call.at),
        ..row
    };
    store::save(work.tx(), row, call.at).await?;
    let names = ("incentive.question.withdraw", QUESTION_CHANGED);
    told(&mut work, names, ("incentive_question", id), json!({}));
    work.commit().await?;
    Ok(id)
}

/// Refuses what was answered or withdrawn.
fn still_open(row: &incentive_question::Model) -> Result<()> {
    if row.answered_at.is_none() && row.withdrawn_at.is_none() {
        return Ok(());
    }
    Err(wrong_state(
        "This question was answered or withdrawn already.",
        "该疑问已答复或已撤回。",
    ))
}
