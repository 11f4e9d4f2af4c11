//! All of [`aftercare_core::tickets::responsibility`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::tickets::responsibility::*;
