//! The only place that touches facts, cells and days that wait to be summed up.

mod cells;
mod facts;
mod pending;

pub use cells::{Wanted, days_of_cells, months_anew, read_cells, replace_day};
pub use facts::{
    days_of_source, facts_of_day, facts_of_records, facts_placed_elsewhere, has_facts, place,
    regroup, replace_facts,
};
pub use pending::{mark_days, take_days};
