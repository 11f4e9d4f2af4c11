//! Custom fields as clients see them.

mod access;
mod inputs;
mod mutation;
mod types;

pub use access::ACCESS;
pub use inputs::{DecimalFilter, TicketFieldFilter, TicketFieldInput};
pub use mutation::FieldMutation;
pub use types::{CustomField, FieldQuery, TicketFieldValue, fields_of};
