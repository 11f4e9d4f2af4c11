//! Incentive rules and simulations as clients see them. [`ACCESS`] says who may have which field.

mod access;
mod amounts;
mod catalogue;
mod content;
mod enums;
mod inputs;
mod mutation;
mod orders;
mod outcome;
mod query;
mod simulation;
mod types;

pub use access::ACCESS;
pub use enums::{
    IncentiveKind, IncentiveKindFilter, IncentiveMethod, IncentivePeriod, IncentivePeriodFilter,
};
pub use mutation::IncentiveRuleMutation;
pub use query::IncentiveRuleQuery;
pub use simulation::IncentiveSimulation;
pub use types::{IncentiveRule, IncentiveRuleVersion};
