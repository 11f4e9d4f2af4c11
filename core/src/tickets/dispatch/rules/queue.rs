//! Whose turn it is.

use chrono::{DateTime, Utc};
use entity::enums::TicketPriority;
use uuid::Uuid;

/// A ticket that waits for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The ticket.
    pub id: Uuid,
    /// How urgent it is.
    pub priority: TicketPriority,
    /// When it was opened.
    pub opened: DateTime<Utc>,
}

/// Most urgent first; among equal priority always the oldest first.
#[must_use]
pub fn in_turn(mut queue: Vec<Waiting>) -> Vec<Waiting> {
    queue.sort_by_key(|ticket| (std::cmp::Reverse(ticket.priority), ticket.opened, ticket.id));
    queue
}
