//! The definitions of metrics (指标定义): what ships with the product, and what the organisation makes of its own.
//!
//! Words
//! - A **metric** has a **key**, by which queries and expressions name it, and **versions** that never change. Its current
//!   version holds.
//! - A metric from facts is **ready** once its sums are complete (`counted_at`); a derived one is when all are that it
//!   stands on.
//!
//! Invariants
//! - What is saved has passed [`rules::checking`](super::rules::checking) against the sources and the metrics in use.
//! - No metric stands on itself, and none in use on a retired one: whoever changes definitions has locked them all.
//!
//! To ship one more: an entry in `shipped.toml`; what is installed already stays as it is.

pub mod actions;
mod install;
mod scope;
pub mod store;

pub use install::{install, metric_id};
pub use store::{
    Defined, Shown, all_current, all_latest, by_key, by_keys, by_versions, facts_versions,
    lock_all, mark_counted, shown_by_key,
};
