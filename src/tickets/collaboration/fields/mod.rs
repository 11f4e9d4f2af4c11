//! Custom fields (自定义字段): what the organisation adds to its tickets, typed and validated.

mod known;
pub mod store;

pub use known::{Known, filled_of, of_kinds};
pub use store::filled;
