//! How much a principal may ask in a while.

use serde::{Deserialize, Serialize};

/// The size of each principal's bucket of cost points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BudgetSettings {
    /// Cost points that can be spent at once.
    pub burst: u64,
    /// Cost points that come back every second.
    pub per_second: u64,
}

impl Default for BudgetSettings {
    fn default() -> Self {
        Self {
            burst: 50_000,
            per_second: 1_000,
        }
    }
}
