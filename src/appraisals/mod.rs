//! All of [`aftercare_core::appraisals`], and how GraphQL shows it.

pub mod appeals;
pub mod feedback;

pub use aftercare_core::appraisals::*;
