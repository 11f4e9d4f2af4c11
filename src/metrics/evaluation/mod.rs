//! All of [`aftercare_core::metrics::evaluation`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::metrics::evaluation::*;
