//! What is expected of whoever holds a position, and whose duty a thing is (岗位职责).
//!
//! Words
//! - A **version** (岗位说明版本) has duties, goals and performance standards in both languages and holds from a day until
//!   the next one; it never changes. Before the first one, what the position's own row says holds.
//! - **Whose duty** (谁负责): a search of the duties of today by words, answered with positions and who holds them.
//!
//! Invariants
//! - A version begins today or later, after all others of its position.
//! - Everybody who sees the structure may ask whose duty a thing is; who holds a position they see as far as they see members.

pub mod actions;
pub mod rules;
mod scope;
pub mod store;
