//! Customers in the schema.

mod access;
mod enums;
mod filters;
mod loaders;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use enums::{CustomerKind, CustomerTier, PartnerKind};
pub use filters::DateFilter;
pub use mutation::CustomerMutation;
pub use query::CustomerQuery;
pub use types::{Contact, Customer, Partner, Product, Unit, logged_contact};
