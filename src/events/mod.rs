//! Events: what changed, written in the transaction that changed it and delivered to whoever reacts.
//!
//! An action hands its [`Event`]s to its [`Work`](crate::work::Work), which puts them into the outbox in the same
//! transaction. Whoever reacts (subscriptions, caches, later rollups and webhooks) subscribes to the [`Bus`].

mod backlog;
mod bus;
pub mod delivery;
pub mod dispatcher;
pub mod graphql;
mod outbox;

pub use backlog::{Backlog, backlog};
pub use bus::Bus;
pub use outbox::{Event, append};
