//! The link to a survey.

use chrono::{DateTime, Utc};
use entity::survey;
use uuid::Uuid;

use crate::app::App;
use crate::error::Result;
use crate::identity::pass::{self, Purpose};
use crate::ids::decode;
use crate::ids::{Id, Node};

/// What the pass in a link is for.
const PURPOSE: Purpose = Purpose {
    typ: "survey+jwt",
    audience: "survey",
};

/// The place of the pass in a link.
const PLACE: &str = "{token}";

/// Where a survey can be answered: the page of a portal when the configuration names one, else our own.
///
/// # Errors
/// When the database fails.
pub async fn link(app: &App, survey: &survey::Model, at: DateTime<Utc>) -> Result<String> {
    let subject = Id::<survey::Entity>::new(survey.id).to_string();
    let token = pass::issue(app, PURPOSE, &subject, at, survey.expires_at).await?;
    Ok(match &app.config.survey.link {
        Some(link) => link.replace(PLACE, &token),
        None => format!("{}/survey/{token}", app.config.public_url()),
    })
}

/// The survey that a pass opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opened {
    /// Which one.
    pub survey: Uuid,
    /// Is the time of the pass over?
    pub expired: bool,
}

/// What a pass opens; nothing when it isn't one of ours for a survey.
///
/// # Errors
/// When the database fails.
pub(super) async fn open(app: &App, token: &str, at: DateTime<Utc>) -> Result<Option<Opened>> {
    let Some(pass) = pass::read(app, PURPOSE, token, at).await? else {
        return Ok(None);
    };
    Ok(decode(&pass.subject)
        .ok()
        .filter(|(prefix, _)| prefix == survey::Entity::PREFIX)
        .map(|(_, survey)| Opened {
            survey,
            expired: pass.expired,
        }))
}
