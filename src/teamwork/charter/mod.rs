//! All of [`aftercare_core::teamwork::charter`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::teamwork::charter::*;
