//! All of [`aftercare_core::organisation::staffing`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::organisation::staffing::*;
