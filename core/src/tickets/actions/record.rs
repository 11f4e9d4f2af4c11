//! What every action leaves behind: history rows, an audit entry, an event.

use std::borrow::Cow;

use entity::{ticket, ticket_change};
use serde_json::{Value, json};

use crate::audit::Entry;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::Result;
use crate::events::Event;
use crate::tickets::rules::input;
use crate::tickets::store;
use crate::work::Work;

/// One field that changed, with values as the API writes them.
pub struct Change {
    /// The field, such as `stage`.
    pub field: Cow<'static, str>,
    /// Before.
    pub old: Value,
    /// After.
    pub new: Value,
    /// May partner and customer see it?
    pub public: bool,
}

impl Change {
    /// A change that partner and customer may see.
    pub fn public(
        field: impl Into<Cow<'static, str>>,
        old: impl Into<Value>,
        new: impl Into<Value>,
    ) -> Self {
        Self {
            field: field.into(),
            old: old.into(),
            new: new.into(),
            public: true,
        }
    }

    /// A change that only staff may see.
    pub fn internal(
        field: impl Into<Cow<'static, str>>,
        old: impl Into<Value>,
        new: impl Into<Value>,
    ) -> Self {
        Self {
            field: field.into(),
            old: old.into(),
            new: new.into(),
            public: false,
        }
    }
}

/// A reason as it was given, checked; some actions need one.
pub fn reason_of(given: Option<&str>, needed: bool) -> Result<Option<String>> {
    let mut checks = Checks::default();
    let reason = if needed {
        Some(checks.body("input.reason", given.unwrap_or_default(), input::BODY_MAX))
    } else {
        checks.optional_body("input.reason", given, input::BODY_MAX)
    };
    checks.done()?;
    Ok(reason)
}

/// Notes the history of an action, its audit entry and its event; they are written with the commit. An action without changed fields leaves one
/// row; `public` says who may see that one.
pub fn record(
    work: &mut Work<'_>,
    ticket: &ticket::Model,
    action: &'static str,
    audit_action: &'static str,
    public: bool,
    changes: Vec<Change>,
) {
    record_that(work, ticket, action, audit_action, public, changes, true);
}

/// The same of something that may not have changed what [counts](crate::tickets::facts): `counts` says whether it can have.
pub fn record_that(
    work: &mut Work<'_>,
    ticket: &ticket::Model,
    action: &'static str,
    audit_action: &'static str,
    public: bool,
    changes: Vec<Change>,
    counts: bool,
) {
    let call = work.call();
    let row = |change: Option<&Change>| ticket_change::Model {
        id: new_id(call.at),
        ticket_id: ticket.id,
        at: call.at,
        actor_kind: call.viewer.actor.kind,
        actor_id: call.viewer.actor.id,
        actor_name: call.viewer.actor.name.clone(),
        action: action.to_owned(),
        field: change.map(|change| change.field.clone().into_owned()),
        old_value: change
            .map(|change| change.old.clone())
            .filter(|value| !value.is_null()),
        new_value: change
            .map(|change| change.new.clone())
            .filter(|value| !value.is_null()),
        public: change.map_or(public, |change| change.public),
        request_id: Some(call.request_id.clone()),
    };
    let rows: Vec<_> = if changes.is_empty() {
        vec![row(None)]
    } else {
        changes.iter().map(|change| row(Some(change))).collect()
    };
    work.later(store::new_rows(rows));

    let detail: serde_json::Map<String, Value> = changes
        .iter()
        .map(|change| {
            (
                change.field.clone().into_owned(),
                json!({ "from": change.old, "to": change.new }),
            )
        })
        .collect();
    work.audit(Entry {
        action: audit_action,
        entity_type: "ticket",
        entity_id: Some(ticket.id),
        detail: Value::Object(detail),
    });
    let public = public || changes.iter().any(|change| change.public);
    let mut payload = json!({ "action": action, "public": public });
    if !counts {
        payload["counts"] = false.into();
    }
    work.emit(Event::new(
        call.at,
        Event::TICKET_CHANGED,
        ticket.id,
        payload,
    ));
}
