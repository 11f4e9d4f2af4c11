//! The only place that touches the tables of skills, certificates, shifts, leave and capacity.

mod abilities;
mod profiles;

pub use profiles::{Profile, profiles};
