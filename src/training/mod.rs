//! Training: people who can do the work (培训).

pub mod exams;
