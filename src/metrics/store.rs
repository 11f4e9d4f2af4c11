//! The only place that touches facts, cells and days that wait to be summed up.

mod cells;
mod facts;
mod pending;

pub use cells::{Wanted, months_anew, read_cells, replace_day};
pub use facts::{
    days_of_source, facts_of_day, facts_of_records, facts_placed_elsewhere, place, replace_facts,
};
pub use pending::{forget_events, lock, mark_days, take_days, waiting_events};
