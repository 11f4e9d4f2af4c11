//! All of [`aftercare_core::teamwork::tasks`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::teamwork::tasks::*;
