//! Rules that teams give themselves (管理规则).
//!
//! Words
//! - A **proposal** (提案) is for a new rule, for another text of one, or for its end. It holds for a **circle** (范围): the
//!   company, a department, or a team with all below it.
//! - It is a **draft** that only its proposer sees, then open for **comments**, then voted on. **Electors** (表决人) are the
//!   members of the circle on the day on which the vote begins; each has one vote and can change it until the end.
//! - **Quorum** (最低参与比例): so many of the electors must vote, abstentions included. **Majority** (通过比例): more than so many
//!   of the yes and no must be yes.
//! - An adopted proposal is a **version** of its rule, in force from a day; members of the circle **take note** of it (确认已阅).
//!
//! Invariants
//! - The outcome is [`rules::vote::outcome`] of the ballots, and nobody decides it.
//! - The version with the highest number that has begun is in force; versions are never changed.
//! - A secret vote: see [`store::ballots`], the only place that reads ballots.

pub mod actions;
pub mod rules;
pub mod scope;
pub mod store;
