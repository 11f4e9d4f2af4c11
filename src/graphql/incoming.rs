//! A request before anything of it was looked at.

use serde_json::{Map, Value as Json};

use super::persisted::Reference;

/// A request as it came in, perhaps with something that stands for its document.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The document.
    pub query: Option<String>,
    /// What stands for it.
    pub reference: Option<Reference>,
    /// Which of its operations.
    pub operation_name: Option<String>,
    /// The values of its variables.
    pub variables: Map<String, Json>,
}

/// A request with its document.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// The document.
    pub query: String,
    /// Which of its operations.
    pub operation_name: Option<String>,
    /// The values of its variables.
    pub variables: Map<String, Json>,
}
