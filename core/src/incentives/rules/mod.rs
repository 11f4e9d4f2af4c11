//! The decisions about incentives, as plain functions over plain data.
//!
//! From a rule to money: [`checking`] compiles a [`content`] against the [`catalogue`]; [`run`] evaluates it in batches, one
//! [`award`] at a time, by [`tiers`], [`rounding`], [`caps`] and [`splits`]; [`settle`] holds all awards of a period together by
//! [`stacking`], [`caps`] and [`budget`]; [`recompute`] does it again from a [`trace`], and [`words`] tells it.

pub mod award;
pub mod bounds;
pub mod budget;
pub mod caps;
pub mod catalogue;
pub mod checking;
pub mod content;
pub mod expression;
pub mod facts;
pub mod guard_rails;
pub mod honours;
pub mod ledger;
pub mod life;
pub mod limit;
pub mod monotone;
pub mod recompute;
pub mod rounding;
pub mod rule;
pub mod run;
pub mod settle;
pub mod simulation;
pub mod splits;
pub mod stacking;
pub mod templates;
#[cfg(test)]
pub(in crate::incentives) mod testing;
pub mod tiers;
pub mod trace;
pub mod value;
pub mod words;
