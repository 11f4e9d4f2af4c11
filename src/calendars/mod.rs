//! All of [`aftercare_core::calendars`], and how GraphQL shows it.

pub mod graphql;

pub use aftercare_core::calendars::*;
