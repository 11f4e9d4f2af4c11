//! How the staff are: surveys of the staff itself (员工满意度调查), anonymous for real.
//!
//! Words
//! - A **round** (调查轮次) has **questions**: ratings from 1 to 5, or a choice of options. It is a draft, then open, then closed.
//! - When it opens, everybody with a home is **invited** (受邀), and belongs from then on to the **cell** (统计单元) of the home's
//!   team, or of the department for a home without one.
//! - A **tally** (计数) says how often something was chosen in a cell. That is all that is kept of answers.
//! - **Results** are put together from tallies, for the company, departments and teams, once the round is closed.
//!
//! Invariants
//! - There is no row for anybody's answers, anywhere: answering raises tallies and sets a flag on the invitation. Neither has
//!   a time, an order or a version; both were made when the round opened, and closing writes all of them once more.
//! - Answering leaves no audit entry, no event and no idempotency key: each would say what was chosen, or when by whom.
//! - All questions are answered at once, so that behind every figure of a part stand the same people.
//! - Nobody, admins included, sees anything of the tallies of a round that isn't closed; then only parts whose people, and
//!   whose rest within the part above, are at least the round's minimum ([`rules::shown`]): nothing smaller can be had by
//!   subtraction. The minimum is fixed when the round opens.
//! - There are no questions to be answered in words: a text is a single answer, and people are known by how they write.

pub mod actions;
pub mod rules;
mod scope;
pub mod store;

pub use scope::RoundFacts;

/// The event that a round was written, opened or closed; `entity_id` is the round.
pub const CHANGED: &str = "staff_survey.changed";
