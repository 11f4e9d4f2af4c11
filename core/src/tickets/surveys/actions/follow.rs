//! What a change of a ticket means for its survey.

use entity::enums::{SurveyState, TicketState};
use entity::{survey, ticket};
use serde_json::json;

use crate::audit::Entry;
use crate::db::new_id;
use crate::error::Result;
use crate::settings;
use crate::tickets::actions::Turn;
use crate::tickets::progress;
use crate::tickets::surveys::{rules, store};
use crate::work::Work;

/// Asks the customer when a ticket is resolved, and takes the question back when it is taken up again or given up.
///
/// # Errors
/// When the database fails.
pub async fn follow(work: &mut Work<'_>, turn: &mut Turn<'_>) -> Result<()> {
    let Some(was) = turn.was else { return Ok(()) };
    let now = &turn.now;
    let undone = was.resolved_at.is_some() && now.resolved_at.is_none();
    let cancelled = was.state != now.state && now.state == TicketState::Cancelled;
    let merged = was.merged_into_id.is_none() && now.merged_into_id.is_some();
    if undone || cancelled || merged {
        return withdraw(work, now).await;
    }
    if now.resolved_at.is_some() && now.resolved_at != was.resolved_at {
        return ask(work, now).await;
    }
    Ok(())
}

/// Opens the survey of this round; one that was withdrawn in the same round is sent again.
async fn ask(work: &mut Work<'_>, ticket: &ticket::Model) -> Result<()> {
    let at = work.call().at;
    let days = settings::read(work.tx(), &settings::SURVEY_DAYS_OPEN).await?;
    let expires_at = rules::expires(at, days);
    let id = match store::round_of(work.tx(), ticket.id, ticket.reopened).await? {
        Some(row) if row.state == SurveyState::Answered => return Ok(()),
        Some(row) => {
            let again = survey::Model {
                state: SurveyState::Open,
                sent_at: at,
                expires_at,
                contact_id: ticket.contact_id,
                ..row
            };
            store::save_survey(work.tx(), again, at).await?.id
        }
        None => {
            let row = survey::Model {
                id: new_id(at),
                ticket_id: ticket.id,
                customer_id: ticket.customer_id,
                contact_id: ticket.contact_id,
                round: ticket.reopened,
                state: SurveyState::Open,
                sent_at: at,
                expires_at,
                version: 1,
                created_at: at,
                updated_at: at,
            };
            let id = row.id;
            store::insert_survey(work.tx(), row).await?;
            id
        }
    };
    work.audit(Entry {
        action: "survey.send",
        entity_type: "survey",
        entity_id: Some(id),
        detail: json!({ "ticket": ticket.id, "round": ticket.reopened, "expiresAt": expires_at }),
    });
    progress::survey(work, ticket, SurveyState::Open);
    Ok(())
}

async fn withdraw(work: &mut Work<'_>, ticket: &ticket::Model) -> Result<()> {
    let at = work.call().at;
    let Some(row) = store::open_of(work.tx(), ticket.id).await? else {
        return Ok(());
    };
    let gone = survey::Model {
        state: SurveyState::Withdrawn,
        ..row
    };
    let gone = store::save_survey(work.tx(), gone, at).await?;
    work.audit(Entry {
        action: "survey.withdraw",
        entity_type: "survey",
        entity_id: Some(gone.id),
        detail: json!({ "ticket": ticket.id, "round": gone.round }),
    });
    progress::survey(work, ticket, SurveyState::Withdrawn);
    Ok(())
}
