//! Batched reads of nested fields. Built for each request: a shared one would share its cache between principals.
//!
//! One [`Loads`] serves every kind of key. [`RowId`] reads any scoped table by id; a domain adds its own keys by
//! implementing `Loader<Key>` for `Loads` beside its types.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::dataloader::{DataLoader, HashMapCache, Loader};
use sea_orm::ModelTrait;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::batches::Batches;
use crate::access::kept::{Kept, Snapshot};
use crate::access::{Call, Scoped, by_ids};
use crate::app::App;
use crate::db::Db;
use crate::error::Error;
use crate::metrics::counting::Counter;

/// What the loaders of one request read with.
pub struct Loads {
    /// The database.
    pub db: Db,
    /// Small tables in memory.
    kept: Arc<Kept>,
    /// The same as this request sees them: one query sees one organisation.
    seen: OnceCell<Arc<Snapshot>>,
    changes: bool,
    /// What figures are counted by.
    pub counter: Counter,
    /// Who asks.
    pub call: Arc<Call>,
}

impl Loads {
    /// The loaders of one request, whose batches are read while [`Batches::drive`] runs its execution. Of one that `changes` something
    /// nothing is remembered: what one mutation has read, the next one may have changed.
    #[must_use]
    pub fn for_call(
        app: &App,
        call: Arc<Call>,
        batches: &Batches,
        changes: bool,
    ) -> DataLoader<Self, HashMapCache> {
        let batches = batches.clone();
        let later = move |batch| batches.push(batch);
        let loads = Self {
            db: app.db.clone(),
            kept: Arc::clone(&app.kept),
            seen: OnceCell::new(),
            changes,
            counter: app.counter.clone(),
            call,
        };
        let loader = DataLoader::with_cache(loads, later, HashMapCache::default())
            .delay(Duration::ZERO)
            .max_batch_size(500);
        loader.enable_all_cache(!changes);
        loader
    }

    /// The tables in memory, if this one is among them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn kept<T: 'static>(&self) -> Result<Option<Arc<Snapshot>>, Arc<Error>> {
        if !self.kept.keeps::<T>() {
            return Ok(None);
        }
        let read = || async { self.kept.snapshot(&self.db).await.map_err(Arc::new) };
        if self.changes {
            return read().await.map(Some);
        }
        self.seen
            .get_or_try_init(read)
            .await
            .map(|seen| Some(Arc::clone(seen)))
    }
}

/// The key of a row of `E` under the table's read permission.
pub struct RowId<E> {
    /// The row's key.
    pub uuid: Uuid,
    entity: PhantomData<fn() -> E>,
}

impl<E> RowId<E> {
    /// The key of a row.
    #[must_use]
    pub const fn new(uuid: Uuid) -> Self {
        Self {
            uuid,
            entity: PhantomData,
        }
    }
}

impl<E> Clone for RowId<E> {
    fn clone(&self) -> Self {
        Self::new(self.uuid)
    }
}

impl<E> PartialEq for RowId<E> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}

impl<E> Eq for RowId<E> {}

impl<E> Hash for RowId<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}

impl<E> Loader<RowId<E>> for Loads
where
    E: Scoped + Send + Sync + 'static,
    E::Model: ModelTrait<Entity = E> + Clone + Send + Sync + 'static,
{
    type Value = E::Model;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[RowId<E>]) -> Result<HashMap<RowId<E>, E::Model>, Self::Error> {
        let viewer = &self.call.viewer;
        let mut found = HashMap::with_capacity(keys.len());
        let mut ids: Vec<Uuid> = keys.iter().map(|key| key.uuid).collect();
        if let Some(kept) = self.kept::<E>().await? {
            ids.retain(|id| match kept.row::<E>(viewer, E::READ, *id) {
                Some(row) => {
                    found.extend(row.map(|row| (RowId::new(*id), row)));
                    false
                }
                None => true,
            });
        }
        if ids.is_empty() {
            return Ok(found);
        }
        let rows = by_ids::<E>(self.db.reader(), viewer, E::READ, &ids)
            .await
            .map_err(|error| Arc::new(Error::from(error)))?;
        found.extend(rows.into_iter().map(|(id, row)| (RowId::new(id), row)));
        Ok(found)
    }
}
