//! Single comments and last messages (最新回复), batched: what lists of tickets show.
//!
//! Invariant: a comment is found by the same scoped select as everywhere, [`visible_comments`]; the last message is the
//! newest comment *that the viewer may read*, so that partner and customer never learn that there is a newer note.
//!
//! [`visible_comments`]: crate::tickets::scope::visible_comments

pub mod store;
