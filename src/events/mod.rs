//! All of [`aftercare_core::events`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::events::*;
