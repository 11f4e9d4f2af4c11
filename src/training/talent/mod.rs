//! All of [`aftercare_core::training::talent`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::training::talent::*;
