//! Events: what changed, written in the transaction that changed it and delivered to whoever reacts.
//!
//! An action hands its [`Event`]s to its [`Work`](crate::work::Work), which puts them into the outbox in the same
//! transaction. The [`dispatcher`] brings it to the [`Bus`] of every process, once and in order. Whoever reacts (caches, later
//! rollups and webhooks) subscribes there; what a client follows comes through [`follow`], with the rights of each moment.
//!
//! To add a kind: a constant on [`Event`], and `work.emit(..)` in the action. An event says what changed, not how it is
//! now, and nothing confidential.

mod backlog;
mod bus;
mod delivery;
pub mod dispatcher;
mod outbox;

pub use backlog::{Backlog, backlog};
pub use bus::Bus;
pub use delivery::{Delivered, Interest, REVOCATION_DEADLINE, follow};
pub use outbox::{Event, append, mark_counted, rows, uncounted};
