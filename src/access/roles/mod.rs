//! All of [`aftercare_core::access::roles`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::access::roles::*;
