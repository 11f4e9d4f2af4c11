//! All of [`aftercare_core::customers::contracts`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::customers::contracts::*;
