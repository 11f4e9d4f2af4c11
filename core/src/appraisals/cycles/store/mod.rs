//! The only place that touches cycles, their templates and absences.

mod lists;
mod progress;
mod rows;
mod tasks;

pub use lists::{CycleFilter, CycleOrder, CyclesAbsences, CyclesTemplates};
pub use progress::{Blocked, Progress, blocked_of, progress_of};
pub use rows::{
    counting, find, held, insert, insert_absences, is_taken, locked, replace_templates, save,
    scores_of, templates_of, to_count, unfinished,
};
pub use tasks::AppraisalTasks;
