//! The only place that touches the tables of mentoring.

mod lists;
mod rows;

pub use lists::{PairFilter, PairOrder, PairsCheckIns, PairsGoals, PairsTickets};
pub use rows::{active_of, goals_of, insert, linked, mentor_of, pairs_of_mentors, save, unlink};
