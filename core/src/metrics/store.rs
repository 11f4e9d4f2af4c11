//! The only place that touches facts, cells and days that wait to be summed up.

mod cells;
mod facts;
mod frozen;
mod pending;
mod sources;
mod times;

pub use cells::{Wanted, days_of_cells, months_anew, read_cells, read_each, replace_day};
pub use facts::{
    days_of_source, facts_of_day, facts_of_records, facts_placed_elsewhere, has_facts, place,
    regroup, replace_facts,
};
pub use frozen::{
    Differing, days_of_source_at, facts_at, facts_of_day_at, freeze_cells, freeze_facts, only_now,
    only_then,
};
pub use pending::{mark_days, take_days};
pub use sources::{counted_sources, forget_sources, mark_sources};
pub use times::{Key, Wanted as WantedTimes, stretches};
