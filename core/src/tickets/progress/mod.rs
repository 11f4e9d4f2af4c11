//! Progress told unasked (进度推送): customer, partner and staff hear of every stage, step, state and survey of a ticket as
//! it changes, with a text that can be shown as it is.
//!
//! The event carries what the ticket had become at that moment, so that a quick succession of stages is told one by one;
//! it holds nothing that only staff may know. Whether a subscriber may hear of it is decided when it is delivered.
//!
//! To tell of something else: a [`rules::What`], its text in [`rules::message`], and a call like [`survey`] in the action.

pub mod rules;

use entity::enums::SurveyState;
use entity::ticket;

use crate::events::Event;
use crate::tickets::actions::Turn;
use crate::work::Work;
use rules::{Progress, What};

/// Tells of a new stage, step or state.
pub fn follow(work: &mut Work<'_>, turn: &Turn<'_>) {
    let now = &turn.now;
    let what = match turn.was {
        None => Some(What::Opened),
        Some(was) if now.reopened > was.reopened => Some(What::Reopened),
        Some(was) if was.stage != now.stage => Some(What::Stage),
        Some(was) if was.state != now.state => Some(What::State),
        Some(was) if was.step_id != now.step_id => Some(What::Step),
        Some(_) => None,
    };
    if let Some(what) = what {
        tell(work, now, what, None);
    }
}

/// Tells of a survey that was opened, answered or withdrawn.
pub fn survey(work: &mut Work<'_>, ticket: &ticket::Model, state: SurveyState) {
    tell(work, ticket, What::Survey, Some(state));
}

fn tell(work: &mut Work<'_>, ticket: &ticket::Model, what: What, survey: Option<SurveyState>) {
    let progress = Progress {
        what,
        stage: ticket.stage,
        state: ticket.state,
        step: ticket.step_id,
        survey,
    };
    // Plain values: they always have a JSON form.
    let payload = serde_json::to_value(progress).unwrap_or_default();
    let at = work.call().at;
    work.emit(Event::new(at, Event::TICKET_PROGRESS, ticket.id, payload));
}
