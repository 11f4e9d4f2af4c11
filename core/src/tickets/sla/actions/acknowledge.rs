//! Taking note of an alert (确认提醒).

use entity::ticket_alert;
use serde_json::json;
use uuid::Uuid;

use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::audit::Entry;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::tickets::sla::store;
use crate::work::{Work, expect_version};

/// Notes that the viewer has taken note of an alert. Nobody is reminded of it any more, so it takes the right to change the ticket:
/// whoever only reads clears nothing away.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; a user error when somebody has taken note of it before.
pub async fn acknowledge(
    app: &App,
    call: &Call,
    id: Uuid,
    expected_version: i32,
) -> Result<ticket_alert::Model> {
    let viewer = &call.viewer;
    viewer.require(Permission::TicketEdit)?;
    let mut work = Work::begin(&app.db, call).await?;
    let was = to_change::<ticket_alert::Entity>(work.tx(), viewer, Permission::TicketAlertRead, id)
        .await?;
    let within = find::<ticket_alert::Entity>(work.tx(), viewer, Permission::TicketEdit, id);
    if within.await?.is_none() {
        return Err(viewer.reach_too_small(Permission::TicketEdit).into());
    }
    expect_version(was.version, expected_version)?;
    if was.acknowledged_at.is_some() {
        let text = Text::new(
            "Somebody has taken note of this alert already; nothing is left to do.",
            "该提醒已被确认，无需再次操作。",
        );
        return Err(UserError::new(UserErrorCode::WrongState, "", text).into());
    }
    let ticket = was.ticket_id;
    let saved = store::acknowledge(work.tx(), was, call.viewer.actor.id, call.at).await?;
    work.audit(Entry {
        action: "ticket.alert.acknowledge",
        entity_type: "ticket",
        entity_id: Some(ticket),
        detail: json!({ "alert": id }),
    });
    work.commit().await?;
    Ok(saved)
}
