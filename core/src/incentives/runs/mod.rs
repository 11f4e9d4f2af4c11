//! Runs of incentive rules, what they give, and the ledger of it (激励计算、奖励与台账).
//!
//! Words
//! - A **run** (计算批次) works out the awards of a period by the rules in force on its first day: from frozen figures, in batches,
//!   each of which is a transaction that can be cut off anywhere and goes on to the same bytes.
//! - An **award** (奖励) is what a rule gives a member, with its **trace** (计算过程). Its id follows from run, rule, subject, part and
//!   member.
//! - What is approved is **booked** (入账) in the **ledger** (台账): a **transaction** (分录) with its **postings** (记账). A **payout**
//!   (发放) hands to payroll what is owed; **corrections** (更正) and **claw-backs** (追回) are transactions of their own.
//! - A month that is **locked** (月结) takes no more entries: what belongs there is booked on the first open day.
//! - A **statement** (对账单) is what was owed to a member at first, what came and went, and what is owed in the end.
//!
//! Invariants
//! - Who ran doesn't approve, and nobody decides about a correction that they proposed or that is about them.
//! - The ledger only grows; every transaction makes nought; nothing is booked twice, for its id follows from what it is about.
//! - Never is more taken back of an award than was given, and what is left doesn't depend on whether a refund or a correction came first.
//! - An award of somebody else is pay: it takes `member.pay.read` as well, and each look is logged.
//! - Money that changes pay for good ([`rules::booking`]) isn't booked: it is for payroll to do.
//!
//! To add a source of records: see [`super::gather`].

pub mod actions;
mod finding;
pub mod rules;
mod scope;
pub mod statement;
pub mod store;
pub mod totals;
pub mod verify;
pub mod view;
pub mod work;

pub use scope::{AwardFacts, OwnedFacts};

/// The event that a run went on; `entity_id` is the run.
pub const RUN_CHANGED: &str = "incentive.run.changed";
/// The event that a payout was made; `entity_id` is the payout.
pub const PAYOUT_MADE: &str = "incentive.payout.made";
/// The event that a payout was taken back; `entity_id` is the payout.
pub const PAYOUT_REVERSED: &str = "incentive.payout.reversed";
/// The event that a correction was proposed, decided or withdrawn; `entity_id` is the correction.
pub const CORRECTION_CHANGED: &str = "incentive.correction.changed";
/// The event that a question was asked, answered or withdrawn; `entity_id` is the question.
pub const QUESTION_CHANGED: &str = "incentive.question.changed";
