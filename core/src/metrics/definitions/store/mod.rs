//! The only place that touches the tables of metrics and their versions.

mod lists;
mod rows;

pub use lists::{
    MetricFilter, MetricOrder, Shown, page, shown, shown_by_key, shown_by_keys, versions_of,
};
pub use rows::{
    Defined, all_current, all_latest, by_key, by_keys, by_versions, current_of, facts_versions,
    forget_counted, insert_metric, insert_version, is_taken, lock_all, mark_counted, save_metric,
};
