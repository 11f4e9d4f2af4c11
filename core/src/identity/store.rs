//! The tables of identity: accounts, sessions with their refresh tokens, secrets, signing keys, trusted documents.

pub mod accounts;
pub mod documents;
pub mod keys;
mod lists;
pub mod references;
mod scope;
pub mod secrets;
pub mod sessions;

pub use documents::{DocumentFilter, DocumentOrder};
pub use lists::{ClientFilter, ClientOrder, UserFilter, UserOrder};
