//! All of [`aftercare_core::access`], and how GraphQL shows it.

pub mod roles;

pub use aftercare_core::access::*;
