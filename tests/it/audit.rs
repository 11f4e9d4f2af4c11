//! Tests of the audit log: its chain stays whole whoever writes at once, and whatever was done behind its back is found.

use aftercare::access::Call;
use aftercare::appraisals::store::OwnResults;
use aftercare::audit::{self, Entry, Fault, Verdict, Wanted};
use aftercare::db::Db;
use aftercare::db::filter::{Matches, RangeMatches, TextMatches};
use aftercare::db::keyset::Page;
use aftercare::graphql::ids::encode;
use aftercare::work::Work;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use crate::support::app::TestApp;
use crate::support::company;
use crate::support::data::{Table, key};
use crate::support::database::{TestDatabase, both_databases, open};

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 123_456_000).expect("a valid time")
}

fn entry(action: &'static str, entity_id: Uuid) -> Entry {
    Entry {
        action,
        entity_type: "ticket",
        entity_id: Some(entity_id),
        detail: json!({ "to": "安装完成", "from": null, "amount": 12_345_678_901_i64, "share": 0.1 }),
    }
}

async fn write(db: &Db, at: DateTime<Utc>, entries: Vec<Entry>) {
    let call = Call::system(at, "test");
    let mut work = Work::begin(db, &call).await.expect("a transaction");
    entries.into_iter().for_each(|entry| work.audit(entry));
    work.commit().await.expect("it commits");
}

/// A log of ten entries in five transactions.
async fn ten_entries(database: &TestDatabase) -> Db {
    let db = open(database).await;
    for number in 0..5 {
        let entries =
            ["ticket.assign", "ticket.close"].map(|action| entry(action, Uuid::from_u128(number)));
        write(
            &db,
            start() + TimeDelta::seconds(number as i64),
            entries.into(),
        )
        .await;
    }
    db
}

async fn verdict(db: &Db) -> Verdict {
    audit::verify(db).await.expect("it can be verified")
}

async fn behind_the_back(database: &TestDatabase, sql: &str) {
    let connection = database.connect().await;
    let done = connection
        .execute_unprepared(sql)
        .await
        .expect("it is done");
    assert!(done.rows_affected() > 0, "nothing was done: {sql}");
    connection.close().await.expect("the connection closes");
}

const fn broken(seq: i64, fault: Fault) -> Verdict {
    Verdict::Broken { seq, fault }
}

both_databases! {
    async fn an_empty_log_is_whole(database: TestDatabase) {
        let db = open(&database).await;
        let whole = Verdict::Whole { count: 0, head: "0".repeat(64) };
        assert_eq!(verdict(&db).await, whole);
    }

    async fn an_untouched_log_is_whole(database: TestDatabase) {
        let db = ten_entries(&database).await;
        assert!(matches!(verdict(&db).await, Verdict::Whole { count: 10, .. }));
    }

    async fn what_is_dropped_leaves_no_entry(database: TestDatabase) {
        let db = ten_entries(&database).await;
        let call = Call::system(start(), "test");
        let mut work = Work::begin(&db, &call).await.expect("a transaction");
        work.audit(entry("ticket.assign", Uuid::nil()));
        drop(work);
        assert!(matches!(verdict(&db).await, Verdict::Whole { count: 10, .. }));
    }

    async fn an_altered_row_is_found(database: TestDatabase) {
        let db = ten_entries(&database).await;
        behind_the_back(&database, "UPDATE audit_log SET actor_name = 'somebody else' WHERE seq = 4").await;
        assert_eq!(verdict(&db).await, broken(4, Fault::Hash));
    }

    async fn a_removed_row_is_found(database: TestDatabase) {
        let db = ten_entries(&database).await;
        behind_the_back(&database, "DELETE FROM audit_log WHERE seq = 4").await;
        assert_eq!(verdict(&db).await, broken(4, Fault::Gap));
    }

    async fn a_removed_end_is_found(database: TestDatabase) {
        let db = ten_entries(&database).await;
        behind_the_back(&database, "DELETE FROM audit_log WHERE seq >= 9").await;
        assert_eq!(verdict(&db).await, broken(9, Fault::Gap));
    }

    async fn a_head_set_back_is_found(database: TestDatabase) {
        let db = ten_entries(&database).await;
        behind_the_back(&database, "UPDATE audit_head SET seq = 9").await;
        assert_eq!(verdict(&db).await, broken(10, Fault::Head));
    }

    async fn a_row_added_behind_the_head_is_found(database: TestDatabase) {
        let db = ten_entries(&database).await;
        let copy = "INSERT INTO audit_log (seq, at, actor_kind, actor_name, action, entity_type, detail, prev_hash, hash)
                    SELECT 11, at, actor_kind, actor_name, action, entity_type, detail, hash, 'x' FROM audit_log WHERE seq = 10";
        behind_the_back(&database, copy).await;
        assert_eq!(verdict(&db).await, broken(11, Fault::Head));
    }

    async fn writers_at_once_keep_the_chain_whole(database: TestDatabase) {
        let db = open(&database).await;
        let writers = (0..20).map(|number| {
            let db = db.clone();
            tokio::spawn(async move {
                for action in ["ticket.assign", "ticket.hold", "ticket.close"] {
                    // PostgreSQL links few entries by itself, and not many.
                    let entries = 1 + number as usize % 6;
                    write(&db, start(), vec![entry(action, Uuid::from_u128(number)); entries]).await;
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.expect("every writer succeeds");
        }
        assert!(matches!(verdict(&db).await, Verdict::Whole { count: 198, .. }));
    }

    async fn a_verification_is_not_disturbed_by_writers(database: TestDatabase) {
        let db = ten_entries(&database).await;
        let writer = tokio::spawn({
            let db = db.clone();
            async move {
                for _ in 0..30 {
                    write(&db, start(), vec![entry("ticket.assign", Uuid::nil())]).await;
                }
            }
        });
        while !writer.is_finished() {
            let verdict = verdict(&db).await;
            assert!(verdict.is_whole(), "{verdict:?}");
        }
        writer.await.expect("the writer succeeds");
        assert!(matches!(verdict(&db).await, Verdict::Whole { count: 40, .. }));
    }

    async fn confidential_reads_are_noted(database: TestDatabase) {
        let db = open(&database).await;
        let call = Call::system(start(), "req-1");
        audit::note_reads(&db, &call, []).await.expect("nothing to note");
        audit::note_read(&db, &call, entry("customer.contact.read", Uuid::nil())).await.expect("it is noted");
        let listing = audit::list(db.reader(), &call, &OwnResults, &Wanted::default(), &Page::default(), true).await;
        let listing = listing.expect("it can be read");
        assert_eq!(listing.total, Some(1));
        let row = &listing.slice.rows[0];
        assert_eq!((row.action.as_str(), row.request_id.as_deref()), ("customer.contact.read", Some("req-1")));
    }

    async fn the_log_is_read_page_by_page_and_filtered(database: TestDatabase) {
        let db = ten_entries(&database).await;
        let call = Call::system(start(), "test");
        let numbers = async |wanted: Wanted, limit: u64, cursor: Option<String>| {
            let page = Page { limit, cursor, ..Page::default() };
            let listing = audit::list(db.reader(), &call, &OwnResults, &wanted, &page, false).await.expect("a page");
            let numbers: Vec<i64> = listing.slice.rows.iter().map(|row| row.seq).collect();
            (numbers, listing.slice.cursors.last().cloned())
        };
        let (first, cursor) = numbers(Wanted::default(), 4, None).await;
        let (second, _) = numbers(Wanted::default(), 4, cursor).await;
        assert_eq!((first, second), (vec![10, 9, 8, 7], vec![6, 5, 4, 3]));

        let closed = TextMatches {
            plain: Matches { eq: Some("ticket.close".to_owned()), ..Matches::default() },
            contains: None,
        };
        let late = RangeMatches { gte: Some(start() + TimeDelta::seconds(3)), ..RangeMatches::default() };
        let wanted = Wanted { action: closed, at: late, ..Wanted::default() };
        assert_eq!(numbers(wanted, 20, None).await.0, [10, 8]);
        let wanted = Wanted { entity_id: Some(Uuid::from_u128(1)), ..Wanted::default() };
        assert_eq!(numbers(wanted, 20, None).await.0, [4, 3]);
        let of_type = |entity_type| Wanted { entity_type, entity_id: Some(Uuid::from_u128(1)), ..Wanted::default() };
        assert_eq!(numbers(of_type(Some("ticket")), 20, None).await.0, [4, 3]);
        assert!(numbers(of_type(Some("user")), 20, None).await.0.is_empty(), "another kind of object with that key");
        let wanted = Wanted { actor_id: Some(Uuid::from_u128(1)), ..Wanted::default() };
        assert!(numbers(wanted, 20, None).await.0.is_empty());
    }

    async fn whoever_looked_at_something_is_found_by_it(app: TestApp) {
        let (admin, hr, auditor) = (app.as_("admin").await, app.as_("hr").await, app.as_("auditor").await);
        let lookers = async |action: &str, id: &str| -> Vec<String> {
            let query = "query($action: String!, $id: ID!) { auditEntries(filter: { entityId: $id, action: { eq: $action } }) { nodes { actorName entityId } } }";
            let reply = auditor.send(query, json!({ "action": action, "id": id })).await.fine();
            let nodes = reply.list("auditEntries.nodes").iter();
            nodes.map(|node| {
                assert_eq!(node["entityId"], id);
                node["actorName"].as_str().expect("a name").to_owned()
            }).collect()
        };
        admin.ask("{ customers(first: 100) { nodes { contacts(first: 5) { nodes { name } } } } }").await.fine();
        for n in [1, 2, 3] {
            assert_eq!(lookers("customer.contact.read", &company::id(Table::Customer, n)).await, ["The admin"], "{n}");
        }
        let awards = hr.ask("{ incentiveAwards(first: 100) { nodes { memberId } } }").await.fine();
        let mut members: Vec<&str> = awards.list("incentiveAwards.nodes").iter().filter_map(|one| one["memberId"].as_str()).collect();
        members.sort_unstable();
        members.dedup();
        assert!(members.len() > 1, "{awards}");
        for member in members {
            assert_eq!(lookers("incentive.award.read", member).await, ["The hr"], "{member}");
        }
        let seen = hr.ask("{ appraisals(first: 100) { nodes { id result { score } } } }").await.fine();
        let mut results = 0;
        for one in seen.list("appraisals.nodes").iter().filter(|one| !one["result"].is_null()) {
            assert_eq!(lookers("appraisal.result.read", one["id"].as_str().expect("an id")).await, ["The hr"]);
            results += 1;
        }
        assert!(results > 1, "{seen}");
        assert!(audit::verify(&app.db).await.expect("it is verified").is_whole());
    }

    async fn an_id_in_the_filter_says_of_what(app: TestApp) {
        app.as_("admin").await.ask("{ customers(first: 100) { nodes { contacts(first: 5) { nodes { name } } } } }").await.fine();
        let auditor = app.as_("auditor").await;
        let by = async |field: &str, id: String| {
            let query = format!("query($id: ID!) {{ auditEntries(filter: {{ {field}: $id }}) {{ totalCount }} }}");
            auditor.send(&query, json!({ "id": id })).await
        };
        let (customer, user) = (key(Table::Customer, 1), key(Table::User, 0));
        for (field, prefix, id, found) in [
            ("entityId", "customer", customer, true), ("entityId", "ticket", customer, false),
            ("actorId", "user", user, true), ("actorId", "client", user, false),
        ] {
            let reply = by(field, encode(prefix, id)).await.fine();
            assert_eq!(reply.data("auditEntries.totalCount").as_i64() > Some(0), found, "{field} {prefix}: {reply}");
        }
        for (field, prefix) in [("entityId", "nonsense"), ("actorId", "nonsense"), ("actorId", "ticket")] {
            let reply = by(field, encode(prefix, customer)).await;
            assert_eq!(reply.error_codes(), ["BAD_INPUT"], "{field} {prefix}: {reply}");
        }
    }
}
