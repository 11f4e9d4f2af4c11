//! All of [`aftercare_core::appraisals`], and how GraphQL shows it.

pub mod appeals;
pub mod calibration;
pub mod consequences;
pub mod cycles;
pub mod feedback;
pub mod improvement;
pub mod templates;
pub mod trial;

pub use aftercare_core::appraisals::*;

pub mod graphql;
