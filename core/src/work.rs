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

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::TimeDelta;
use entity::{counter, idempotency_key};
use sea_orm::sea_query::{Expr, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, ExprTrait, ModelTrait, QueryFilter, Set,
    TryInsertResult,
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::{Call, Permission, Scoped, bump_epoch, reached, to_change};
use crate::db::glance::{Glance, stale};
use crate::db::pending::Pending;
use crate::db::{Db, Transaction};
use crate::error::{ApiError, Error, Result, Text, UserError, UserErrorCode};
use crate::{audit, events};

/// How long an idempotency key is remembered.
const KEY_LIFETIME: TimeDelta = TimeDelta::hours(24);

/// What an idempotency key says about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Once {
    /// Not seen before: do it.
    First,
    /// Done before, with this object as its result.
    Repeated(Uuid),
}

/// The transaction of one action with all it will write in the end.
pub struct Work<'c> {
    db: Db,
    transaction: Transaction,
    call: &'c Call,
    pending: Pending,
    entries: Vec<audit::Entry>,
    events: Vec<events::Event>,
    key: Option<String>,
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

    /// The same for an action that may get by without a transaction: one that looks at a row with [`to_change`](Self::to_change) and
    /// otherwise only notes what is to be written. It fails with [`is_stale`](crate::db::glance::is_stale) when it needs more than that, or
    /// the row is changed meanwhile: it is then to be done again with [`begin`](Self::begin).
    #[must_use]
    pub fn begin_late(db: &Db, call: &'c Call) -> Self {
        Self::of(db, call, db.begin_late())
    }

    fn of(db: &Db, call: &'c Call, transaction: Transaction) -> Self {
        Self {
            db: db.clone(),
            transaction,
            call,
            pending: Pending::default(),
            entries: Vec::new(),
            events: Vec::new(),
            key: None,
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
        if let Some(glance) = Glance::at::<E>(&row) {
            self.transaction.rely_on(glance);
            return Ok(row);
        }
        to_change::<E>(&self.transaction, viewer, permission, id).await
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

    /// Claims an idempotency key for this actor, operation and payload. Of two requests at once with one key the second
    /// waits for the first.
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
        if key.is_empty() || key.len() > 100 || !key.chars().all(|c| c.is_ascii_graphic()) {
            let text = Text::new(
                "An idempotency key has 1 to 100 visible ASCII characters.",
                "幂等键须为 1 至 100 个可见 ASCII 字符。",
            );
            return Err(
                UserError::new(UserErrorCode::Invalid, "input.idempotencyKey", text).into(),
            );
        }
        let actor = self.call.viewer.actor.id.unwrap_or(Uuid::nil());
        let payload_hash: String = Sha256::digest(serde_json::to_vec(payload)?)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        idempotency_key::Entity::delete_many()
            .filter(idempotency_key::Column::ActorId.eq(actor))
            .filter(idempotency_key::Column::Key.eq(key))
            .filter(idempotency_key::Column::ExpiresAt.lte(self.call.at))
            .exec(&self.transaction)
            .await?;
        let row = idempotency_key::ActiveModel {
            actor_id: Set(actor),
            key: Set(key.to_owned()),
            operation: Set(operation.to_owned()),
            payload_hash: Set(payload_hash.clone()),
            result_id: Set(None),
            created_at: Set(self.call.at),
            expires_at: Set(self.call.at + KEY_LIFETIME),
        };
        let inserted = idempotency_key::Entity::insert(row)
            .on_conflict_do_nothing_on([
                idempotency_key::Column::ActorId,
                idempotency_key::Column::Key,
            ])
            .exec(&self.transaction)
            .await?;
        if matches!(inserted, TryInsertResult::Inserted(_)) {
            self.key = Some(key.to_owned());
            return Ok(Once::First);
        }
        let earlier = idempotency_key::Entity::find_by_id((actor, key.to_owned()))
            .one(&self.transaction)
            .await?;
        match earlier {
            Some(earlier)
                if earlier.operation == operation && earlier.payload_hash == payload_hash =>
            {
                earlier
                    .result_id
                    .map(Once::Repeated)
                    .ok_or_else(|| Error::internal("an idempotency key without a result"))
            }
            _ => {
                let text = Text::new(
                    "This idempotency key was used for another request within the last 24 hours; take a new one.",
                    "该幂等键在 24 小时内已用于其他请求，请更换新的键。",
                );
                Err(UserError::new(
                    UserErrorCode::IdempotencyMismatch,
                    "input.idempotencyKey",
                    text,
                )
                .into())
            }
        }
    }

    /// Remembers the result for repetitions of the claimed idempotency key.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn done(&self, result_id: Uuid) -> Result<()> {
        let Some(key) = &self.key else { return Ok(()) };
        let row = idempotency_key::ActiveModel {
            actor_id: Set(self.call.viewer.actor.id.unwrap_or(Uuid::nil())),
            key: Set(key.clone()),
            result_id: Set(Some(result_id)),
            ..Default::default()
        };
        row.update(&self.transaction).await?;
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
    pub async fn commit(mut self) -> Result<()> {
        self.pending.add(events::rows(&self.events));
        let glance = self.transaction.take_glance();
        let (tx, call, entries) = (&self.transaction, self.call, &self.entries);
        match glance {
            // There is nothing that could hold on to what was seen.
            Some(_) if entries.is_empty() => return Err(stale().into()),
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
        Ok(committed?)
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
