//! Watchers and mentions (关注人与提及): who follows a ticket without owning it or working on it.
//!
//! Words
//! - A **watcher** is a member who follows a ticket: by their own wish, added by a colleague, or because they were
//!   mentioned.
//! - A **mention** calls a colleague to a comment.
//!
//! Invariants
//! - Only members watch, and only staff see who does.
//! - Watching lends **reading** ([`LENT`]) to a member who holds those permissions for what is their own, and nothing
//!   else: no step of the work can be done on a ticket by watching it. Whoever unwatches it, or is taken off, has lost
//!   it with the next request.
//! - Whoever lets another member in must be allowed to write notes on that very ticket.
//! - A ticket has at most [`MOST`] watchers.
//!
//! To lend another permission: a line in [`LENT`]; the tests in `tests/it/scope_properties` then hold it.

mod actions;
mod rules;
mod scope;
pub mod store;

pub use actions::{Mentions, Watch, add, remove, unwatch, watch};
pub use rules::{LENT, MENTIONS_MOST, MOST, lends};
pub use scope::{compare, watched_by};

/// The kind of event that tells of a mention; `entity_id` is the mentioned member.
pub const TICKET_MENTIONED: &str = "ticket.mentioned";
