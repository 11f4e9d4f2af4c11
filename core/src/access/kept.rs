//! Small tables that nearly every request shows, in memory as of one access epoch.
//!
//! Who is in which team, what a region is called: that changes a few times a day and is read thousands of times a minute.
//! Every change of these tables raises the epoch, so that what was read under an epoch holds for as long as it is the present
//! one. Rows go out through the plain predicate of their reaches, which tests hold equal to the SQL.
//!
//! To keep a table: hand it in where its domain [`Keeps`], raise the epoch wherever it changes, and see that it lends nothing
//! and keeps nothing back ([`Scoped`]): the plain predicate doesn't know of that.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use futures_util::future::BoxFuture;
use tokio::sync::Mutex;
use uuid::Uuid;

use super::children::{Child, Link};
use super::epoch::shown_epoch;
use super::{Permission, Scoped, Viewer, sees};
use crate::db::{Db, Pool};
use crate::error::Result;

/// A row with what decides who may see it.
type Row<E> = (<E as sea_orm::EntityTrait>::Model, <E as Scoped>::Facts);
/// The rows of a table by id.
type Rows<E> = HashMap<Uuid, Row<E>>;
/// The children of a link by parent, in the link's order.
type Children<L> = HashMap<Uuid, Vec<Row<<L as Link>::Child>>>;

/// Tables as they were under one epoch.
#[derive(Default)]
pub struct Snapshot {
    tables: HashMap<TypeId, Box<dyn Any + Send + Sync>>,
}

impl Snapshot {
    /// Takes in all rows of a table.
    #[must_use]
    pub fn with_rows<E>(mut self, rows: impl IntoIterator<Item = (Uuid, Row<E>)>) -> Self
    where
        E: Scoped<Model: Send + Sync + 'static, Facts: Send + Sync + 'static> + 'static,
    {
        let rows: Rows<E> = rows.into_iter().collect();
        self.tables.insert(TypeId::of::<E>(), Box::new(rows));
        self
    }

    /// Takes in all children of a link; parents without any have an empty list.
    #[must_use]
    pub fn with_children<L>(mut self, children: HashMap<Uuid, Vec<Row<<L as Link>::Child>>>) -> Self
    where
        L: Link<Child: Scoped<Model: Send + Sync + 'static, Facts: Send + Sync + 'static>>,
    {
        self.tables.insert(TypeId::of::<L>(), Box::new(children));
        self
    }

    /// A row: none when its table isn't kept now, `Some(None)` when there is no such row for the viewer. A row that isn't there costs
    /// as much as one that may not be seen.
    #[must_use]
    pub fn row<E>(
        &self,
        viewer: &Viewer,
        permission: Permission,
        id: Uuid,
    ) -> Option<Option<E::Model>>
    where
        E: Scoped<Model: Clone> + 'static,
    {
        let rows = self.tables.get(&TypeId::of::<E>())?;
        let row = rows.downcast_ref::<Rows<E>>()?.get(&id);
        Some(row.and_then(|(row, facts)| sees::<E>(viewer, permission, facts).then(|| row.clone())))
    }

    /// The children of a parent that the viewer may have; none when their table isn't kept now.
    #[must_use]
    pub fn children<L: Link>(&self, viewer: &Viewer, parent: Uuid) -> Option<Vec<Child<L>>> {
        let children = self.tables.get(&TypeId::of::<L>())?;
        let rows = children.downcast_ref::<Children<L>>()?.get(&parent);
        let seen = rows
            .into_iter()
            .flatten()
            .filter(|(_, facts)| sees::<L::Child>(viewer, L::PERMISSION, facts))
            .map(|(row, _)| row.clone());
        Some(seen.collect())
    }
}

/// A domain that has tables to keep.
pub trait Keeps: Send + Sync {
    /// Which they are: the types by which they are asked for.
    fn tables(&self) -> Vec<TypeId>;

    /// Reads them all. A domain with more rows than memory is for gives an empty snapshot: each row is then read where it is
    /// wanted.
    fn read<'a>(&'a self, connection: &'a Pool) -> BoxFuture<'a, Result<Snapshot>>;
}

/// The snapshot of the present epoch, read when it is first asked for.
pub struct Kept {
    source: Box<dyn Keeps>,
    tables: Vec<TypeId>,
    present: RwLock<Option<(i64, Arc<Snapshot>)>>,
    reading: Mutex<()>,
}

impl Kept {
    /// Nothing is read yet.
    #[must_use]
    pub fn new(source: impl Keeps + 'static) -> Self {
        Self {
            tables: source.tables(),
            source: Box::new(source),
            present: RwLock::default(),
            reading: Mutex::default(),
        }
    }

    /// Is this table (or link) kept at all?
    #[must_use]
    pub fn keeps<T: 'static>(&self) -> bool {
        self.tables.contains(&TypeId::of::<T>())
    }

    /// The tables as of the present epoch.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn snapshot(&self, db: &Db) -> Result<Arc<Snapshot>> {
        let epoch = shown_epoch(db).await?;
        if let Some(snapshot) = self.of(epoch) {
            return Ok(snapshot);
        }
        let _reading = self.reading.lock().await;
        // Whoever held the lock before may have read it; and what was read after the epoch can only be newer.
        let epoch = shown_epoch(db).await?;
        if let Some(snapshot) = self.of(epoch) {
            return Ok(snapshot);
        }
        let snapshot = Arc::new(self.source.read(db.reader()).await?);
        let mut present = self.present.write().unwrap_or_else(PoisonError::into_inner);
        *present = Some((epoch, Arc::clone(&snapshot)));
        Ok(snapshot)
    }

    fn of(&self, epoch: i64) -> Option<Arc<Snapshot>> {
        let present = self.present.read().unwrap_or_else(PoisonError::into_inner);
        present
            .as_ref()
            .filter(|(of, _)| *of == epoch)
            .map(|(_, snapshot)| Arc::clone(snapshot))
    }
}
