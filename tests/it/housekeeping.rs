//! Tests of housekeeping: what nobody needs any more goes, and nothing else.

use aftercare::clock::Clock;
use aftercare::db::{Db, new_id};
use aftercare::events::Event;
use aftercare::jobs::housekeeping::{self, Swept};
use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{Locale, UserKind, UserStatus};
use entity::{idempotency_key, outbox, refresh_token, session, user};
use sea_orm::{ActiveModelTrait, ActiveValue::NotSet, EntityTrait, PaginatorTrait, Set};
use serde_json::json;
use uuid::Uuid;

use crate::support::database::{TestDatabase, both_databases, open};

fn now() -> DateTime<Utc> {
    Clock::System.now()
}

both_databases! {
    async fn housekeeping_forgets_only_what_is_over(database: TestDatabase) {
        let db = open(&database).await;
        let at = now();
        for (age, delivered) in [(8, true), (6, true), (100, false)] {
            write_event(&db, at - TimeDelta::days(age), delivered).await;
        }
        for (key, left) in [("old", -1), ("new", 1)] {
            write_key(&db, key, at + TimeDelta::hours(left)).await;
        }
        let owner = write_user(&db, at).await;
        for (expires, revoked) in [(-31, None), (-29, None), (20, Some(-31)), (20, Some(-1)), (1, None)] {
            let revoked = revoked.map(|days| at + TimeDelta::days(days));
            write_session(&db, owner, at + TimeDelta::days(expires), revoked).await;
        }
        let swept = housekeeping::sweep(&db, at).await.expect("it sweeps");
        let expected = Swept { events: 1, idempotency_keys: 1, refresh_tokens: 4, sessions: 2, signing_keys: 0, presences: 0 };
        assert_eq!(swept, expected);
        let again = housekeeping::sweep(&db, at).await.expect("it sweeps");
        assert_eq!(again, Swept::default());
        assert_eq!(session::Entity::find().count(db.reader()).await.expect("a count"), 3);
    }

    async fn housekeeping_deletes_more_than_one_statement_may(database: TestDatabase) {
        let db = open(&database).await;
        let at = now();
        let transaction = db.begin().await.expect("a transaction");
        for _ in 0..25 {
            let rows = (0..100).map(|_| event_row(at - TimeDelta::days(8), true));
            outbox::Entity::insert_many(rows).exec(&transaction).await.expect("rows");
        }
        transaction.commit().await.expect("it commits");
        let swept = housekeeping::sweep(&db, at).await.expect("it sweeps");
        assert_eq!(swept.events, 2_500);
    }
}

fn event_row(at: DateTime<Utc>, delivered: bool) -> outbox::ActiveModel {
    outbox::ActiveModel {
        seq: NotSet,
        id: Set(new_id(at)),
        at: Set(at),
        kind: Set(Event::TICKET_CHANGED.to_owned()),
        entity_id: Set(Uuid::nil()),
        payload: Set(json!({})),
        dispatched_at: Set(delivered.then_some(at)),
        counted_at: Set(delivered.then_some(at)),
    }
}

async fn write_event(db: &Db, at: DateTime<Utc>, delivered: bool) {
    let row = event_row(at, delivered);
    row.insert(db.reader()).await.expect("a row");
}

async fn write_key(db: &Db, key: &str, expires_at: DateTime<Utc>) {
    let row = idempotency_key::ActiveModel {
        actor_id: Set(Uuid::nil()),
        key: Set(key.to_owned()),
        operation: Set("ticketCreate".to_owned()),
        payload_hash: Set("0".to_owned()),
        result_id: Set(None),
        created_at: Set(expires_at - TimeDelta::hours(24)),
        expires_at: Set(expires_at),
    };
    row.insert(db.reader()).await.expect("a row");
}

async fn write_user(db: &Db, at: DateTime<Utc>) -> Uuid {
    let row = user::ActiveModel {
        id: Set(new_id(at)),
        kind: Set(UserKind::Staff),
        login: Set("li".to_owned()),
        display_name: Set("Li Na".to_owned()),
        password_hash: Set("-".to_owned()),
        password_changed_at: Set(at),
        member_id: Set(None),
        partner_id: Set(None),
        customer_id: Set(None),
        locale: Set(Locale::Zh),
        status: Set(UserStatus::Active),
        epoch: Set(0),
        version: Set(1),
        created_at: Set(at),
        updated_at: Set(at),
    };
    row.insert(db.reader()).await.expect("a row").id
}

/// A session with two refresh tokens.
async fn write_session(
    db: &Db,
    user: Uuid,
    expires_at: DateTime<Utc>,
    revoked_at: Option<DateTime<Utc>>,
) {
    let begun = expires_at - TimeDelta::days(90);
    let id = new_id(begun);
    let row = session::ActiveModel {
        id: Set(id),
        user_id: Set(Some(user)),
        api_client_id: Set(None),
        created_at: Set(begun),
        last_used_at: Set(begun),
        expires_at: Set(expires_at),
        revoked_at: Set(revoked_at),
        revoke_reason: Set(None),
        user_agent: Set(None),
        address: Set(None),
    };
    row.insert(db.reader()).await.expect("a row");
    for _ in 0..2 {
        let token = new_id(begun);
        let row = refresh_token::ActiveModel {
            id: Set(token),
            session_id: Set(id),
            token_hash: Set(token.to_string()),
            issued_at: Set(begun),
            expires_at: Set(expires_at),
            used_at: Set(None),
            replaced_by: Set(None),
        };
        row.insert(db.reader()).await.expect("a row");
    }
}
