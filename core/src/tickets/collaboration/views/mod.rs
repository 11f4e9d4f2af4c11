//! Saved views (保存的视图): a filter of tickets with an order, which somebody keeps and may share with a team.
//!
//! Invariants
//! - A view is its owner's; a team that it is shared with sees it, only its owner changes it.
//! - A view shows each viewer only what `tickets` would show them: their reach, their rights, their fields.
//! - The filter is kept as the API takes it and read again by the API's own types whenever it is used, so a view that no
//!   longer fits the API says so instead of showing something else.

pub mod actions;
pub mod rules;
pub mod store;
