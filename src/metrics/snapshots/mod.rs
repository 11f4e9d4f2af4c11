//! All of [`aftercare_core::metrics::snapshots`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::metrics::snapshots::*;
