//! The schema as resolvers may ask about it, wired once at start.

use std::sync::Arc;

use super::SchemaModel;
use super::precheck::{Limits, Precheck};
use crate::access::Registry;

/// What the schema has, who may have what of it, and the checks that follow from both.
#[derive(Debug)]
pub struct SchemaFacts {
    /// Every type and field.
    pub model: Arc<SchemaModel>,
    /// Who may have which field.
    pub registry: Arc<Registry>,
    /// The checks of a document before it runs.
    pub precheck: Precheck,
}

impl SchemaFacts {
    /// The facts of a schema.
    #[must_use]
    pub fn new(model: SchemaModel, registry: Registry, limits: Limits) -> Self {
        let (model, registry) = (Arc::new(model), Arc::new(registry));
        Self {
            precheck: Precheck::new(Arc::clone(&model), Arc::clone(&registry), limits),
            model,
            registry,
        }
    }
}
