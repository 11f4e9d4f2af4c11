//! Runs, awards and the ledger as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod awards;
mod enums;
mod filters;
mod inputs;
mod ledger;
mod loaders;
mod mine;
mod mutation;
mod query;
mod types;

pub use access::ACCESS;
pub use awards::IncentiveAward;
pub use ledger::{IncentiveCorrection, IncentiveQuestion, IncentiveTransaction};
pub use loaders::Seen;
pub use mutation::IncentiveRunMutation;
pub use query::IncentiveRunQuery;
pub use types::{IncentiveMonthLock, IncentivePayout, IncentiveRun};
