//! Incentives (激励): what good work brings, by rules that are data, with amounts that explain themselves.
//!
//! Words
//! - A **rule** (激励规则) says who gets what for what: a [`rules::content::RuleContent`]. Its **versions** never change; it
//!   goes through the states of [`rules::life`].
//! - A **fact** (事实) is what a rule can ask about; the [`rules::catalogue`] lists them with their types. One that isn't known
//!   is missing, never nought.
//! - An **award** (奖励) is what a rule gives a member, with a [`rules::trace`] of how it came about.
//! - An **honour** (荣誉) is a title, a star, a commendation or a prize; colleagues **recognise** (认可) each other. See
//!   [`honours`].
//! - The **ledger** (台账) of [`rules::ledger`] only grows: corrections and claw-backs are entries of their own.
//!
//! Invariants
//! - An amount follows from the version of its rule and the facts in its trace alone: computed again, it is the same.
//! - What is split adds up to the whole to the last minor unit; nothing goes above a cap or a budget.
//! - Facts, amounts and everything between them are exact decimals.
//!
//! To add a fact: a line in the catalogue that is handed in, and its value for each member or record.

pub mod coarse;
pub mod definitions;
pub mod gather;
pub mod honours;
pub mod rules;
pub mod runs;

use entity::enums::Reach;

use crate::access::{Permission, Viewer};

/// May somebody see what everybody is paid, so that nothing is kept from them?
#[must_use]
pub fn sees_all_pay(viewer: &Viewer) -> bool {
    viewer.grants.covers(Permission::MemberPayRead, Reach::All)
}

/// The event that a rule or a version of it changed; `entity_id` is the rule.
pub const RULE_CHANGED: &str = "incentive.rule.changed";
/// The event that a simulation went on or ended; `entity_id` is the simulation.
pub const SIMULATION_CHANGED: &str = "incentive.simulation.changed";
