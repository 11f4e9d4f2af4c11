//! Editing a ticket and setting its priority.

use entity::enums::{TicketKind, TicketPriority};
use entity::{contact, product, ticket, unit};
use serde_json::Value;
use uuid::Uuid;

use super::rules;
use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::ids::{Id, Node};
use crate::tickets::actions::Happened;
use crate::tickets::actions::record::{Change, reason_of};
use crate::tickets::collaboration::actions::{Named, leave, take};
use crate::tickets::rules::input;
use crate::work::Work;

/// What a ticket is to say; what is `None` stays.
#[derive(Clone, Debug)]
pub struct Edit {
    /// The ticket.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// The matter in one line.
    pub subject: Option<String>,
    /// The matter in full.
    pub description: Option<String>,
    /// Kind of request.
    pub kind: Option<TicketKind>,
    /// The person to talk to; `Some(None)` takes it away.
    pub contact_id: Option<Option<Uuid>>,
    /// The unit it is about; `Some(None)` takes it away. The product follows the unit.
    pub unit_id: Option<Option<Uuid>>,
}

/// Changes what the ticket says. Values that stay the same are no change.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors naming the field.
pub async fn edit(app: &App, call: &Call, edit: Edit) -> Result<ticket::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was = take(
        &work,
        Permission::TicketEdit,
        edit.id,
        edit.expected_version,
    )
    .await?;
    rules::check_editable(was.state)?;
    let now = look_over(&work, &was, edit).await?;
    let changes = changes(&was, &now);
    if changes.is_empty() {
        return Ok(was);
    }
    let named = Named {
        action: "edit",
        audited: "ticket.edit",
    };
    let saved = leave(&mut work, &was, now, Happened::Edited, named, changes).await?;
    work.commit().await?;
    Ok(saved)
}

/// The ticket as it would be.
async fn look_over(work: &Work<'_>, was: &ticket::Model, edit: Edit) -> Result<ticket::Model> {
    let viewer = &work.call().viewer;
    let mut checks = Checks::default();
    let mut now = was.clone();
    if let Some(subject) = &edit.subject {
        now.subject = checks.text("input.subject", subject, input::SUBJECT_MAX);
    }
    if let Some(description) = &edit.description {
        now.description = checks.body("input.description", description, input::BODY_MAX);
    }
    now.kind = edit.kind.unwrap_or(was.kind);
    // What stays as it is isn't asked about again: the editor need not see a contact that somebody else has set.
    if let Some(contact) = edit.contact_id.filter(|contact| *contact != was.contact_id) {
        if let Some(id) = contact {
            let permission = Permission::CustomerContactRead;
            let found = find::<contact::Entity>(work.tx(), viewer, permission, id).await?;
            let found = found.filter(|contact| contact.customer_id == was.customer_id);
            checks.found("input.contactId", found);
        }
        now.contact_id = contact;
    }
    if let Some(unit) = edit.unit_id.filter(|unit| *unit != was.unit_id) {
        now.product_id = None;
        if let Some(id) = unit {
            let permission = Permission::CustomerRead;
            let found = find::<unit::Entity>(work.tx(), viewer, permission, id).await?;
            let found = found.filter(|unit| unit.customer_id == was.customer_id);
            let found = checks.found("input.unitId", found);
            now.product_id = found.map(|unit| unit.product_id);
        }
        now.unit_id = unit;
    }
    checks.done()?;
    Ok(now)
}

/// From what to what, field by field.
fn changes(was: &ticket::Model, now: &ticket::Model) -> Vec<Change> {
    let mut changes = Vec::new();
    if was.subject != now.subject {
        changes.push(Change::public(
            "subject",
            was.subject.clone(),
            now.subject.clone(),
        ));
    }
    if was.description != now.description {
        changes.push(Change::public(
            "description",
            was.description.clone(),
            now.description.clone(),
        ));
    }
    if was.kind != now.kind {
        changes.push(Change::public(
            "kind",
            rules::kind_name(was.kind),
            rules::kind_name(now.kind),
        ));
    }
    if was.contact_id != now.contact_id {
        changes.push(Change::internal(
            "contactId",
            id_json::<contact::Entity>(was.contact_id),
            id_json::<contact::Entity>(now.contact_id),
        ));
    }
    if was.unit_id != now.unit_id {
        changes.push(Change::internal(
            "unitId",
            id_json::<unit::Entity>(was.unit_id),
            id_json::<unit::Entity>(now.unit_id),
        ));
    }
    if was.product_id != now.product_id {
        changes.push(Change::internal(
            "productId",
            id_json::<product::Entity>(was.product_id),
            id_json::<product::Entity>(now.product_id),
        ));
    }
    changes
}

fn id_json<E: Node>(id: Option<Uuid>) -> Value {
    id.map_or(Value::Null, |id| Id::<E>::new(id).to_string().into())
}

/// How urgent a ticket is to be, and why.
#[derive(Clone, Debug)]
pub struct SetPriority {
    /// The ticket.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// How urgent.
    pub priority: TicketPriority,
    /// Why, for staff.
    pub reason: String,
}

/// Raises or lowers the priority, with a reason. The clocks follow; what they have run and paused stays.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors when it has that priority already, has ended, or no reason is given.
pub async fn set_priority(app: &App, call: &Call, set: SetPriority) -> Result<ticket::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was = take(&work, Permission::TicketEdit, set.id, set.expected_version).await?;
    rules::check_editable(was.state)?;
    let reason = reason_of(Some(&set.reason), true)?;
    if was.priority == set.priority {
        let name = rules::priority_name(was.priority);
        let text = Text::new(
            format!("The priority is {name} already; choose another one."),
            format!("工单优先级已是 {name}，请选择其他优先级。"),
        );
        return Err(UserError::new(UserErrorCode::WrongState, "input.priority", text).into());
    }
    let now = ticket::Model {
        priority: set.priority,
        ..was.clone()
    };
    let mut changes = vec![Change::public(
        "priority",
        rules::priority_name(was.priority),
        rules::priority_name(now.priority),
    )];
    changes.extend(reason.map(|reason| Change::internal("reason", Value::Null, reason)));
    let named = Named {
        action: "prioritize",
        audited: "ticket.priority.set",
    };
    let saved = leave(&mut work, &was, now, Happened::Edited, named, changes).await?;
    work.commit().await?;
    Ok(saved)
}
