//! Tests of the events: written with the change, delivered to every process once and in order, whatever breaks meanwhile.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use aftercare::access::Call;
use aftercare::clock::Clock;
use aftercare::db::Db;
use aftercare::events::{Bus, Event, dispatcher};
use aftercare::work::Work;
use chrono::{DateTime, Utc};
use entity::{counter, outbox};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use serde_json::json;
use tokio::sync::broadcast::Receiver;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::support::database::{Backend, TestDatabase, both_databases, fresh, open};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// Longer than the dispatcher's pause between two looks.
const SILENCE: Duration = Duration::from_millis(800);

/// A server process as far as events go: its own connections, bus and dispatcher.
struct Process {
    db: Db,
    bus: Bus,
    heard: Receiver<Arc<Event>>,
    health: dispatcher::Health,
    stop: CancellationToken,
    running: JoinHandle<()>,
}

impl Process {
    async fn start(database: &TestDatabase) -> Self {
        let db = open(database).await;
        let (bus, health, stop) = (
            Bus::new(),
            dispatcher::Health::default(),
            CancellationToken::new(),
        );
        let heard = bus.subscribe();
        let running = tokio::spawn(dispatcher::run(
            db.clone(),
            bus.clone(),
            Clock::System,
            health.clone(),
            stop.clone(),
        ));
        let process = Self {
            db,
            bus,
            heard,
            health,
            stop,
            running,
        };
        process.ready().await;
        process
    }

    /// Waits until events flow.
    async fn ready(&self) {
        let flowing = async {
            while self.health.problem().is_some() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(PATIENCE, flowing).await.expect("events flow");
    }

    /// The next event.
    async fn next(&mut self) -> Arc<Event> {
        timeout(PATIENCE, self.heard.recv())
            .await
            .expect("an event comes")
            .expect("none was missed")
    }

    async fn next_ids(&mut self, count: usize) -> Vec<Uuid> {
        let mut ids = Vec::new();
        for _ in 0..count {
            ids.push(self.next().await.id);
        }
        ids
    }

    async fn assert_silent(&mut self) {
        let more = timeout(SILENCE, self.heard.recv()).await;
        assert!(more.is_err(), "an unexpected event: {more:?}");
    }

    async fn stop(self) {
        self.stop.cancel();
        timeout(PATIENCE, self.running)
            .await
            .expect("the dispatcher stops")
            .expect("without a panic");
        self.db.close().await.expect("the database closes");
    }
}

fn now() -> DateTime<Utc> {
    Clock::System.now()
}

/// Commits one action with one event; gives the event's id.
async fn change(db: &Db, payload: serde_json::Value) -> Uuid {
    let call = Call::system(now(), "test");
    let mut work = Work::begin(db, &call).await.expect("a transaction");
    work.next("ticket_number").await.expect("a number");
    let event = Event::new(call.at, Event::TICKET_CHANGED, Uuid::nil(), payload);
    let id = event.id;
    work.emit(event);
    work.commit().await.expect("it commits");
    id
}

async fn changes(db: &Db, count: usize) -> Vec<Uuid> {
    let mut ids = Vec::new();
    for number in 0..count {
        ids.push(change(db, json!({ "number": number })).await);
    }
    ids
}

both_databases! {
    async fn an_event_and_its_change_are_true_together_or_not_at_all(database: TestDatabase) {
        let db = open(&database).await;
        let number = async || {
            let row = counter::Entity::find_by_id("ticket_number").one(db.reader()).await;
            row.expect("a read").expect("it is there").value
        };
        let before = number().await;
        let call = Call::system(now(), "test");
        let mut work = Work::begin(&db, &call).await.expect("a transaction");
        work.next("ticket_number").await.expect("a number");
        work.emit(Event::new(call.at, Event::TICKET_CHANGED, Uuid::nil(), json!({})));
        drop(work);
        let events = async || outbox::Entity::find().count(db.reader()).await.expect("a count");
        // A transaction that is dropped is taken back in the background.
        db.begin().await.expect("a transaction").rollback().await.expect("it ends");
        assert_eq!((number().await, events().await), (before, 0));

        change(&db, json!({})).await;
        assert_eq!((number().await, events().await), (before + 1, 1));
    }

    async fn events_arrive_once_and_in_order_and_are_marked(database: TestDatabase) {
        let mut process = Process::start(&database).await;
        let written = changes(&process.db, 30).await;
        assert_eq!(process.next_ids(30).await, written);
        process.assert_silent().await;
        let rows = outbox::Entity::find().all(process.db.reader()).await.expect("a read");
        assert!(rows.iter().all(|row| row.dispatched_at.is_some()));
        process.stop().await;
    }

    async fn what_another_process_wrote_arrives_too(database: TestDatabase) {
        let mut process = Process::start(&database).await;
        let other = open(&database).await;
        let written = changes(&other, 3).await;
        assert_eq!(process.next_ids(3).await, written);
        process.stop().await;
    }

    async fn events_written_while_nobody_dispatched_are_not_lost(database: TestDatabase) {
        let mut process = Process::start(&database).await;
        let first = changes(&process.db, 2).await;
        assert_eq!(process.next_ids(2).await, first);
        process.stop().await;

        let meanwhile = open(&database).await;
        let written = changes(&meanwhile, 250).await;
        let mut process = Process::start(&database).await;
        assert_eq!(process.next_ids(250).await, written, "only what hadn't been delivered");
        process.assert_silent().await;
        process.stop().await;
    }

    async fn a_large_event_arrives_whole(database: TestDatabase) {
        let mut process = Process::start(&database).await;
        let payload = json!({ "text": "换货".repeat(5_000), "quote": "\"\\\n" });
        change(&process.db, payload.clone()).await;
        assert_eq!(process.next().await.payload, payload);
        process.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_process_hears_each_event_once_and_in_one_order() {
    let Some(database) = fresh(Backend::Postgres).await else {
        return;
    };
    let mut one = Process::start(&database).await;
    let mut two = Process::start(&database).await;
    let (from_one, from_two) = tokio::join!(changes(&one.db, 100), changes(&two.db, 100));
    let written: HashSet<Uuid> = from_one.into_iter().chain(from_two).collect();
    let heard = one.next_ids(200).await;
    assert_eq!(heard.iter().copied().collect::<HashSet<_>>(), written);
    assert_eq!(two.next_ids(200).await, heard, "both in the same order");
    one.assert_silent().await;
    two.assert_silent().await;
    one.stop().await;
    two.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_connection_loses_no_event() {
    let Some(database) = fresh(Backend::Postgres).await else {
        return;
    };
    let mut deaf = Process::start(&database).await;
    let mut well = Process::start(&database).await;
    let first = changes(&well.db, 2).await;
    assert_eq!(deaf.next_ids(2).await, first);

    // Everything is cut at once, as when the database restarts.
    let behind = database.connect().await;
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    behind.execute_unprepared(cut).await.expect("it is cut");
    let other = open(&database).await;
    let second = changes(&other, 2).await;
    assert_eq!(deaf.next_ids(2).await, second);
    assert_eq!(well.next_ids(4).await, [first, second].concat());
    deaf.assert_silent().await;
    assert_eq!(deaf.bus.subscribers(), 1);
    deaf.stop().await;
    well.stop().await;
}
