//! All of [`aftercare_core::identity`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::identity::*;
