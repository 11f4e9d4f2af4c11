//! How many documents are remembered for clients that send a hash instead of a text.

use serde::{Deserialize, Serialize};

/// The memory for automatic persisted queries, of each server process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PersistedSettings {
    /// Are documents remembered? Without it, whoever sends a hash is told to send texts.
    pub automatic: bool,
    /// Documents in all.
    pub documents: usize,
    /// Bytes of all documents.
    pub bytes: usize,
    /// Documents of one principal; it also has at most an eighth of the bytes.
    pub per_principal: usize,
}

impl Default for PersistedSettings {
    fn default() -> Self {
        Self {
            automatic: true,
            documents: 5_000,
            bytes: 4 << 20,
            per_principal: 500,
        }
    }
}
