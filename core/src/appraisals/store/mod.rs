//! The only place that touches the tables of appraisals themselves; the rooms beside it have their own.

mod parts;
mod results;
mod writes;

pub use parts::{Parts, parts_of};
pub use results::{content_of, current_result, cycle_of, locked, results_of};
pub use writes::{insert, insert_all, save};
