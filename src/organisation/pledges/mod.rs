//! All of [`aftercare_core::organisation::pledges`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::organisation::pledges::*;
