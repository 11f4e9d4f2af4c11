//! What teams stand for (团队口号与目标): a slogan, and what we do, finish and get, period by period.
//!
//! Words: a **pledge** (团队承诺) is a team's slogan and goals in one period of days.
//!
//! Invariants
//! - A team's periods don't overlap; one that is over doesn't change any more.
//! - Everybody who sees the structure sees every team's; writing them is for who has `team.pledge.write` with a reach that
//!   holds the team.

pub mod actions;
mod scope;
pub mod store;
