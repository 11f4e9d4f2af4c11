//! Idempotency keys (幂等键): what is sent twice is done once.

use chrono::TimeDelta;
use entity::idempotency_key::{Column, Entity, Model};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, SqlErr, TryInsertResult,
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::Call;
use crate::app::App;
use crate::db::glance::stale;
use crate::db::{Db, Transaction};
use crate::error::{Error, Result, Text, UserError, UserErrorCode};

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

/// A key that nobody has used before.
#[derive(Clone, Debug)]
pub(super) enum Key {
    /// Its row is written: whoever comes with the same key waits.
    Claimed(Model),
    /// Its row is written with all the rest; of two that come at once with the same key, one then fails, and looks again.
    Noted(Model),
}

/// A part of a larger request, with a key of its own, so that what was done of it isn't done again.
#[derive(Debug)]
pub struct Part(Model);

impl Part {
    /// The part that changes that object.
    ///
    /// # Errors
    /// A user error when the key is malformed.
    pub fn new(
        call: &Call,
        key: &str,
        operation: &str,
        payload: &impl Serialize,
        object: Uuid,
    ) -> Result<Self> {
        let row = row(call, key, operation, payload)?;
        Ok(Self(Model {
            result_id: Some(object),
            ..row
        }))
    }

    /// Was it done before?
    ///
    /// # Errors
    /// A user error when the key was used for something else.
    pub async fn seen(&self, app: &App) -> Result<Once> {
        look(&app.db, &self.0).await
    }

    /// The call under which it is done: whatever it changes, the key is written with it. It fails with
    /// [`is_stale`](crate::db::glance::is_stale) when somebody else has done it meanwhile.
    #[must_use]
    pub fn under(&self, call: &Call) -> Call {
        Call {
            part: Some(self.0.clone()),
            ..call.clone()
        }
    }
}

/// The row of a key for this actor, operation and payload.
///
/// # Errors
/// A user error when the key is malformed.
pub(super) fn row(
    call: &Call,
    key: &str,
    operation: &str,
    payload: &impl Serialize,
) -> Result<Model> {
    if key.is_empty() || key.len() > 100 || !key.chars().all(|c| c.is_ascii_graphic()) {
        let text = Text::new(
            "An idempotency key has 1 to 100 visible ASCII characters.",
            "幂等键须为 1 至 100 个可见 ASCII 字符。",
        );
        return Err(UserError::new(UserErrorCode::Invalid, "input.idempotencyKey", text).into());
    }
    let payload_hash = Sha256::digest(serde_json::to_vec(payload)?)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok(Model {
        actor_id: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        key: key.to_owned(),
        operation: operation.to_owned(),
        payload_hash,
        result_id: None,
        created_at: call.at,
        expires_at: call.at + KEY_LIFETIME,
    })
}

/// Writes the row, unless the key was used before. Of two requests at once with one key the second waits for the first.
///
/// # Errors
/// A user error when the key was used for something else.
pub(super) async fn claim(transaction: &Transaction, row: &Model) -> Result<Once> {
    forget(transaction, row).await?;
    let inserted = Entity::insert(row.clone().into_active_model().reset_all())
        .on_conflict_do_nothing_on([Column::ActorId, Column::Key])
        .exec(transaction)
        .await?;
    if matches!(inserted, TryInsertResult::Inserted(_)) {
        return Ok(Once::First);
    }
    let earlier = earlier(transaction, row).await?;
    let earlier = earlier.ok_or_else(|| Error::internal("an idempotency key that is gone"))?;
    answer(row, &earlier)
}

/// Whether the key was used before, without keeping others from using it.
///
/// # Errors
/// A user error when the key was used for something else.
pub(super) async fn look(db: &Db, row: &Model) -> Result<Once> {
    match earlier(db.reader(), row).await? {
        None => Ok(Once::First),
        Some(earlier) if earlier.expires_at <= row.created_at => {
            let transaction = db.begin().await?;
            forget(&transaction, row).await?;
            db.commit(transaction).await?;
            Ok(Once::First)
        }
        Some(earlier) => answer(row, &earlier),
    }
}

/// Gives the key free if it was used long ago.
async fn forget(transaction: &Transaction, row: &Model) -> Result<()> {
    Entity::delete_many()
        .filter(Column::ActorId.eq(row.actor_id))
        .filter(Column::Key.eq(row.key.as_str()))
        .filter(Column::ExpiresAt.lte(row.created_at))
        .exec(transaction)
        .await?;
    Ok(())
}

async fn earlier(connection: &impl ConnectionTrait, row: &Model) -> Result<Option<Model>> {
    let key = Entity::find_by_id((row.actor_id, row.key.clone()));
    Ok(key.one(connection).await?)
}

fn answer(row: &Model, earlier: &Model) -> Result<Once> {
    if earlier.operation != row.operation || earlier.payload_hash != row.payload_hash {
        let text = Text::new(
            "This idempotency key was used for another request within the last 24 hours; take a new one.",
            "该幂等键在 24 小时内已用于其他请求，请更换新的键。",
        );
        return Err(UserError::new(
            UserErrorCode::IdempotencyMismatch,
            "input.idempotencyKey",
            text,
        )
        .into());
    }
    earlier
        .result_id
        .map(Once::Repeated)
        .ok_or_else(|| Error::internal("an idempotency key without a result"))
}

/// The failure of a change whose key was noted: whoever came first with it is looked for again, under lock.
pub(super) fn noted_too_late(error: DbErr) -> DbErr {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => stale(),
        _ => error,
    }
}
