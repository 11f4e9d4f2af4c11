//! Dispatch (智能调度): whom a waiting ticket is given to, and why.
//!
//! Words
//! - A **requirement** (技能要求) says which skill tickets of a kind or about a product need; all that match hold.
//! - A **candidate** (候选人) is a member who comes into question: of the ticket's team today, or without a team anybody
//!   with a region that has the ticket's province.
//! - An **exclusion** (排除) is the first thing that stands against a candidate: team, region, skill, certificate, shift,
//!   leave, capacity, in this order. Whoever isn't to get any tickets has a capacity of 0.
//! - The others are **ranked** by **load** (负荷), **fit** (匹配) and **fairness** (公平), each 0 to 1000 points, weighted
//!   by figures that admins change; see [`rules`] for how each is worked out.
//! - A **decision** (派单决策) keeps all candidates with what was known of them at that moment, by the ranking
//!   (`automatic`) or by a person (`manual`). Every assignment leaves one, also those by `ticketAssign`.
//!
//! Invariants
//! - An excluded candidate is never chosen by the ranking, and the same facts always give the same ranking.
//! - The queue goes by priority, among equals the oldest first.
//! - Of two decisions about one ticket at once one wins; two about one member come one after the other, so that the ranking
//!   gives nobody more than the capacity.
//! - A decision is written in the transaction of the assignment, and never changed.
//!
//! To weigh something else: a fact in [`rules::Candidate`] (read in `store/pool.rs`, with a default for decisions that
//! don't have it), its points in `rules/score.rs`, its weight in the settings. To exclude for another reason: a case in
//! `rules/eligible.rs` and in the enum of the entity.

pub mod actions;
mod figures;
pub mod rules;
mod scope;
pub mod store;
