//! All of [`aftercare_core::audit`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::audit::*;
