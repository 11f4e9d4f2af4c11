//! All of [`aftercare_core::tickets`], and how GraphQL shows it.

pub mod collaboration;
pub mod dispatch;
pub mod graphql;
pub mod processes;
pub mod progress;
pub mod responsibility;
pub mod sla;
pub mod surveys;

pub use aftercare_core::tickets::*;
