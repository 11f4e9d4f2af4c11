//! All of [`aftercare_core::tickets::dispatch`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::tickets::dispatch::*;
