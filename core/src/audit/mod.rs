//! The audit log: who changed what from what to what, and who looked at confidential data.
//!
//! It only grows, and each row carries the hash of the one before it, so that a row altered, removed or put in between
//! is found by [`verify`]. Rows are written in the transaction of the change they tell of.

mod chain;
mod details;
mod linking;
mod read;
mod store;
mod together;
mod verify;

pub use chain::{Entry, append, append_after};
pub use details::{details_after, last_done};
pub use read::{note_read, note_reads};
pub use store::{KeepsBack, Wanted, list};
pub use together::append_decided;
pub use verify::{Fault, Verdict, verify};
