//! The hash chain: appending rows behind the head, and computing their hashes.

use entity::enums::ActorKind;
use entity::{audit_head, audit_log};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, FromQueryResult,
    IntoActiveModel, QueryFilter, QueryResult, QuerySelect, QueryTrait,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::linking;
use crate::access::Call;
use crate::db::Transaction;
use crate::db::pending::Pending;

/// What the first row names as the hash before it.
pub(super) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// So many entries are written in one statement: a database takes only so many values at once.
const MOST_TOGETHER: usize = 1_000;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What was done, such as `ticket.assign` or `customer.contact.read`.
    pub action: &'static str,
    /// The kind of object, such as `ticket`.
    pub entity_type: &'static str,
    /// The object, if it is one.
    pub entity_id: Option<Uuid>,
    /// From what to what, or what was looked at. Never a secret.
    pub detail: Value,
}

/// Appends entries behind the head of the chain. The head's row stays locked until the transaction ends, so this comes
/// last in it.
///
/// # Errors
/// When the database fails or the head is missing.
pub async fn append(
    transaction: &Transaction,
    call: &Call,
    entries: &[Entry],
) -> Result<(), DbErr> {
    if entries.is_empty() {
        return Ok(());
    }
    append_after(transaction, call, entries, Pending::default(), |_| {}).await
}

/// Appends one entry or more as the last thing in a transaction: writes what waits to be written before it, and lets the caller have
/// something done along with the look at the head.
///
/// # Errors
/// When the database fails or the head is missing.
pub async fn append_after(
    transaction: &Transaction,
    call: &Call,
    entries: &[Entry],
    mut pending: Pending,
    along: impl FnOnce(&mut SelectStatement),
) -> Result<(), DbErr> {
    let rows = unlinked(call, entries);
    let postgres = transaction.get_database_backend() == DbBackend::Postgres;
    let few = rows.len() <= linking::MOST_ENTRIES;
    if postgres && !(few && pending.fits()) {
        std::mem::take(&mut pending).write(transaction).await?;
    }
    if postgres && few {
        return linking::append(transaction, &rows, pending, Vec::new(), along).await;
    }
    let mut look = the_head();
    along(&mut look);
    let head = transaction.query_one(&look).await?.ok_or_else(headless)?;
    // After the question for the head: where writes go together with the commit, all of them do.
    pending.write(transaction).await?;
    link(transaction, &head, rows).await
}

/// The question for the head of the chain, which stays locked until the transaction ends.
pub(super) fn the_head() -> SelectStatement {
    audit_head::Entity::find_by_id(1)
        .lock_exclusive()
        .into_query()
}

/// Links rows behind the head that was read, and writes them as the last thing in a transaction.
///
/// # Errors
/// When the database fails.
pub(super) async fn link(
    transaction: &Transaction,
    head: &QueryResult,
    mut rows: Vec<audit_log::Model>,
) -> Result<(), DbErr> {
    let mut head = audit_head::Model::from_query_result(head, "")?;
    for row in &mut rows {
        head.seq += 1;
        row.seq = head.seq;
        row.prev_hash = std::mem::take(&mut head.hash);
        row.hash = hash_of(row);
        head.hash = row.hash.clone();
    }
    let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
    let mut rows = rows.map(ActiveModelTrait::reset_all).peekable();
    while rows.peek().is_some() {
        let entries = audit_log::Entity::insert_many(rows.by_ref().take(MOST_TOGETHER));
        transaction.write_soon(&entries.into_query()).await?;
    }
    let moved = audit_head::Entity::update_many()
        .col_expr(audit_head::Column::Seq, head.seq.into())
        .col_expr(audit_head::Column::Hash, head.hash.into())
        .filter(audit_head::Column::Id.eq(head.id));
    transaction.write_soon(&moved.into_query()).await
}

/// Entries as rows that aren't linked to the chain yet.
pub(super) fn unlinked(call: &Call, entries: &[Entry]) -> Vec<audit_log::Model> {
    let row = |entry: &Entry| audit_log::Model {
        seq: 0,
        at: call.at,
        actor_kind: call.viewer.actor.kind,
        actor_id: call.viewer.actor.id,
        actor_name: call.viewer.actor.name.clone(),
        action: entry.action.to_owned(),
        entity_type: entry.entity_type.to_owned(),
        entity_id: entry.entity_id,
        detail: entry.detail.clone(),
        request_id: Some(call.request_id.clone()),
        prev_hash: String::new(),
        hash: String::new(),
    };
    entries.iter().map(row).collect()
}

/// There is no row to append behind.
pub(super) fn headless() -> DbErr {
    DbErr::RecordNotFound("the head of the audit chain is missing".to_owned())
}

/// The hash of a row: SHA-256 over its canonical JSON (keys sorted), the previous hash included.
#[must_use]
pub fn hash_of(row: &audit_log::Model) -> String {
    let Content { before, between } = Content::of(row);
    let prev_hash = Value::from(row.prev_hash.as_str());
    let canonical = format!("{before}{prev_hash}{between}{}}}", row.seq);
    Sha256::digest(canonical.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// What a row says, as the canonical JSON around the two things that only its place in the chain gives it.
pub(super) struct Content {
    /// Everything until the previous hash.
    pub before: String,
    /// Everything between it and the row's number, after which only a brace follows.
    pub between: String,
}

impl Content {
    /// Of a row.
    pub fn of(row: &audit_log::Model) -> Self {
        let kind = match row.actor_kind {
            ActorKind::User => "user",
            ActorKind::ApiClient => "api_client",
            ActorKind::System => "system",
        };
        let facts = json!({
            "action": row.action,
            "actorId": row.actor_id,
            "actorKind": kind,
            "actorName": row.actor_name,
            "at": row.at.timestamp_micros(),
            "detail": row.detail,
            "entityId": row.entity_id,
            "entityType": row.entity_type,
        });
        let mut before = String::new();
        write_canonical(&facts, &mut before);
        before.pop();
        before.push_str(r#","prevHash":"#);
        let request_id = Value::from(row.request_id.as_deref());
        let between = format!(r#","requestId":{request_id},"seq":"#);
        Self { before, between }
    }
}

/// JSON with sorted keys: a database may hand an object back in another order.
fn write_canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut keys: Vec<&String> = fields.keys().collect();
            keys.sort();
            out.push('{');
            for (index, key) in keys.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&Value::from(key.as_str()).to_string());
                out.push(':');
                write_canonical(&fields[key], out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_canonical(item, out);
            }
            out.push(']');
        }
        plain => out.push_str(&plain.to_string()),
    }
}
