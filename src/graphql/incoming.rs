//! A request before anything of it was looked at.

use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value as Json};

use super::persisted::Reference;
use super::precheck::{Document, Precheck, Refusal};

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
    read: OnceLock<Arc<Document>>,
}

impl Incoming {
    /// A request with its document.
    #[must_use]
    pub const fn new(
        query: String,
        operation_name: Option<String>,
        variables: Map<String, Json>,
    ) -> Self {
        Self {
            query,
            operation_name,
            variables,
            read: OnceLock::new(),
        }
    }

    /// The document, which is looked at once.
    ///
    /// # Errors
    /// As [`Precheck::read`].
    pub fn document(&self, precheck: &Precheck) -> Result<&Arc<Document>, Vec<Refusal>> {
        if let Some(document) = self.read.get() {
            return Ok(document);
        }
        let document = precheck.read(&self.query)?;
        Ok(self.read.get_or_init(|| document))
    }
}
