//! All of [`aftercare_core::customers`], and how GraphQL shows it.

pub mod contracts;
pub mod graphql;

pub use aftercare_core::customers::*;
