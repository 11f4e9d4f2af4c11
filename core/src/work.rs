//! One business action's transaction: rows, history, audit and events become true together or not at all.
//!
//! ```text
//! let mut work = Work::begin(&app.db, call).await?;
//! ... permission, scope, version, rule, rows through work.tx() ...
//! work.audit(Entry { .. });
//! work.emit(Event::new(..));
//! work.commit().await?;
//! ```
//! A `Work` that is dropped before `commit` leaves nothing behind.

mod once;

use std::sync::atomic::{AtomicBool, Ordering};

use entity::counter;
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, ExprTrait, IntoActiveModel, ModelTrait,
    QueryFilter, Set,
};
use serde::Serialize;
use uuid::Uuid;

use once::Key;
pub use once::{Once, Part};

use crate::access::{Call, Permission, Scoped, bump_epoch, reached, to_change};
use crate::db::glance::{Glance, stale};
use crate::db::pending::Pending;
use crate::db::{Db, Transaction};
use crate::error::{ApiError, Error, Result};
use crate::{audit, events};

/// The transaction of one action with all it will write in the end.
pub struct Work<'c> {
    db: Db,
    transaction: Transaction,
    call: &'c Call,
    pending: Pending,
    entries: Vec<audit::Entry>,
    events: Vec<events::Event>,
    key: Option<Key>,
    /// A key is among what is written in the end.
    notes_key: bool,
    raised: AtomicBool,
}

impl<'c> Work<'c> {
    /// Begins the transaction.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn begin(db: &Db, call: &'c Call) -> Result<Self> {
        Ok(Self::of(db, call, db.begin().await?))
    }

    /// The same for an action that may get by without a transaction: one that looks at a row with [`to_change`](Self::to_change), maybe
    /// after it took a key with [`once`](Self::once), and otherwise only notes what is to be written. It fails with [`is_stale`](crate::db::glance::is_stale) when it needs more than that, or
    /// the row is changed meanwhile: it is then to be done again with [`begin`](Self::begin).
    #[must_use]
    pub fn begin_late(db: &Db, call: &'c Call) -> Self {
        Self::of(db, call, db.begin_late())
    }

    fn of(db: &Db, call: &'c Call, transaction: Transaction) -> Self {
        let mut pending = Pending::default();
        let part = call.part.clone();
        pending.add(part.map(|row| row.into_active_model().reset_all()));
        Self {
            db: db.clone(),
            transaction,
            call,
            pending,
            entries: Vec::new(),
            events: Vec::new(),
            key: None,
            notes_key: call.part.is_some(),
            raised: AtomicBool::new(false),
        }
    }

    /// The row that the action is about to change under `permission`, as [`to_change`](crate::access::to_change) reads it; before the
    /// transaction has begun, it is read without a lock and must be the same at the commit. A second one has to be locked.
    ///
    /// # Errors
    /// `NOT_FOUND` when the viewer can't see it; `FORBIDDEN` when it is seen but the reach for this action is too small.
    pub async fn to_change<E>(&self, permission: Permission, id: Uuid) -> Result<E::Model>
    where
        E: Scoped<Model: ModelTrait<Entity = E>>,
    {
        let viewer = &self.call.viewer;
        if self.transaction.has_begun() || self.transaction.glance().is_some() {
            return to_change::<E>(&self.transaction, viewer, permission, id).await;
        }
        let row = reached::<E>(self.db.reader(), viewer, permission, id).await?;
        let glance = Glance::at::<E>(&row).ok_or_else(stale)?;
        self.transaction.rely_on(glance);
        Ok(row)
    }

    /// The connection for everything within the transaction.
    #[must_use]
    pub fn tx(&self) -> &Transaction {
        &self.transaction
    }

    /// Who does it, and when.
    #[must_use]
    pub fn call(&self) -> &'c Call {
        self.call
    }

    /// Notes rows that are written with the commit, or at [`write_pending`](Self::write_pending): nothing before it may read them or
    /// point at them.
    pub fn later<A: ActiveModelTrait>(&mut self, rows: impl IntoIterator<Item = A>) {
        self.pending.add(rows);
    }

    /// Writes the rows that were noted until now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_pending(&mut self) -> Result<()> {
        Ok(std::mem::take(&mut self.pending)
            .write(&self.transaction)
            .await?)
    }

    /// Notes an entry for the audit log.
    pub fn audit(&mut self, entry: audit::Entry) {
        self.entries.push(entry);
    }

    /// Notes an event for the outbox.
    pub fn emit(&mut self, event: events::Event) {
        self.events.push(event);
    }

    /// Takes an idempotency key for this actor, operation and payload. Of two requests at once with one key the second is answered as the
    /// first.
    ///
    /// # Errors
    /// A user error when the key is malformed or was used for something else.
    pub async fn once(
        &mut self,
        key: Option<&str>,
        operation: &str,
        payload: &impl Serialize,
    ) -> Result<Once> {
        let Some(key) = key else {
            return Ok(Once::First);
        };
        let row = once::row(self.call, key, operation, payload)?;
        let (seen, key) = if self.transaction.has_begun() {
            let seen = once::claim(&self.transaction, &row).await?;
            (seen, Key::Claimed(row))
        } else {
            let seen = once::look(&self.db, &row).await?;
            (seen, Key::Noted(row))
        };
        if seen == Once::First {
            self.key = Some(key);
        }
        Ok(seen)
    }

    /// Remembers the result for repetitions of the idempotency key.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn done(&mut self, result_id: Uuid) -> Result<()> {
        let result = Set(Some(result_id));
        match &self.key {
            None => {}
            Some(Key::Claimed(row)) => {
                let mut row = row.clone().into_active_model();
                row.result_id = result;
                row.update(&self.transaction).await?;
            }
            Some(Key::Noted(row)) => {
                let mut row = row.clone().into_active_model().reset_all();
                row.result_id = result;
                self.later([row]);
                self.notes_key = true;
            }
        }
        Ok(())
    }

    /// Raises the epoch of access, for whatever can change rights or what is kept in memory under it. It is the lock under which
    /// rights change: call it before anything is read that the change depends on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn raise_epoch(&self) -> Result<()> {
        bump_epoch(&self.transaction).await?;
        self.raised.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// The next value of a counter; its row stays locked until the transaction ends, so that no number is given twice.
    ///
    /// # Errors
    /// When the database fails or there is no such counter.
    pub async fn next(&self, name: &str) -> Result<i64> {
        next_of(&self.transaction, name).await
    }

    /// Writes events and audit entries and commits; what it says is done is on the disk.
    ///
    /// # Errors
    /// When the database fails: then nothing has happened, unless it was lost while it committed.
    /// [`is_stale`](crate::db::glance::is_stale) when somebody else came first with the key that was to be written.
    pub async fn commit(self) -> Result<()> {
        let notes_key = self.notes_key;
        self.written().await.map_err(|error| {
            let error = if notes_key {
                once::noted_too_late(error)
            } else {
                error
            };
            error.into()
        })
    }

    async fn written(mut self) -> Result<(), DbErr> {
        self.pending.add(events::rows(&self.events));
        let glance = self.transaction.take_glance();
        let (tx, call, entries) = (&self.transaction, self.call, &self.entries);
        match glance {
            // There is nothing that could hold on to what was seen.
            Some(_) if entries.is_empty() => return Err(stale()),
            Some(glance) => {
                audit::append_decided(&self.db, call, entries, self.pending, glance).await?;
            }
            None if entries.is_empty() => {
                self.pending.write(tx).await?;
                self.db.free_locks_early(tx).await?;
            }
            None => {
                // Everybody who changes anything waits for the head of the audit log, and shouldn't for the disk as well.
                let along = |look: &mut SelectStatement| self.db.free_locks_early_with(look);
                audit::append_after(tx, call, entries, self.pending, along).await?;
            }
        }
        let committed = self.db.commit(self.transaction).await;
        if self.raised.into_inner() {
            self.db.recent_epoch().forget();
        }
        if !self.events.is_empty() {
            self.db.outbox_signal().notify_one();
        }
        committed
    }
}

/// Raises a counter and returns its new value.
///
/// # Errors
/// When the database fails or there is no such counter.
pub async fn next_of(transaction: &impl sea_orm::ConnectionTrait, name: &str) -> Result<i64> {
    let rows = counter::Entity::update_many()
        .col_expr(
            counter::Column::Value,
            Expr::col(counter::Column::Value).add(1),
        )
        .filter(counter::Column::Name.eq(name))
        .exec_with_returning(transaction)
        .await?;
    rows.first()
        .map(|row| row.value)
        .ok_or_else(|| Error::internal(format!("there is no counter {name}")))
}

/// Refuses a change that was made against another version than the present one.
///
/// # Errors
/// `CONFLICT` with the present version.
pub fn expect_version(current: i32, expected: i32) -> Result<()> {
    if current == expected {
        Ok(())
    } else {
        Err(ApiError::conflict(current).into())
    }
}
