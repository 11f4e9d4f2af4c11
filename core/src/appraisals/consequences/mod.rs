//! What follows from results (考核结果应用).
//!
//! Words
//! - A **proposal** (结果应用建议) follows from a result that is out: training, a promotion, pay, a plan for improvement, a title.
//!   Somebody else than whoever proposed it **decides**.
//! - A **need** (能力短板) is something that results are weak in, with how many members and, of those within reach, who.
//! - A **group's result** (团队结果) is the mean of a team, a department or a region, its spread over the bands, and what it is
//!   weakest in.
//! - A **candidate** (评优候选人) is among the best of a family, in the best band and without an incident; a **star** (服务之星) is
//!   whose nomination was accepted.
//!
//! Invariants
//! - Nobody has what is proposed of themselves, whatever the reach, nor decides about it. What is accepted as a star is known
//!   to the staff: who, and why.
//! - Nothing here is of results that aren't out.
//! - What is told of a group is told of so many members out of the viewer's reach at least, and whatever can be had from all that
//!   is told by adding and subtracting is too ([`rules::groups`]).
//! - A result is a fact for figures and incentives ([`facts`]) from when it is out; corrected, it is another one.

pub mod actions;
pub mod facts;
pub mod rules;
pub mod store;

pub use store::{StarChosen, stars_after, stars_of};

/// The event that a proposal was made or decided; `entity_id` is the proposal.
pub const PROPOSAL_CHANGED: &str = "appraisal.proposal.changed";
