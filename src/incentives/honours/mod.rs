//! All of [`aftercare_core::incentives::honours`], and how GraphQL shows it.

pub use aftercare_core::incentives::honours::*;

pub mod graphql;
