//! What whoever holds a link may know of the survey behind it.

use chrono::{DateTime, Utc};
use entity::enums::{Locale, SurveyState};
use entity::{product, survey};

use crate::access::{Call, Permission, Viewer, find};
use crate::app::App;
use crate::error::Result;
use crate::identity;
use crate::tickets::store as tickets;
use crate::tickets::surveys::{link, rules, store};

/// A survey as its link shows it: what is needed to answer, and no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The number of the ticket.
    pub ticket_number: i64,
    /// What it was about.
    pub subject: String,
    /// The product, in both languages.
    pub product: Option<(String, String)>,
    /// The customer's language.
    pub locale: Locale,
    /// Can it be answered?
    pub state: SurveyState,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

/// The survey behind a link; none when the link isn't good, whatever is wrong with it.
///
/// # Errors
/// `RATE_LIMITED` after too many bad links from one address.
pub async fn look(app: &App, call: &Call, token: &str) -> Result<Option<Invitation>> {
    app.survey_gate.count(call)?;
    let Some(opened) = link::open(app, token, call.at).await? else {
        return Ok(None);
    };
    let Some(row) = store::survey(app.db.reader(), opened.survey).await? else {
        return Ok(None);
    };
    app.survey_gate.forgive(call);
    invitation(app, call, &row, opened.expired).await.map(Some)
}

/// The invitation of a survey.
pub(super) async fn invitation(
    app: &App,
    call: &Call,
    row: &survey::Model,
    link_expired: bool,
) -> Result<Invitation> {
    let connection = app.db.reader();
    let ticket = tickets::fresh(connection, row.ticket_id).await?;
    // The link is the right to these few facts.
    let system = Viewer::system();
    let product = match ticket.product_id {
        Some(id) => {
            find::<product::Entity>(connection, &system, Permission::ProductRead, id).await?
        }
        None => None,
    };
    let state = rules::state(row.state, row.expires_at, call.at);
    Ok(Invitation {
        ticket_number: ticket.number,
        subject: ticket.subject,
        product: product.map(|product| (product.name, product.name_zh)),
        locale: identity::locale_of_customer(connection, row.customer_id)
            .await?
            .unwrap_or(Locale::Zh),
        state: if link_expired && state == SurveyState::Open {
            SurveyState::Expired
        } else {
            state
        },
        expires_at: row.expires_at,
    })
}
