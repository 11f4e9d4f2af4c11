//! Filling a template for a ticket.

use std::collections::BTreeSet;

use entity::enums::Locale;
use entity::{reply_template, ticket};
use uuid::Uuid;

use super::values::Values;
use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::error::{Error, Result};
use crate::tickets::collaboration::templates::rules;

/// Which template for which ticket, in which language.
#[derive(Clone, Copy, Debug)]
pub struct Render {
    /// The template.
    pub template_id: Uuid,
    /// The ticket.
    pub ticket_id: Uuid,
    /// The language; none for the caller's.
    pub locale: Option<Locale>,
}

/// A filled template.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The text; none when something is missing.
    pub text: Option<String>,
    /// The language.
    pub locale: Locale,
    /// Variables without a value for this reader on this ticket.
    pub missing: BTreeSet<&'static str>,
}

/// Fills a template for a ticket, with what its reader may read; `None` when the reader doesn't see the template or the
/// ticket. A look at a contact is logged.
///
/// # Errors
/// When the database fails.
pub async fn render(app: &App, call: &Call, render: Render) -> Result<Option<Rendered>> {
    let db = app.db.reader();
    let viewer = &call.viewer;
    let notes = Permission::TicketNoteRead;
    let template = find::<reply_template::Entity>(db, viewer, notes, render.template_id).await?;
    let ticket = find::<ticket::Entity>(db, viewer, notes, render.ticket_id).await?;
    let (Some(template), Some(ticket)) = (template, ticket) else {
        return Ok(None);
    };

    let locale = render.locale.unwrap_or(call.locale);
    let body = match locale {
        Locale::En => &template.body_en,
        Locale::Zh => &template.body_zh,
    };
    let unreadable = |cause: String| {
        let code = &template.code;
        Error::internal(format!(
            "the reply template {code} can't be filled: {cause}"
        ))
    };
    let wanted = rules::check(body).map_err(|flaws| {
        let first = flaws.first().map(|flaw| flaw.text.en.to_string());
        unreadable(first.unwrap_or_default())
    })?;
    let values = Values::of(app, call, &ticket, locale).all(&wanted).await?;
    let filled = rules::fill(body, &values).map_err(unreadable)?;
    Ok(Some(Rendered {
        text: filled.text,
        locale,
        missing: filled.missing,
    }))
}
