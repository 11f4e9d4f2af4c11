//! All of [`aftercare_core::incentives`], and how GraphQL shows it.

pub mod runs;

pub use aftercare_core::incentives::{gather, rules};
