//! Pure decisions about contracts, money and renewals.

pub mod credit;
pub mod renewals;
pub mod shares;
