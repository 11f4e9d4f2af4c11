//! How much may be asked in a while.

use serde::{Deserialize, Serialize};

/// The buckets of cost points: one for each principal, and a wider one for each address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BudgetSettings {
    /// Cost points that a principal can spend at once; whoever isn't signed in is told apart by address.
    pub burst: u64,
    /// Cost points that come back to it every second.
    pub per_second: u64,
    /// Cost points that everybody behind one address can spend at once.
    pub address_burst: u64,
    /// Cost points that come back to an address every second.
    pub address_per_second: u64,
}

impl Default for BudgetSettings {
    fn default() -> Self {
        Self {
            burst: 50_000,
            per_second: 1_000,
            address_burst: 1_000_000,
            address_per_second: 20_000,
        }
    }
}
