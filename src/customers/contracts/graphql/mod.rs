//! Contracts, money and renewals as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod enums;
mod filters;
mod inputs;
mod loaders;
mod mutation;
mod query;
mod renewals;
mod types;

pub use access::ACCESS;
pub use mutation::ContractMutation;
pub use query::ContractQuery;
pub use renewals::Renewal;
pub use types::{Contract, ContractPayment};
