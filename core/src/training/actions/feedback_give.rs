//! Saying how a session was (提交反馈): only who attended it, and once.

use entity::enums::TrainingAttendance;
use entity::{training_enrolment, training_feedback, training_session};
use serde::Serialize;
use uuid::Uuid;

use super::common::{BODY, wrong_state};
use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::audit;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::training::rules::feedback::RATINGS;
use crate::training::store;
use crate::work::{Once, Work};
use serde_json::json;

/// What is said.
#[derive(Clone, Debug, Serialize)]
pub struct FeedbackGive {
    /// The session.
    pub session_id: Uuid,
    /// 1 (bad) to 5 (good).
    pub rating: i32,
    /// In one's own words.
    pub comment: Option<String>,
}

/// Keeps what somebody says of a session, and returns the session's id. No event tells of it, and the audit log keeps that
/// it was said and not what.
///
/// # Errors
/// User errors when it can't be said; refusals of permission and reach.
pub async fn feedback_give(
    app: &App,
    call: &Call,
    input: &FeedbackGive,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let read = Permission::TrainingSessionRead;
    call.viewer.require(read)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "trainingFeedbackGive", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let session = find::<training_session::Entity>(work.tx(), &call.viewer, read, input.session_id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let rows = store::enrolments_of(work.tx(), session.id).await?;
    let mine = rows.iter().find(|row| attended_by(row, call));
    let Some(mine) = mine else {
        let text = Text::new(
            "Only who attended a session says how it was.",
            "仅实际参加者可提交反馈。",
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.sessionId", text).into());
    };
    if session.feedback_until.is_none_or(|until| call.at >= until) {
        return Err(wrong_state(
            "input.sessionId",
            "Feedback is given from the end of a session on, for some days; that time isn't yet or is over.",
            "反馈须在场次结束后的规定天数内提交，目前未开始或已截止。",
        )
        .into());
    }
    let mut checks = Checks::default();
    checks.ensure(
        RATINGS.contains(&input.rating),
        UserErrorCode::Invalid,
        "input.rating",
        || {
            Text::new(
                "A rating is 1 (bad) to 5 (good).",
                "评分须为 1（差）至 5（好）。",
            )
        },
    );
    let row = training_feedback::Model {
        id: new_id(call.at),
        session_id: session.id,
        enrolment_id: mine.id,
        rating: input.rating,
        comment: checks.optional_body("input.comment", input.comment.as_deref(), BODY),
        given_at: call.at,
    };
    checks.done()?;
    if !store::insert_feedback(work.tx(), row).await? {
        let text = Text::new(
            "You have said how this session was; that is done once.",
            "您已提交过该场次的反馈，每场限一次。",
        );
        return Err(UserError::new(UserErrorCode::Taken, "input.sessionId", text).into());
    }
    work.audit(audit::Entry {
        action: "training.feedback.give",
        entity_type: "training_session",
        entity_id: Some(session.id),
        detail: json!({}),
    });
    work.done(session.id).await?;
    work.commit().await?;
    Ok(session.id)
}

fn attended_by(row: &training_enrolment::Model, call: &Call) -> bool {
    Some(row.member_id) == call.viewer.standing.member_id
        && row
            .attendance
            .is_some_and(|attendance| attendance != TrainingAttendance::Absent)
}
