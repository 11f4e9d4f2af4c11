//! All of [`aftercare_core::training::needs`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::training::needs::*;
