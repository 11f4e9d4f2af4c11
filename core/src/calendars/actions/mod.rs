//! What can be done to calendars: one file a business action.

mod calendar_create;
mod calendar_version_add;

pub use calendar_create::{CalendarCreate, calendar_create};
pub use calendar_version_add::{CalendarVersionAdd, calendar_version_add};

use serde_json::json;
use uuid::Uuid;

use super::CALENDAR_CHANGED;
use crate::audit;
use crate::events::Event;
use crate::work::Work;

/// The most characters of a calendar's name.
const NAME: usize = 100;
/// The most characters of what changed.
const NOTE: usize = 500;

/// Leaves an audit entry and an event about a calendar.
fn leave(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: serde_json::Value) {
    work.audit(audit::Entry {
        action,
        entity_type: "calendar",
        entity_id: Some(id),
        detail,
    });
    let at = work.call().at;
    work.emit(Event::new(
        at,
        CALENDAR_CHANGED,
        id,
        json!({ "action": action }),
    ));
}
