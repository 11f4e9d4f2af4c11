//! Connections to the database come back in order, whatever happened on them.

use std::time::Duration;

use aftercare::db::{Db, Pool, Settings};
use aftercare::error::{Error, ErrorCode};
use entity::counter;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, ExecResult, QueryFilter, Statement,
};
use tokio::time::timeout;

use crate::support::database::{Backend, TestDatabase, both_databases, open};

/// A statement that takes a second and more.
const SLOW: [(DbBackend, &str); 2] = [
    (DbBackend::Postgres, "SELECT 7 FROM pg_sleep(1.5)"),
    (
        DbBackend::Sqlite,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000000) SELECT max(i) FROM n",
    ),
];

/// With one connection, so that everything comes to the same one.
async fn open_narrow(database: &TestDatabase) -> Db {
    open_with(database, 1, Duration::from_secs(20)).await
}

async fn open_with(database: &TestDatabase, connections: u32, timeout: Duration) -> Db {
    let settings = Settings {
        url: database.url.clone(),
        connections,
        statement_timeout: timeout,
    };
    Db::connect(&settings).await.expect("it opens")
}

/// The code that a client gets.
fn code_of(refused: Result<ExecResult, DbErr>) -> ErrorCode {
    match Error::from(refused.expect_err("it is refused")) {
        Error::Api(error) => error.code,
        error => panic!("{error:?}"),
    }
}

async fn number(connection: &impl ConnectionTrait, sql: &str) -> i64 {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let row = connection
        .query_one_raw(statement)
        .await
        .expect("an answer")
        .expect("a row");
    row.try_get_by_index::<i64>(0).expect("a number")
}

async fn tickets(pool: &Pool) -> i64 {
    let counter = counter::Entity::find().filter(counter::Column::Name.eq("ticket_number"));
    counter
        .one(pool)
        .await
        .expect("a read")
        .expect("it is there")
        .value
}

both_databases! {
    async fn a_transaction_that_is_dropped_leaves_nothing_behind(database: TestDatabase) {
        let db = open_narrow(&database).await;
        let before = tickets(db.reader()).await;
        let transaction = db.begin().await.expect("a transaction");
        let raised = "UPDATE counters SET value = value + 1 WHERE name = 'ticket_number'";
        transaction.execute_unprepared(raised).await.expect("it can be done");
        drop(transaction);
        // Waits for the connection, and for no lock.
        let next = db.begin().await.expect("another transaction");
        next.execute_unprepared(raised).await.expect("it can be done");
        next.commit().await.expect("it commits");
        assert_eq!(tickets(db.reader()).await, before + 1);
        db.close().await.expect("it closes");
    }

    async fn an_answer_that_nobody_waits_for_reaches_nobody_else(database: TestDatabase) {
        let db = open_narrow(&database).await;
        let slow = SLOW.iter().find(|(backend, _)| *backend == db.backend()).expect("a statement").1;
        let given_up = timeout(Duration::from_millis(50), number(db.reader(), slow)).await;
        assert!(given_up.is_err(), "the statement wasn't slow");
        for expected in 1..=3 {
            assert_eq!(number(db.reader(), &format!("SELECT CAST({expected} AS BIGINT)")).await, expected);
        }
        db.close().await.expect("it closes");
    }

    async fn a_statement_that_fails_spoils_its_transaction_and_not_the_connection(database: TestDatabase) {
        let db = open_narrow(&database).await;
        let transaction = db.begin().await.expect("a transaction");
        let wrong = transaction.execute_unprepared("SELECT nothing FROM nowhere").await;
        assert!(wrong.is_err());
        let committed = transaction.commit().await;
        // PostgreSQL takes it back, and calls that a success; SQLite goes on with what didn't fail.
        assert_eq!(committed.is_err(), db.backend() == DbBackend::Postgres, "{committed:?}");
        assert_eq!(number(db.reader(), "SELECT CAST(1 AS BIGINT)").await, 1);
        assert!(db.reader().execute_unprepared("SELECT nothing FROM nowhere").await.is_err());
        assert_eq!(number(db.reader(), "SELECT CAST(2 AS BIGINT)").await, 2);
        db.close().await.expect("it closes");
    }

    async fn what_the_database_gives_up_is_told_with_a_way_out(database: TestDatabase) {
        if database.backend == Backend::Sqlite {
            // It has one writer, and no limit to a statement.
            return;
        }
        let db = open_with(&database, 2, Duration::from_millis(300)).await;
        let slow = db.reader().execute_unprepared("SELECT pg_sleep(20)").await;
        assert_eq!(code_of(slow), ErrorCode::CostExceeded);
        db.close().await.expect("it closes");

        let db = open_with(&database, 2, Duration::from_secs(20)).await;
        let raised = |name: &str| format!("UPDATE counters SET value = value + 1 WHERE name = '{name}'");
        let counters = counter::Entity::find().all(db.reader()).await.expect("counters");
        let names = [&counters[0].name, &counters[1].name];
        let (one, other) = (db.begin().await.expect("a transaction"), db.begin().await.expect("another"));
        one.execute_unprepared(&raised(names[0])).await.expect("it can be done");
        other.execute_unprepared(&raised(names[1])).await.expect("it can be done");
        let (of_one, of_other) = (raised(names[1]), raised(names[0]));
        let (one, other) = tokio::join!(
            async { let done = one.execute_unprepared(&of_one).await; drop(one); done },
            async { let done = other.execute_unprepared(&of_other).await; drop(other); done },
        );
        let [lost] = <[_; 1]>::try_from([one, other].into_iter().filter(Result::is_err).collect::<Vec<_>>()).expect("one of them gives up");
        assert_eq!(code_of(lost), ErrorCode::RateLimited);
        db.close().await.expect("it closes");
    }

    async fn one_lost_connection_tells_of_all(database: TestDatabase) {
        if database.backend == Backend::Sqlite {
            return;
        }
        let db = open(&database).await;
        let used = || async { number(db.reader(), "SELECT CAST(1 AS BIGINT) FROM pg_sleep(0.2)").await };
        tokio::join!(used(), used(), used(), used());
        let outside = database.connect().await;
        let ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'aftercare'";
        assert_eq!(number(&outside, ended).await, 4);
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(db.reader().execute_unprepared("SELECT 1").await.is_err());
        // It is asked for a sign of life in the background.
        tokio::time::sleep(Duration::from_millis(200)).await;
        for _ in 0..4 {
            db.reader().execute_unprepared("SELECT 1").await.expect("a new connection");
        }
        outside.close().await.expect("it closes");
        db.close().await.expect("it closes");
    }

    async fn closing_waits_for_what_is_under_way(database: TestDatabase) {
        let db = open_narrow(&database).await;
        let transaction = db.begin().await.expect("a transaction");
        let before = number(&transaction, "SELECT value FROM counters WHERE name = 'ticket_number'").await;
        let closing = tokio::spawn(db.clone().close());
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(!closing.is_finished());
        let raised = "UPDATE counters SET value = value + 1 WHERE name = 'ticket_number'";
        transaction.execute_unprepared(raised).await.expect("it can be done");
        transaction.commit().await.expect("it commits");
        closing.await.expect("it ends").expect("it closes");
        let refused = db.reader().execute_unprepared("SELECT 1").await;
        assert!(refused.is_err(), "{refused:?}");
        let db = open_narrow(&database).await;
        assert_eq!(tickets(db.reader()).await, before + 1);
        db.close().await.expect("it closes");
    }
}
