//! The only place that touches the tables of appraisals themselves; the rooms beside it have their own.

mod names;
mod results;
mod writes;

pub use names::metric_names;
pub use results::{content_of, current_result, cycle_of, locked, results_of};
pub use writes::{insert, insert_all, save};
