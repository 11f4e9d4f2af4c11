//! The object that a row points at.

use std::marker::PhantomData;

use async_graphql::parser::types::Field;
use async_graphql::{ContextSelectionSet, OutputType, Positioned, ServerResult, Value};
use std::sync::Arc;
use uuid::Uuid;

use super::{Directly, Linked};
use crate::access::Call;
use crate::db::along::Alongside;
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::loaders::{Loader, rows_by_ids};

/// The row that a field points at, as an object; null when there is none within the viewer's reach.
pub struct To<V> {
    id: Option<Uuid>,
    target: PhantomData<fn() -> V>,
}

impl<V> To<V> {
    /// The row with that id, if there is to be one.
    pub fn new(id: impl Into<Option<Uuid>>) -> Self {
        Self {
            id: id.into(),
            target: PhantomData,
        }
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> Option<Uuid> {
        self.id
    }
}

impl<V: Linked> OutputType for To<V> {
    described_as!(Option<V>);

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        let Some(id) = self.id else {
            return Ok(Value::Null);
        };
        let loads = ctx.data_unchecked::<Loader>();
        let rows = rows_by_ids::<V::Entity>(loads, vec![id])
            .await
            .map_err(shared);
        let mut rows = rows
            .on_field(ctx.data_unchecked::<Arc<Call>>())
            .map_err(|error| error.into_server_error(field.pos))?;
        match rows.pop() {
            Some((_, row)) => {
                let object = Directly::new(V::of(row), Alongside::default());
                object.resolve(ctx, field).await
            }
            None => Ok(Value::Null),
        }
    }
}
