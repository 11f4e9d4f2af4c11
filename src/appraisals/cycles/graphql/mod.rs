//! Appraisal cycles as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod enums;
mod inputs;
mod loaders;
mod mutation;
mod population;
mod progress;
mod query;
mod types;

pub use access::ACCESS;
pub use enums::{AppraisalRhythm, AppraisalStage};
pub use mutation::AppraisalCycleMutation;
pub use query::AppraisalCycleQuery;
pub use types::AppraisalCycle;
