//! The words of the demo company: names, places, positions, and what is written on tickets, in Chinese and English.

pub mod appraisals;
pub mod companies;
pub mod courses;
pub mod duties;
pub mod feedback;
pub mod matters;
pub mod names;
pub mod places;
pub mod positions;
pub mod questions;
pub mod replies;
pub mod teamwork;
