//! Feedback from all sides (360 度评价): who is asked, what was said, and how little may be told of it.
//!
//! Words
//! - A **rater** (评价人) is asked for feedback as a colleague, a superior or the member; customers are heard by the surveys of the
//!   member's own tickets.
//! - What was **said** is kept without the rater and without a time, under a key drawn by chance.
//!
//! Invariants
//! - Nobody, administrators included, reads single answers; [`voices`](crate::appraisals::rules::voices) decides what is told.
//! - Whether somebody has given feedback is known to that rater alone.

mod store;

pub use store::said_of;
