//! All of [`aftercare_core::settings`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::settings::*;
