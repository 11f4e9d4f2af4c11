//! The only place that touches snapshots and the definitions that they name.

mod lists;
mod rows;

pub use lists::{SnapshotFilter, SnapshotOrder, versions_of};
pub use rows::{
    all_frozen, definitions, frozen, frozen_at, frozen_of, holdings_json, insert, insert_metrics,
};
