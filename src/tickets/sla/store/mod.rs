//! The only place that touches the tables of service levels.

mod clocks;
mod levels;

pub use clocks::{Kept, clock_of, clock_row, insert_rows, interval_row, of_ticket, save, started};
pub use levels::{active, held};
