//! All of [`aftercare_core::training::exams`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::training::exams::*;
