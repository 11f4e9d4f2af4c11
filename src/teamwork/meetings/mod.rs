//! All of [`aftercare_core::teamwork::meetings`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::teamwork::meetings::*;
