//! What exams decide by: plain data and the time as values, no database and no clock.

pub mod grading;
pub mod items;
pub mod life;
pub mod marks;
pub mod paper;
pub mod question;
pub mod result;
mod seed;
pub mod sitting;
