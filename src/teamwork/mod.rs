//! All of [`aftercare_core::teamwork`], and how GraphQL shows it.

pub mod charter;
pub mod graphql;
pub mod meetings;
pub mod suggestions;
pub mod tasks;

pub use aftercare_core::teamwork::*;
