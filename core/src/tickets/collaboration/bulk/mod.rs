//! Bulk actions (批量操作): the same single action on up to [`MOST`] tickets.
//!
//! Invariants
//! - Each row is the single action, in a transaction of its own: the same permissions, rules, history and events. What
//!   fails in one row stops no other.
//! - Results come in the order given, one a row.
//! - Repeated with the same idempotency key, rows that were done aren't done again: each row's key is kept after the row,
//!   and should the server die between the two, the row's expected version keeps it from being done twice.
//!
//! To add an action: an arm in [`Do`] and in `actions::one`, and a field of `TicketBulkAction` in the server's
//! `graphql.rs`.

mod actions;

pub use actions::{Bulk, Do, MOST, Row, bulk};
