//! All of [`aftercare_core::organisation`], and how GraphQL shows it.

pub mod competencies;
pub mod duties;
pub mod forces;
pub mod graphql;
pub mod opinions;
pub mod pledges;
pub mod probation;
pub mod reorganisation;
pub mod rotations;
pub mod staffing;
pub mod structure;
pub mod workforce;

pub use aftercare_core::organisation::*;
