//! The only place that touches the tables of processes.

mod entries;
mod links;
mod lists;
mod names;
mod past;
mod versions;

pub use entries::{Stay, enter, leave, process_stays, stays, step_names, step_stays};
pub use links::{TemplatesVersions, VersionsSteps};
pub use lists::{Filter, Order};
pub use names::{names, names_of};
pub use past::past;
pub use versions::{
    code_is_taken, delete_steps, insert_steps, insert_template, insert_version, kinds_with_process,
    last_number, lock_kind, published, published_of, published_of_kind, save_version, steps,
    steps_by_id, template, version,
};
