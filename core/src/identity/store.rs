//! The tables of identity: accounts, sessions with their refresh tokens, secrets, signing keys.

pub mod accounts;
pub mod keys;
mod lists;
pub mod references;
mod scope;
pub mod secrets;
pub mod sessions;

pub use lists::{ClientFilter, ClientOrder, UserFilter, UserOrder};
