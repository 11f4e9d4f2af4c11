//! Pure decisions about ownership and credit.

pub mod credit;
pub mod handover;
pub mod work;
