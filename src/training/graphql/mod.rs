//! Training as clients see it. [`ACCESS`] says who may have which field.

mod access;
mod catalogue;
mod enums;
mod filters;
mod hours;
mod inputs;
mod loaders;
mod mutation;
mod query;
mod sessions;

pub use access::ACCESS;
pub use catalogue::TrainingCourse;
pub use filters::TrainingDayFilter;
pub use hours::TrainingHoursEntry;
pub(in crate::training) use mutation::shown;
pub use mutation::{
    TrainingCalendarMutation, TrainingCatalogueMutation, TrainingHoursMutation,
    TrainingSessionMutation,
};
pub use query::TrainingQuery;
pub use sessions::{TrainingEnrolment, TrainingSession};
