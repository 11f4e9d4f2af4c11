//! All of [`aftercare_core::appraisals`], and how GraphQL shows it.

pub mod calibration;
pub mod consequences;
pub mod trial;

pub use aftercare_core::appraisals::*;
