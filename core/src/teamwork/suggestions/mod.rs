//! Suggestions for improvement (改进建议), from submission to outcome.
//!
//! Words
//! - A suggestion is **submitted** by a member, **received** by its **handler** (处理人), **answered** any number of times, then
//!   **accepted** or **declined** with a reason; what is accepted is **realised** and **done** with an outcome.
//! - **Supporters** (附议人) say that they want it too; how many is shown, not who.
//! - An **anonymous** suggestion (匿名) is nobody's to colleagues; its handler sees who submitted it.
//!
//! Invariants
//! - Nobody looks after their own suggestion.
//! - Every step is kept with its words, and whoever sees the suggestion sees them all.
//! - Whether the author is shown is decided in [`scope::shows_author`] alone; no filter, order, count, step, event, task or
//!   log entry says more.

pub mod actions;
pub mod rules;
pub mod scope;
pub mod store;

pub use store::adopted_of;
