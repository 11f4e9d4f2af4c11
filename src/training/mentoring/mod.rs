//! All of [`aftercare_core::training::mentoring`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::training::mentoring::*;
