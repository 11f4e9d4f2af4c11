//! A job runs in one process at a time, and goes on when that one dies.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use aftercare::clock::Clock;
use aftercare::db::Db;
use aftercare::jobs::lease;
use aftercare::jobs::rounds::{Job, once, run};
use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::support::data::start;
use crate::support::database::{TestDatabase, both_databases, open};

const MINUTE: Duration = Duration::from_secs(60);

async fn hold(db: &Db, holder: u128, at: DateTime<Utc>) -> bool {
    lease::hold(db, "test", Uuid::from_u128(holder), MINUTE, at)
        .await
        .expect("an answer")
}

both_databases! {
    async fn one_holder_at_a_time(database: TestDatabase) {
        let (db, at) = (open(&database).await, start());
        let later = |seconds| at + TimeDelta::seconds(seconds);
        assert!(hold(&db, 1, at).await);
        assert!(!hold(&db, 2, at).await, "somebody else holds it");
        assert!(hold(&db, 1, later(50)).await, "the holder renews it");
        assert!(!hold(&db, 2, later(61)).await, "renewed, it holds for another minute from then");
        assert!(!hold(&db, 2, later(109)).await);
        assert!(hold(&db, 2, later(110)).await, "it has run out");
        assert!(!hold(&db, 1, later(111)).await, "the old holder has lost it");
        lease::give_back(&db, "test", Uuid::from_u128(1), later(112)).await.expect("nothing");
        assert!(!hold(&db, 3, later(112)).await, "only the holder gives it back");
        lease::give_back(&db, "test", Uuid::from_u128(2), later(112)).await.expect("it is given back");
        assert!(hold(&db, 3, later(112)).await);
        assert!(lease::hold(&db, "another", Uuid::from_u128(4), MINUTE, later(112)).await.expect("an answer"), "each job has its own");
    }

    async fn of_many_at_once_one_gets_it(database: TestDatabase) {
        let one = open(&database).await;
        let other = open(&database).await;
        let tries = (1..=8).map(|holder| hold(if holder % 2 == 0 { &one } else { &other }, holder, start()));
        let got = futures_util::future::join_all(tries).await;
        assert_eq!(got.iter().filter(|got| **got).count(), 1);
    }

    async fn rounds_are_done_by_one_and_noted(database: TestDatabase) {
        let (db, clock) = (open(&database).await, Clock::manual(start()));
        let job = Job { name: "test", every: MINUTE, lease: MINUTE * 3 };
        let rounds = AtomicU32::new(0);
        let round = |_: Db, _: DateTime<Utc>| {
            rounds.fetch_add(1, Ordering::Relaxed);
            async { Ok(()) }
        };
        assert_eq!(lease::last_run(&db, "test").await.expect("an answer"), None);
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert!(once(&db, &clock, job, one, &round).await.expect("a round"));
        assert!(!once(&db, &clock, job, other, &round).await.expect("none"));
        assert_eq!(rounds.load(Ordering::Relaxed), 1);
        assert_eq!(lease::last_run(&db, "test").await.expect("an answer"), Some(start()));
        clock.advance(TimeDelta::minutes(3));
        assert!(once(&db, &clock, job, other, &round).await.expect("the first one is dead"));
    }

    async fn a_stopped_worker_leaves_the_job_to_the_next(database: TestDatabase) {
        let (db, clock) = (open(&database).await, Clock::manual(start()));
        let job = Job { name: "test", every: Duration::from_millis(20), lease: MINUTE * 60 };
        let rounds = Arc::new(AtomicU32::new(0));
        let worker = |stop: &CancellationToken| {
            let rounds = Arc::clone(&rounds);
            tokio::spawn(run(db.clone(), clock.clone(), stop.clone(), job, move |_, _| {
                let done = rounds.fetch_add(1, Ordering::Relaxed);
                // A failure now and then doesn't end the worker.
                async move { if done == 1 { Err(aftercare::error::Error::internal("once")) } else { Ok(()) } }
            }))
        };
        let more_than = async |least: u32| {
            for _ in 0..500 {
                if rounds.load(Ordering::Relaxed) > least { return true; }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            false
        };
        let stop = CancellationToken::new();
        let first = worker(&stop);
        assert!(more_than(2).await, "it goes on after a failure");
        stop.cancel();
        first.await.expect("it ends");
        let before = rounds.load(Ordering::Relaxed);
        let stop = CancellationToken::new();
        let second = worker(&stop);
        assert!(more_than(before).await, "the lease was given back long before its end");
        stop.cancel();
        second.await.expect("it ends");
    }
}
