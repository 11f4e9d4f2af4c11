//! All of [`aftercare_core::appraisals`], and how GraphQL shows it.

pub mod appeals;
pub mod cycles;
pub mod feedback;
pub mod templates;

pub use aftercare_core::appraisals::*;

pub mod graphql;
