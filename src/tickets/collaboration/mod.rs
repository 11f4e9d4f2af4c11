//! All of [`aftercare_core::tickets::collaboration`], and how GraphQL shows it.

pub mod bulk;
pub mod editing;
pub mod fields;
pub mod graphql;
pub mod links;
pub mod merging;
pub mod messages;
pub mod presence;
pub mod tags;
pub mod templates;
pub mod views;
pub mod watching;

pub use aftercare_core::tickets::collaboration::*;
