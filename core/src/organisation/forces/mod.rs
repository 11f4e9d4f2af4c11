//! Joint task forces (联合工作组): teams that are formed for a goal, with people of several departments, and dissolved with
//! a result.
//!
//! Words
//! - A **task force** is a team with a goal, a lead and a planned end. Its members have project assignments to that team,
//!   so they see its work, and these stand in their **allocation** (投入占比) like all others.
//! - A member's allocation on a day is the sum of the shares of that day.
//!
//! Invariants
//! - Everywhere else shares add up to 100 % at most; a task force may ask for more, and whoever forms it is warned of every
//!   member and day.
//! - Dissolving ends all its assignments and the team on one day, and needs a result.

pub mod actions;
pub mod rules;
mod scope;
pub mod store;
