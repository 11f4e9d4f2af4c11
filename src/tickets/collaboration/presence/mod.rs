//! All of [`aftercare_core::tickets::collaboration::presence`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::tickets::collaboration::presence::*;
