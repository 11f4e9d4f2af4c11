//! Making, renaming and removing tags, and putting them on tickets.

mod catalogue;
mod tagging;

pub use catalogue::{TagCreate, TagDelete, TagUpdate, create, delete, update};
pub use tagging::{Tagging, add, remove};
