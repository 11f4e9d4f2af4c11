//! Customers in the schema.

mod access;
mod enums;
mod filters;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use enums::{CustomerKind, CustomerTier, PartnerKind};
pub use mutation::CustomersMutation;
pub use query::CustomersQuery;
pub use types::{Contact, Customer, Partner, Product, Unit, logged_contact};
