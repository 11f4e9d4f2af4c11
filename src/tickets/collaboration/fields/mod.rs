//! Custom fields (自定义字段): what the organisation adds to its tickets, typed and validated.

pub mod store;

pub use store::filled;
