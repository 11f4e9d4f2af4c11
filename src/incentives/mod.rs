//! All of [`aftercare_core::incentives`], and how GraphQL shows it.

pub mod definitions;
pub mod honours;
pub mod runs;

pub use aftercare_core::incentives::*;
