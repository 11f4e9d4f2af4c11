//! Feedback from all sides (360 度评价): who is asked, what was said, and how little may be told of it.
//!
//! Words
//! - A **rater** (评价人) is asked for feedback as a colleague, a superior or the member; customers are heard by the surveys of the
//!   member's own tickets.
//! - What was **said** is kept without the rater and without a time, under a key drawn by chance.
//!
//! Invariants
//! - Nobody, administrators included, reads single answers; [`voices`](crate::appraisals::rules::voices) decides what is told, and
//!   nothing is told before results are out: from then on nothing is said any more, so that no two looks differ by one answer.
//! - Whether somebody has given feedback is known to that rater alone: giving it leaves no event, no entry in the audit log, no
//!   idempotency key, no new version and no time, and a request that was answered counts as one that wasn't.
//! - Nobody is asked more often in a cycle than `appraisal.most_requests` allows; one's own view of oneself doesn't count.
//! - Who is told of from a single answer - a superior - is above the member or the reviewer: a colleague who is called one would lose
//!   the protection of numbers.

pub mod actions;
pub mod rules;
pub mod store;

pub use store::said_of;
