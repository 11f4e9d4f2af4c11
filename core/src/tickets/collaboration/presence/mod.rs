//! Presence (在线状态): somebody else is working on this.
//!
//! Words: a client that shows a ticket says so every so often, a **heartbeat**; it tells whether its user **views** the
//! ticket or **edits** something in it. Who wasn't heard of for [`LIFETIME`] is no longer there.
//!
//! Invariants
//! - Only staff are present, and only staff who read the ticket's notes see who is.
//! - A heartbeat that changes nothing makes no event; whoever follows notices by the clock that somebody has gone.
//! - Presence is no history: it leaves no audit entry, and housekeeping deletes what is over.

mod actions;
pub mod rules;
pub mod store;

pub use actions::{Heartbeat, set};
pub use rules::LIFETIME;

/// The kind of event that tells that somebody came, went or began to write; `entity_id` is the ticket.
pub const TICKET_PRESENCE: &str = "ticket.presence";
