//! The hash chain: appending rows behind the head, and computing their hashes.

use entity::enums::ActorKind;
use entity::{audit_head, audit_log};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QuerySelect,
    QueryTrait, Set,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::Call;
use crate::db::pending::Pending;

/// What the first row names as the hash before it.
pub(super) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

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
    transaction: &impl ConnectionTrait,
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
    transaction: &impl ConnectionTrait,
    call: &Call,
    entries: &[Entry],
    pending: Pending,
    along: impl FnOnce(&mut SelectStatement),
) -> Result<(), DbErr> {
    let mut look = audit_head::Entity::find_by_id(1)
        .lock_exclusive()
        .into_query();
    along(&mut look);
    let head = pending.write_and_read(transaction, look).await?;
    let head = head.ok_or_else(|| {
        DbErr::RecordNotFound("the head of the audit chain is missing".to_owned())
    })?;
    let head = audit_head::Model::from_query_result(&head, "")?;
    let (mut seq, mut hash) = (head.seq, head.hash);
    let mut rows = Vec::with_capacity(entries.len());
    for entry in entries {
        seq += 1;
        let mut row = audit_log::Model {
            seq,
            at: call.at,
            actor_kind: call.viewer.actor.kind,
            actor_id: call.viewer.actor.id,
            actor_name: call.viewer.actor.name.clone(),
            action: entry.action.to_owned(),
            entity_type: entry.entity_type.to_owned(),
            entity_id: entry.entity_id,
            detail: entry.detail.clone(),
            request_id: Some(call.request_id.clone()),
            prev_hash: hash,
            hash: String::new(),
        };
        row.hash = hash_of(&row);
        hash = row.hash.clone();
        rows.push(audit_log::ActiveModel::from(row).reset_all());
    }
    let mut written = Pending::default();
    written.add(rows);
    let moved = audit_head::Entity::update(audit_head::ActiveModel {
        id: Set(1),
        seq: Set(seq),
        hash: Set(hash),
    })
    .validate()?;
    written
        .write_and_update(transaction, moved.into_query())
        .await
}

/// The hash of a row: SHA-256 over its canonical JSON (keys sorted), the previous hash included.
#[must_use]
pub fn hash_of(row: &audit_log::Model) -> String {
    let kind = match row.actor_kind {
        ActorKind::User => "user",
        ActorKind::ApiClient => "api_client",
        ActorKind::System => "system",
    };
    let facts = json!({
        "seq": row.seq,
        "at": row.at.timestamp_micros(),
        "actorKind": kind,
        "actorId": row.actor_id,
        "actorName": row.actor_name,
        "action": row.action,
        "entityType": row.entity_type,
        "entityId": row.entity_id,
        "detail": row.detail,
        "requestId": row.request_id,
        "prevHash": row.prev_hash,
    });
    let mut canonical = String::new();
    write_canonical(&facts, &mut canonical);
    Sha256::digest(canonical.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
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
