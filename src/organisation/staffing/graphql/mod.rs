//! Staffing advice in the schema.

mod access;
mod query;

pub use access::ACCESS;
pub use query::StaffingQuery;
