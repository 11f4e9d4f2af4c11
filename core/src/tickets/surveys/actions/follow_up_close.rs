//! Writing down what came of a follow-up.

use entity::enums::FollowUpState;
use entity::survey_follow_up;
use serde_json::Value;
use uuid::Uuid;

use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::tickets::actions::record::{Change, record};
use crate::tickets::responsibility;
use crate::tickets::rules::input;
use crate::tickets::store as tickets;
use crate::tickets::surveys::store;
use crate::work::{Work, expect_version};

/// Which follow-up is done, with what result.
#[derive(Clone, Debug)]
pub struct FollowUpClose {
    /// The follow-up.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// What came of it.
    pub result: String,
}

/// Closes a follow-up. The owner who was rated doesn't do that: somebody else has talked to the customer.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when it is done already or one's own.
pub async fn follow_up_close(
    app: &App,
    call: &Call,
    close: FollowUpClose,
) -> Result<survey_follow_up::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let permission = Permission::SurveyFollowUp;
    // The ticket is locked first, as in every other action, so that no two wait for each other.
    let viewer = &call.viewer;
    let seen = find::<survey_follow_up::Entity>(work.tx(), viewer, permission, close.id).await?;
    if let Some(seen) = seen {
        tickets::lock(work.tx(), seen.ticket_id).await?;
    }
    let row =
        to_change::<survey_follow_up::Entity>(work.tx(), viewer, permission, close.id).await?;
    expect_version(row.version, close.expected_version)?;
    let refuse = |code, en: &'static str, zh: &'static str| {
        Err(UserError::new(code, "", Text::new(en, zh)).into())
    };
    if row.state == FollowUpState::Done {
        return refuse(
            UserErrorCode::WrongState,
            "This follow-up is done already.",
            "该回访已完成。",
        );
    }
    let ticket = tickets::fresh(work.tx(), row.ticket_id).await?;
    let round = store::survey(work.tx(), row.survey_id)
        .await?
        .map_or(ticket.reopened, |survey| survey.round);
    let rated = responsibility::store::owner_credited(work.tx(), ticket.id, round)
        .await?
        .or(ticket.owner_id);
    if rated.is_some() && rated == call.viewer.standing.member_id {
        return refuse(
            UserErrorCode::RuleViolated,
            "You owned the ticket that was rated; somebody else follows this up.",
            "您是被评价工单的责任人，须由他人完成回访。",
        );
    }
    let mut checks = Checks::default();
    let result = checks.body("input.result", &close.result, input::BODY_MAX);
    checks.done()?;
    let done = survey_follow_up::Model {
        state: FollowUpState::Done,
        result: Some(result.clone()),
        closed_by: call.viewer.actor.id,
        closed_at: Some(call.at),
        ..row
    };
    let saved = store::save_follow_up(work.tx(), done, call.at).await?;
    let changes = vec![Change::internal("followUp", Value::Null, result)];
    let audited = "survey.follow_up.close";
    record(
        &mut work,
        &ticket,
        "survey_follow_up",
        audited,
        false,
        changes,
    );
    work.commit().await?;
    Ok(saved)
}
