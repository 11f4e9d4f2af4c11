//! Batched reads of nested fields. Built for each request: a shared one would share its cache between principals.
//!
//! One [`Loads`] serves every kind of key. [`RowId`] reads any scoped table by id; a domain adds its own keys by
//! implementing `Loader<Key>` for `Loads` beside its types.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::dataloader::{self, DataLoader, HashMapCache};
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

/// The loaders of one request.
pub type Loader = DataLoader<Loads, HashMapCache>;

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
    pub fn for_call(app: &App, call: Arc<Call>, batches: &Batches, changes: bool) -> Loader {
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

impl<E> dataloader::Loader<RowId<E>> for Loads
where
    E: Scoped + Send + Sync + 'static,
    E::Model: ModelTrait<Entity = E> + Clone + Send + Sync + 'static,
{
    type Value = E::Model;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[RowId<E>]) -> Result<HashMap<RowId<E>, E::Model>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.uuid).collect();
        let rows = by_ids::<E>(self.db.reader(), &self.call.viewer, E::READ, &ids)
            .await
            .map_err(|error| Arc::new(Error::from(error)))?;
        Ok(rows
            .into_iter()
            .map(|(id, row)| (RowId::new(id), row))
            .collect())
    }
}

/// The rows with those ids as far as the viewer reaches: from memory, or batched with their siblings.
///
/// # Errors
/// When the database fails.
pub async fn rows_by_ids<E>(
    loader: &Loader,
    mut ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, E::Model)>, Arc<Error>>
where
    E: Scoped<Model: ModelTrait<Entity = E> + Clone + Send + Sync + 'static>
        + Send
        + Sync
        + 'static,
{
    let loads = loader.loader();
    let mut found = Vec::with_capacity(ids.len());
    if let Some(kept) = loads.kept::<E>().await? {
        ids.retain(|id| match kept.row::<E>(&loads.call.viewer, E::READ, *id) {
            Some(row) => {
                found.extend(row.map(|row| (*id, row)));
                false
            }
            None => true,
        });
    }
    if !ids.is_empty() {
        let read = loader
            .load_many(ids.into_iter().map(RowId::<E>::new))
            .await?;
        found.extend(read.into_iter().map(|(key, row)| (key.uuid, row)));
    }
    Ok(found)
}
