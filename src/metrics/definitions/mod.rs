//! All of [`aftercare_core::metrics::definitions`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::metrics::definitions::*;
