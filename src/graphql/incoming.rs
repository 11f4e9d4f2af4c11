//! A request before anything of it was looked at.

use serde_json::{Map, Value as Json};

/// A request as it came in.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// The document.
    pub query: String,
    /// Which of its operations.
    pub operation_name: Option<String>,
    /// The values of its variables.
    pub variables: Map<String, Json>,
}
