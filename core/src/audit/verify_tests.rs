//! Whatever is done to a row of the chain, the verification finds it.

use chrono::{DateTime, TimeDelta};
use entity::enums::ActorKind;
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::*;

fn verdict(rows: &[audit_log::Model], head: &audit_log::Model) -> Verdict {
    let mut walk = Walk::default();
    for row in rows {
        if let Err(broken) = walk.step(row) {
            return broken;
        }
    }
    walk.end(&End {
        seq: head.seq,
        hash: head.hash.clone(),
        last_row: rows.iter().map(|row| row.seq).max(),
    })
}

fn linked(mut rows: Vec<audit_log::Model>) -> Vec<audit_log::Model> {
    let mut hash = GENESIS.to_owned();
    for (seq, row) in (1..).zip(&mut rows) {
        row.seq = seq;
        row.prev_hash.clone_from(&hash);
        row.hash = hash_of(row);
        hash.clone_from(&row.hash);
    }
    rows
}

fn row() -> impl Strategy<Value = audit_log::Model> {
    let text = "[a-z\"\\\\.客户]{0,6}";
    let kind = prop_oneof![
        Just(ActorKind::User),
        Just(ActorKind::ApiClient),
        Just(ActorKind::System)
    ];
    let id = || proptest::option::of(any::<u128>().prop_map(Uuid::from_u128));
    let at = (0..4_000_000_000_000_000_i64)
        .prop_map(|micros| DateTime::from_timestamp_micros(micros).expect("a valid time"));
    let detail = prop_oneof![
        Just(Value::Null),
        text.prop_map(Value::from),
        (text, any::<i32>()).prop_map(|(key, number)| json!({ "b": number, (key): [number, {}] })),
    ];
    let request = proptest::option::of(text);
    (kind, id(), id(), at, [text, text, text], detail, request).prop_map(
        |(
            actor_kind,
            actor_id,
            entity_id,
            at,
            [actor_name, action, entity_type],
            detail,
            request_id,
        )| {
            audit_log::Model {
                seq: 0,
                at,
                actor_kind,
                actor_id,
                actor_name,
                action,
                entity_type,
                entity_id,
                detail,
                request_id,
                prev_hash: String::new(),
                hash: String::new(),
            }
        },
    )
}

fn chain() -> impl Strategy<Value = Vec<audit_log::Model>> {
    proptest::collection::vec(row(), 1..12).prop_map(linked)
}

/// Every way to alter one field.
const ALTERATIONS: &[fn(&mut audit_log::Model)] = &[
    |row| row.seq += 1,
    |row| row.seq -= 1,
    |row| row.at += TimeDelta::microseconds(1),
    |row| {
        row.actor_kind = match row.actor_kind {
            ActorKind::User => ActorKind::System,
            ActorKind::ApiClient | ActorKind::System => ActorKind::User,
        };
    },
    |row| row.actor_id = other_id(row.actor_id),
    |row| row.actor_name.push('x'),
    |row| row.action.push('x'),
    |row| row.entity_type.insert(0, 'x'),
    |row| row.entity_id = other_id(row.entity_id),
    |row| row.detail = json!({ "was": row.detail }),
    |row| {
        row.request_id = match row.request_id.take() {
            None => Some(String::new()),
            Some(_) => None,
        };
    },
    |row| row.prev_hash = flipped(&row.prev_hash),
    |row| row.hash = flipped(&row.hash),
    // What moves from one field to its neighbour must not cancel out.
    |row| {
        row.action.push('x');
        row.entity_type.push('y');
    },
    |row| std::mem::swap(&mut row.prev_hash, &mut row.hash),
];

fn other_id(id: Option<Uuid>) -> Option<Uuid> {
    id.is_none().then(Uuid::nil)
}

fn flipped(hash: &str) -> String {
    let first = if hash.starts_with('0') { '1' } else { '0' };
    std::iter::once(first).chain(hash.chars().skip(1)).collect()
}

fn head_of(rows: &[audit_log::Model]) -> audit_log::Model {
    rows.last().expect("a row").clone()
}

proptest! {
    #[test]
    fn an_untouched_chain_is_whole(rows in chain()) {
        let head = head_of(&rows);
        let whole = Verdict::Whole { count: head.seq, head: head.hash.clone() };
        prop_assert_eq!(verdict(&rows, &head), whole);
    }

    #[test]
    fn any_altered_field_of_any_row_is_found(rows in chain(), at in any::<prop::sample::Index>()) {
        let (head, at) = (head_of(&rows), at.index(rows.len()));
        for (number, alter) in ALTERATIONS.iter().enumerate() {
            let mut rows = rows.clone();
            alter(&mut rows[at]);
            let found = verdict(&rows, &head);
            prop_assert!(!found.is_whole(), "alteration {} of row {}: {:?}", number, at, found);
        }
    }

    #[test]
    fn a_row_altered_with_its_hash_computed_anew_is_found(rows in chain(), at in any::<prop::sample::Index>()) {
        let (head, at) = (head_of(&rows), at.index(rows.len()));
        let mut rows = rows;
        rows[at].action.push('x');
        rows[at].hash = hash_of(&rows[at]);
        prop_assert!(!verdict(&rows, &head).is_whole());
    }

    #[test]
    fn a_removed_row_is_found(rows in chain(), at in any::<prop::sample::Index>()) {
        let (head, at) = (head_of(&rows), at.index(rows.len()));
        let mut rows = rows;
        let removed = rows.remove(at);
        let gap = Verdict::Broken { seq: removed.seq, fault: Fault::Gap };
        prop_assert_eq!(verdict(&rows, &head), gap);
    }

    #[test]
    fn two_swapped_rows_are_found(
        rows in chain(), one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(), renumbered: bool,
    ) {
        let head = head_of(&rows);
        let (one, other) = (one.index(rows.len()), other.index(rows.len()));
        prop_assume!(one != other);
        let mut rows = rows;
        rows.swap(one, other);
        if renumbered {
            for (seq, row) in (1..).zip(&mut rows) {
                row.seq = seq;
            }
        }
        prop_assert!(!verdict(&rows, &head).is_whole());
    }

    #[test]
    fn an_inserted_row_is_found(
        rows in chain(), new in row(), at in any::<prop::sample::Index>(), renumbered: bool, linked_in: bool,
    ) {
        let (head, at) = (head_of(&rows), at.index(rows.len() + 1));
        let mut rows = rows;
        rows.insert(at, new);
        if renumbered {
            for (seq, row) in (1..).zip(&mut rows) {
                row.seq = seq;
            }
        }
        if linked_in {
            rows[at].prev_hash = at.checked_sub(1).map_or_else(|| GENESIS.to_owned(), |before| rows[before].hash.clone());
            rows[at].hash = hash_of(&rows[at]);
        }
        prop_assert!(!verdict(&rows, &head).is_whole());
    }

    #[test]
    fn keys_in_another_order_give_the_same_hash(row in row(), keys in proptest::collection::btree_map("[a-z]{1,3}", any::<i16>(), 0..6)) {
        let mut row = row;
        row.detail = Value::Object(keys.iter().map(|(key, value)| (key.clone(), json!(value))).collect());
        let hash = hash_of(&row);
        row.detail = Value::Object(keys.iter().rev().map(|(key, value)| (key.clone(), json!(value))).collect());
        prop_assert_eq!(hash_of(&row), hash);
    }
}

#[test]
fn an_empty_log_is_whole() {
    let end = End {
        seq: 0,
        hash: GENESIS.to_owned(),
        last_row: None,
    };
    let whole = Verdict::Whole {
        count: 0,
        head: GENESIS.to_owned(),
    };
    assert_eq!(Walk::default().end(&end), whole);
}

/// What logs were written with has to verify them for ever.
#[test]
fn the_hash_is_that_of_all_facts_with_sorted_keys() {
    let mut row = audit_log::Model {
        seq: 7,
        at: DateTime::from_timestamp_micros(1_790_000_000_123_456).expect("a valid time"),
        actor_kind: ActorKind::User,
        actor_id: Some(Uuid::from_u128(1)),
        actor_name: "王 \"W\"".to_owned(),
        action: "ticket.close".to_owned(),
        entity_type: "ticket".to_owned(),
        entity_id: None,
        detail: json!({ "to": "closed", "from": null }),
        request_id: Some("req-1".to_owned()),
        prev_hash: "ab".to_owned(),
        hash: String::new(),
    };
    let canonical = concat!(
        r#"{"action":"ticket.close","actorId":"00000000-0000-0000-0000-000000000001","actorKind":"user","#,
        r#""actorName":"王 \"W\"","at":1790000000123456,"detail":{"from":null,"to":"closed"},"entityId":null,"#,
        r#""entityType":"ticket","prevHash":"ab","requestId":"req-1","seq":7}"#,
    );
    let hash_of_text = |text: &str| -> String {
        let bytes = Sha256::digest(text.as_bytes());
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    };
    assert_eq!(hash_of(&row), hash_of_text(canonical));
    row.request_id = None;
    let without = canonical.replace(r#""req-1""#, "null");
    assert_eq!(hash_of(&row), hash_of_text(&without));
}
