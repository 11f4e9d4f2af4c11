//! The question bank and exams as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod bank;
mod enums;
mod exams;
mod filters;
mod grading;
mod inputs;
mod loaders;
mod mutation;
mod papers;
mod query;
mod review;
mod statistics;

pub use access::ACCESS;
pub use exams::Exam;
pub use mutation::ExamMutation;
pub use papers::ExamAttempt;
pub use query::ExamQuery;
