//! Answering a survey by its link.

use chrono::TimeDelta;
use entity::enums::{ActorKind, FollowUpState, SurveyState};
use entity::{survey, survey_answer, survey_follow_up, ticket};
use serde_json::json;
use uuid::Uuid;

use super::look::{Invitation, invitation};
use crate::access::{Actor, Call, Viewer};
use crate::app::App;
use crate::audit::Entry;
use crate::clock;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::organisation;
use crate::settings;
use crate::tickets::actions::record::record;
use crate::tickets::progress;
use crate::tickets::responsibility;
use crate::tickets::store as tickets;
use crate::tickets::surveys::rules::{self, Given};
use crate::tickets::surveys::{link, store};
use crate::work::Work;

/// Writes the answer of whoever holds the link, once. A low rating opens a follow-up.
///
/// # Errors
/// User errors when the link isn't good, the survey can't be answered, or the answer is malformed; `RATE_LIMITED` after
/// too many bad links from one address.
pub async fn answer(app: &App, call: &Call, token: &str, given: Given) -> Result<Invitation> {
    app.survey_gate.count(call)?;
    let opened = link::open(app, token, call.at)
        .await?
        .ok_or_else(bad_link)?;
    let call = &by_link(call);
    let mut work = Work::begin(&app.db, call).await?;
    // The ticket is locked first, as in every other action, so that no two wait for each other.
    let seen = store::survey(work.tx(), opened.survey).await?;
    let seen = seen.ok_or_else(bad_link)?;
    let ticket = tickets::lock(work.tx(), seen.ticket_id).await?;
    let row = store::lock(work.tx(), seen.id)
        .await?
        .ok_or_else(bad_link)?;
    app.survey_gate.forgive(call);
    let state = rules::state(row.state, row.expires_at, call.at);
    rules::check_open(state)?;
    if opened.expired {
        rules::check_open(SurveyState::Expired)?;
    }
    let given = rules::check(given)?;
    let answered = survey::Model {
        state: SurveyState::Answered,
        ..row
    };
    let saved = store::save_survey(work.tx(), answered, call.at).await?;
    let rating = given.rating;
    store::insert_answer(
        work.tx(),
        survey_answer::Model {
            id: new_id(call.at),
            survey_id: saved.id,
            ticket_id: saved.ticket_id,
            rating,
            response: given.response,
            attitude: given.attitude,
            solution: given.solution,
            comment: given.comment,
            answered_at: call.at,
        },
    )
    .await?;
    let low = settings::read(work.tx(), &settings::SURVEY_LOW_RATING).await?;
    if i64::from(rating) <= low {
        open_follow_up(app, &mut work, &saved, &ticket).await?;
    }
    work.audit(Entry {
        action: "survey.answer",
        entity_type: "survey",
        entity_id: Some(saved.id),
        detail: json!({ "ticket": ticket.id, "rating": rating, "address": call.address }),
    });
    // That it was answered is public, how isn't: ratings are for whoever has survey.read.
    let audited = "ticket.survey_answer";
    record(
        &mut work,
        &ticket,
        "survey_answer",
        audited,
        true,
        Vec::new(),
    );
    progress::survey(&mut work, &ticket, SurveyState::Answered);
    work.commit().await?;
    invitation(app, call, &saved, false).await
}

/// Says nothing of what is wrong with it.
fn bad_link() -> UserError {
    UserError::new(
        UserErrorCode::NotFound,
        "input.token",
        Text::new(
            "This link isn't good; use the latest one that you were sent.",
            "链接无效，请使用最近收到的链接。",
        ),
    )
}

/// The call as history and audit record it: nobody signs in to answer.
fn by_link(call: &Call) -> Call {
    if call.viewer.is_signed_in() {
        return call.clone();
    }
    Call {
        viewer: Viewer {
            actor: Actor {
                kind: ActorKind::System,
                id: None,
                name: "survey link · 问卷链接".to_owned(),
            },
            ..Viewer::anonymous()
        },
        ..call.clone()
    }
}

/// Gives the follow-up to whoever leads the owner of that resolution, else to the owner, else to nobody yet.
async fn open_follow_up(
    app: &App,
    work: &mut Work<'_>,
    survey: &survey::Model,
    ticket: &ticket::Model,
) -> Result<()> {
    let at = work.call().at;
    let owner = responsibility::store::owner_credited(work.tx(), ticket.id, survey.round)
        .await?
        .or(ticket.owner_id);
    let day = clock::day(at, app.config.time_zone());
    let lead: Option<Uuid> = match owner {
        Some(owner) => organisation::lead_of(work.tx(), owner, day).await?,
        None => None,
    };
    let hours = settings::read(work.tx(), &settings::SURVEY_FOLLOW_UP_HOURS).await?;
    let row = survey_follow_up::Model {
        id: new_id(at),
        survey_id: survey.id,
        ticket_id: ticket.id,
        member_id: lead.or(owner),
        state: FollowUpState::Open,
        due_at: at + TimeDelta::hours(hours),
        result: None,
        closed_by: None,
        closed_at: None,
        version: 1,
        created_at: at,
        updated_at: at,
    };
    work.audit(Entry {
        action: "survey.follow_up.open",
        entity_type: "survey_follow_up",
        entity_id: Some(row.id),
        detail: json!({ "survey": survey.id, "member": row.member_id, "dueAt": row.due_at }),
    });
    store::insert_follow_up(work.tx(), row).await
}
