//! The only place that touches what raters are asked and say.

mod requests;
mod rows;
mod tasks;

pub use requests::{About, RequestFilter, RequestOrder, about, own_request, requests};
pub use rows::{
    appraisals_in, asked_in, insert, insert_raters, mark_given, of_appraisal, of_cycle, raters_of,
    request, row_of, said_of, save, stage_of,
};
pub use tasks::FeedbackTasks;
