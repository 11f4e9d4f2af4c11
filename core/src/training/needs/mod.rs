//! What training is needed, and what it brought (培训需求与效果).
//!
//! Words
//! - A **need** (培训需求) is found in data: weak exam topics, low ratings by customers, tickets that come back, certificates
//!   that run out, hours that are behind. It has its **evidence** (依据): the figure, what it is held against, of how many
//!   cases and people, and some of the records. Thresholds are settings.
//! - A **proposal** (培训建议) is a course for some members with a priority and the needs that it follows from. A trainer
//!   **accepts** (采纳) it, which enrols them in a session or plans one, or **declines** (不采纳) it with a reason.
//! - The **effect** (培训效果) of a session is how the figures of those who attended changed, less how those of colleagues of the
//!   same teams who didn't attend changed in the same time ([`rules::effect`]).
//!
//! Invariants
//! - A member's need is shown to whoever may see what it follows from: results, figures, hours. A team's need is of so many people
//!   at least, and names nobody and no record.
//! - An effect is of so many people at least on both sides, whoever asks; fewer is an answer of its own.
//! - A proposal keeps figures of teams only: whoever sees it learns no single member's.
//!
//! To find needs in another source: a value of `TrainingNeedKind`, its threshold in [`rules::finding`], and what is known in
//! `actions/gather.rs`.

pub mod actions;
pub mod rules;
mod scope;
pub mod store;

pub use scope::ProposalFacts;

/// The event that a proposal was made or decided; `entity_id` is the proposal.
pub const PROPOSAL_CHANGED: &str = "training.proposal.changed";
