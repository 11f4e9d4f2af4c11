//! All of [`aftercare_core::metrics`], and how GraphQL shows it.

pub mod definitions;
pub mod evaluation;
pub mod goals;
pub mod graphql;
pub mod snapshots;

pub use aftercare_core::metrics::*;
