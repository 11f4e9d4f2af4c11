//! What would be promised to a ticket, before it is opened (时限预览).

use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::customer;
use entity::enums::{SlaClockKind, TicketKind, TicketPriority};
use uuid::Uuid;

use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::error::Result;
use crate::organisation::today;
use crate::tickets::sla::rules::clock::Clock;
use crate::tickets::sla::rules::policy::{Facts, Level, PROMISES, choose};
use crate::tickets::sla::store;

/// Which ticket.
#[derive(Clone, Copy, Debug)]
pub struct PreviewAsk {
    /// What kind of request it would be.
    pub kind: TicketKind,
    /// How urgent it would be.
    pub priority: TicketPriority,
    /// For which customer.
    pub customer_id: Uuid,
    /// When it would be opened.
    pub at: DateTime<Utc>,
}

/// What would be promised.
pub struct Preview {
    /// The level that would hold.
    pub level: Arc<Level>,
    /// The clocks as they would begin.
    pub clocks: Vec<(SlaClockKind, Clock)>,
}

/// The level that would hold for a ticket, and its due times; none when no policy is for it.
///
/// # Errors
/// When the database fails.
pub async fn preview(app: &App, call: &Call, ask: PreviewAsk) -> Result<Option<Preview>> {
    let reader = app.db.reader();
    let Some(customer) = find::<customer::Entity>(
        reader,
        &call.viewer,
        Permission::CustomerRead,
        ask.customer_id,
    )
    .await?
    else {
        return Ok(None);
    };
    let facts = Facts {
        kind: ask.kind,
        priority: ask.priority,
        tier: customer.tier,
        province: customer.province,
    };
    let active = store::active(reader, today(call)).await?;
    Ok(choose(&active, None, facts).map(|level| {
        let clocks = PROMISES
            .into_iter()
            .filter_map(|kind| {
                let target = level.target(kind, ask.priority)?;
                let clock = Clock::start(kind, None, Arc::clone(&level), target, None, ask.at);
                Some((kind, clock))
            })
            .collect();
        Preview { level, clocks }
    }))
}
