//! What members answer to a result: they take note of it, or appeal (结果确认与申诉).
//!
//! Words
//! - To **take note** (确认) of a result isn't to agree; a comment says the rest. It is done once.
//! - An **appeal** (申诉) is against one result, by its number, with **grounds** (理由). It is **upheld** (成立), **rejected** (驳回) or
//!   withdrawn.
//!
//! Invariants
//! - Only the member answers, only while results are out, and not after the last day for it, by the organisation's calendar.
//! - Of an appraisal one appeal is open at a time, and what was decided about a result stays decided.
//! - Nobody decides who is involved: the member, the reviewer, or whoever made a result of this appraisal by hand
//!   ([`rules::involved`]).
//! - An upheld appeal makes a further result; the one appealed against stays as it is. An appeal never makes a score worse.

pub mod actions;
pub mod rules;
pub mod store;
