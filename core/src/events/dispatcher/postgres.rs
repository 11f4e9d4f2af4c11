//! Dispatching on PostgreSQL: one process at a time announces a batch to all of them.

use entity::outbox;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter, QuerySelect,
    Statement,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Look, mark, waiting};
use crate::clock::Clock;
use crate::db::Db;
use crate::events::Event;

/// The channel of `LISTEN` and `NOTIFY`.
pub(super) const CHANNEL: &str = "aftercare_events";
/// Bytes that fit into a notification; PostgreSQL takes less than 8000.
const LARGEST: usize = 7_900;
/// The advisory lock that whoever dispatches holds; the number only has to be our own.
const LOCK: i64 = 0x6166_7465_7263_6172;

/// What a notification says.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Notice {
    /// The event itself.
    Event(Event),
    /// The id of an event that is too large for a notification: read its row.
    Row(Uuid),
}

impl Notice {
    /// The notification of an event, small enough to be sent.
    fn text_of(event: Event) -> serde_json::Result<String> {
        let id = event.id;
        let text = serde_json::to_string(&Self::Event(event))?;
        if text.len() <= LARGEST {
            Ok(text)
        } else {
            serde_json::to_string(&Self::Row(id))
        }
    }
}

/// Marks and announces one batch in one transaction. Only the dispatcher sends notifications: PostgreSQL commits
/// transactions that notify one after the other, and the business transactions shall not wait for that.
pub(super) async fn look(db: &Db, clock: &Clock) -> Result<Look, DbErr> {
    if !anything_waits(db).await? {
        return Ok(Look::Empty);
    }
    let transaction = db.begin().await?;
    if !take_turn(&transaction).await? {
        transaction.rollback().await?;
        return Ok(Look::Busy);
    }
    let rows = waiting(&transaction).await?;
    let batch = rows.len();
    if batch > 0 {
        mark(&transaction, &rows, clock.now()).await?;
        notify(&transaction, rows).await?;
    }
    transaction.commit().await?;
    Ok(Look::after(batch))
}

/// One cheap statement for the many looks that find nothing.
async fn anything_waits(db: &Db) -> Result<bool, DbErr> {
    let first: Option<i64> = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::Seq)
        .filter(outbox::Column::DispatchedAt.is_null())
        .limit(1)
        .into_tuple()
        .one(db.reader())
        .await?;
    Ok(first.is_some())
}

/// Takes the dispatchers' lock until the end of the transaction, unless another process has it. Two at once would
/// announce their batches in either order.
async fn take_turn(transaction: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let lock = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "SELECT pg_try_advisory_xact_lock($1) AS taken",
        [LOCK.into()],
    );
    transaction
        .query_one_raw(lock)
        .await?
        .map_or(Ok(false), |row| row.try_get("", "taken"))
}

/// Announces events, in their order, when the transaction commits.
async fn notify(transaction: &impl ConnectionTrait, rows: Vec<outbox::Model>) -> Result<(), DbErr> {
    let notices = rows
        .into_iter()
        .map(|row| Notice::text_of(row.into()).map(serde_json::Value::String))
        .collect::<serde_json::Result<Vec<_>>>()
        .map_err(|error| DbErr::Json(error.to_string()))?;
    let statement = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "SELECT pg_notify($1, notice) FROM jsonb_array_elements_text($2) AS notices(notice)",
        [CHANNEL.into(), serde_json::Value::Array(notices).into()],
    );
    transaction.query_all_raw(statement).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_too_large_is_announced_by_its_id() {
        let at = DateTime::from_timestamp(1_760_000_000, 0).expect("a valid time");
        let small = Event::new(at, Event::TICKET_CHANGED, Uuid::nil(), json!({"a": "换"}));
        let large = Event::new(
            at,
            Event::TICKET_CHANGED,
            Uuid::nil(),
            json!("换".repeat(3_000)),
        );
        for (event, expected) in [
            (small.clone(), Notice::Event(small)),
            (large.clone(), Notice::Row(large.id)),
        ] {
            let text = Notice::text_of(event).expect("JSON");
            assert!(text.len() <= LARGEST);
            assert_eq!(
                serde_json::from_str::<Notice>(&text).expect("JSON"),
                expected
            );
        }
    }
}
