//! What every domain needs to speak GraphQL, and nothing about any domain.
//!
//! - [`Id`]: typed ids as clients see them (`ticket_01h...`); [`DateTime`], [`Date`]: scalars.
//! - [`Connection`]: Relay pages; [`filters`]: typed comparators.
//! - [`direct`]: the plain fields of rows, written straight to JSON.
//! - [`Ask`]: who asks and what the resolver may use; [`Loads`]: batched reads of nested fields.
//! - [`errors`]: how failures reach the client; [`mutation_payload`](crate::mutation_payload): the shape of every payload.
//! - [`SchemaModel`], [`sdl`], [`precheck`], [`guard`]: the schema as data, printed, checked before and during execution.

pub mod answer;
pub mod batches;
pub mod body;
pub mod budget;
pub mod children;
pub mod connection;
pub mod context;
pub mod cost;
pub mod direct;
pub mod endpoint;
pub mod errors;
pub mod filters;
#[cfg(test)]
mod fixture;
pub mod guard;
pub mod incoming;
pub mod kinds;
pub mod listing;
pub mod loaders;
pub mod meter;
pub mod model;
pub mod money;
pub mod node;
mod order;
pub mod persisted;
pub mod precheck;
pub mod roots;
pub mod scalars;
pub mod schema;
pub mod sdl;
pub mod table;
pub mod unread;
pub mod updates;

pub use aftercare_core::ids::{self, Id, Node};
pub use connection::{Connection, PageArgs};
pub use context::Ask;
pub use errors::{Outcome, UserErrorView};
pub use loaders::{Loads, RowId};
pub use model::SchemaModel;
pub use money::{Money, MoneyInput};
pub use scalars::{Date, DateTime, Decimal, Duration, Json};
pub use updates::change;

/// The schema and its access rules as data, for whoever explains them.
#[derive(Clone, Debug)]
pub struct SchemaFacts {
    /// The schema.
    pub model: std::sync::Arc<SchemaModel>,
    /// Who may have what.
    pub registry: std::sync::Arc<crate::access::Registry>,
}
