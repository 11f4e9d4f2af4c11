//! The only place that touches honours, opt-outs and recognitions.

mod honours;
mod lists;
mod recognitions;
mod wall;

pub use honours::{Row, held_after, insert, insert_honours, lock_of_sources, of_sources, save};
pub use lists::{HonourFilter, HonourOrder, RecognitionFilter, RecognitionOrder};
pub use recognitions::{given_by, given_in, received, to_weigh};
pub use wall::{is_opted_out, set_opted_out, shown};
