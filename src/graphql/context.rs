//! What a resolver may ask its context for.

use std::sync::Arc;

use async_graphql::Context;
use sea_orm::ModelTrait;
use uuid::Uuid;

use super::children::shared;
use super::loaders::{Loader, rows_by_ids};
use crate::access::{Call, Scoped};
use crate::app::App;
use crate::error::Result;

/// Typed access to the request's data.
pub trait Ask {
    /// The wired server.
    fn app(&self) -> &App;
    /// Who asks, when, in which language.
    fn call(&self) -> &Call;
    /// The request's batching loaders.
    fn loads(&self) -> &Loader;
    /// Does the client select this field of the object being resolved?
    fn selects(&self, field: &str) -> bool;
    /// The row with that id if this viewer may read it; batched with its siblings.
    fn row<E>(&self, id: Uuid) -> impl Future<Output = Result<Option<E::Model>>> + Send
    where
        E: Scoped + Send + Sync + 'static,
        E::Model: ModelTrait<Entity = E> + Clone + Send + Sync + 'static;
}

impl Ask for Context<'_> {
    fn app(&self) -> &App {
        self.data_unchecked::<Arc<App>>()
    }

    fn call(&self) -> &Call {
        self.data_unchecked::<Arc<Call>>()
    }

    fn loads(&self) -> &Loader {
        self.data_unchecked::<Loader>()
    }

    fn selects(&self, field: &str) -> bool {
        self.look_ahead().field(field).exists()
    }

    async fn row<E>(&self, id: Uuid) -> Result<Option<E::Model>>
    where
        E: Scoped + Send + Sync + 'static,
        E::Model: ModelTrait<Entity = E> + Clone + Send + Sync + 'static,
    {
        let rows = rows_by_ids::<E>(self.loads(), vec![id]).await;
        Ok(rows.map_err(shared)?.pop().map(|(_, row)| row))
    }
}
