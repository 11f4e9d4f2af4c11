//! Making and changing fields, and filling them on tickets.

mod catalogue;
mod filling;

pub use catalogue::{Draft, FieldCreate, FieldRetire, FieldUpdate, create, retire, update};
pub use filling::{Filling, Prepared, SetFields, look_over, set, write};
