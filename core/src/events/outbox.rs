//! The outbox table: events waiting to be delivered.

use chrono::{DateTime, Utc};
use entity::outbox;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::NotSet, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::db;

/// Something changed. Says what, not how it is now: whoever reacts reads it again within its own rights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Unique; lets a receiver drop a repeated delivery.
    pub id: Uuid,
    /// When the change was made.
    pub at: DateTime<Utc>,
    /// What happened, such as `ticket.changed`.
    pub kind: String,
    /// The object that changed.
    pub entity_id: Uuid,
    /// Few facts about the change, such as `{"action":"assign"}`; no confidential values.
    pub payload: serde_json::Value,
}

impl Event {
    /// A ticket was opened, moved, assigned or commented on.
    pub const TICKET_CHANGED: &'static str = "ticket.changed";
    /// A warning or an escalation was raised, or many were found late; `entity_id` is the alert, or the team of many.
    pub const TICKET_ALERT: &'static str = "ticket.alert";
    /// A ticket came to another stage, step or state, or its survey did; the payload says what it had become.
    pub const TICKET_PROGRESS: &'static str = "ticket.progress";
    /// Clocks of many tickets were found late or came under other terms; `tickets` in the payload names them. Nobody is
    /// told, but figures may have changed.
    pub const TICKET_CLOCKS: &'static str = "ticket.clocks";
    /// A principal's rights or account changed; `entity_id` is the user or API client.
    pub const PRINCIPAL_CHANGED: &'static str = "principal.changed";
    /// Roles, grants, assignments or the organisation changed in a way that can change anybody's rights.
    pub const ACCESS_CHANGED: &'static str = "access.changed";

    /// An event of this moment.
    #[must_use]
    pub fn new(at: DateTime<Utc>, kind: &str, entity_id: Uuid, payload: serde_json::Value) -> Self {
        Self {
            id: db::new_id(at),
            at,
            kind: kind.to_owned(),
            entity_id,
            payload,
        }
    }

    /// Can anybody have other rights, or another account, after this?
    #[must_use]
    pub fn changes_rights(&self) -> bool {
        matches!(
            self.kind.as_str(),
            Self::ACCESS_CHANGED | Self::PRINCIPAL_CHANGED
        )
    }

    /// Can this principal?
    #[must_use]
    pub fn changes_rights_of(&self, principal: Option<Uuid>) -> bool {
        self.changes_rights()
            && (self.kind == Self::ACCESS_CHANGED || principal == Some(self.entity_id))
    }
}

/// Events as rows of the outbox, to be written within the transaction that made the change.
pub fn rows(events: &[Event]) -> impl Iterator<Item = outbox::ActiveModel> {
    events.iter().map(|event| outbox::ActiveModel {
        seq: NotSet,
        id: Set(event.id),
        at: Set(event.at),
        kind: Set(event.kind.clone()),
        entity_id: Set(event.entity_id),
        payload: Set(event.payload.clone()),
        dispatched_at: Set(None),
        counted_at: Set(None),
    })
}

/// Puts events into the outbox, within the transaction that made the change.
///
/// # Errors
/// When the database fails.
pub async fn append(transaction: &impl ConnectionTrait, events: &[Event]) -> Result<(), DbErr> {
    if events.is_empty() {
        return Ok(());
    }
    outbox::Entity::insert_many(rows(events))
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// The first events, in the order of writing, that the metrics haven't taken in.
///
/// # Errors
/// When the database fails.
pub async fn uncounted(
    connection: &impl ConnectionTrait,
    limit: u64,
) -> Result<Vec<(i64, Event)>, DbErr> {
    let rows = outbox::Entity::find()
        .filter(outbox::Column::CountedAt.is_null())
        .order_by_asc(outbox::Column::Seq)
        .limit(limit)
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.seq, row.into())).collect())
}

/// Notes that the metrics have taken these events in.
///
/// # Errors
/// When the database fails.
pub async fn mark_counted(
    connection: &impl ConnectionTrait,
    seqs: &[i64],
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::CountedAt, Expr::value(at))
        .filter(outbox::Column::Seq.is_in(seqs.iter().copied()))
        .exec(connection)
        .await?;
    Ok(())
}
