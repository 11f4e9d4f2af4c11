//! Incentive rules as data (激励规则): who gets what for what, version by version.
//!
//! Words
//! - A **rule** (规则) has a code that stays; what it says are its **versions** (版本), of which one at most is written at a time.
//! - A version goes through the states of [`life`](crate::incentives::rules::life): draft, simulated, approved, active, retired.
//! - A version **holds** (生效) on the days from `active_from` to before `active_until`. Periods that began on one of these days are
//!   paid by it, also when that is computed later.
//! - A [simulation](simulations) (模拟) tries versions on past periods, against the rules of today.
//!
//! Invariants
//! - A version that is saved has no mistakes: it compiles against the catalogue of its day.
//! - What was approved never changes: a change is a new version, whose activation ends the former one on that day.
//! - Who wrote in a version doesn't approve it; where it is switched on, they don't activate it either.
//! - What isn't in force, and never was, is seen by those only who see all rules.

pub mod actions;
mod kinds;
mod reading;
mod scope;
pub mod simulations;
pub mod store;

pub use kinds::{
    kind_of, method_of, period_of, plain_kind, plain_method, plain_period, state_of, stored_state,
};
pub use reading::{content_of, in_force, versions};
pub use scope::RuleFacts;
