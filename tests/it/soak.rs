//! A soak: people of every role do what they do every day, and what they can't, while the server is killed, the database is
//! cut off and the disk is full. At the end everything that they were told is there, once, and nothing else, and whoever followed
//! heard of it.
//!
//! Each person's choices follow from a seed; what answers come when doesn't. `AFTERCARE_SOAK_SECONDS` makes it longer,
//! `AFTERCARE_SOAK_SEED` another one.

/// What was asked for, and what was said about it.
mod book;
/// Whether all of it is true.
mod check;
/// What people do.
mod deeds;
/// What people are awarded.
mod money;
/// Somebody who acts.
mod person;
/// What people ask.
mod questions;
/// Each thing once, before anything happens.
mod rehearsal;
/// The server and its database, and what befalls them.
mod stage;
/// When failures are excused.
mod weather;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use aftercare::demo::demo_users;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use crate::durability::Ear;
use crate::support::database::Backend;
use book::{Book, Followed};
use person::Person;
use stage::Stage;
use weather::{Calm, Weather};

/// How long it takes when nothing is said.
const SECONDS: u64 = 15;
/// The seed when nothing is said.
const SEED: u64 = 7;
/// How soon after the end of a trouble a change has to be possible again.
const RECOVERY: Duration = Duration::from_secs(30);
/// How soon after the end everything has to be delivered and counted, and before that awards to be booked.
const SETTLED: Duration = Duration::from_secs(120);
/// Who sees every ticket.
const SEES_ALL: &str = "manager.demo";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "wants the machine for itself"]
async fn sqlite() {
    soak(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "wants the machine for itself"]
async fn postgres() {
    soak(Backend::Postgres).await;
}

/// A number of the surroundings.
fn said(name: &str, otherwise: u64) -> u64 {
    let said = std::env::var(name).ok();
    said.and_then(|said| said.parse().ok()).unwrap_or(otherwise)
}

async fn soak(backend: Backend) {
    let seconds = said("AFTERCARE_SOAK_SECONDS", SECONDS);
    let seed = said("AFTERCARE_SOAK_SEED", SEED);
    let Some(mut stage) = Stage::arrange(backend, seconds).await else {
        return;
    };
    let book = Arc::new(Book::default());
    let over = Arc::new(AtomicBool::new(false));
    let mut people = JoinSet::new();
    for login in [SEES_ALL, "agent.demo", "customer.demo"] {
        let (weather, over) = (Arc::clone(&stage.weather), Arc::clone(&over));
        people.spawn(follow(login, weather, Arc::clone(&book), over));
    }
    let somebody = |number: u32, login| {
        let chance = StdRng::seed_from_u64(!seed ^ u64::from(number));
        Person::new(number as usize, login, chance, &stage.weather, &book)
    };
    let mut canary = somebody(99, SEES_ALL);
    let (mut hr, mut customer) = (somebody(98, "hr.demo"), somebody(97, "customer.demo"));
    rehearsal::everything(&mut canary, &mut hr, &mut customer, &stage.weather).await;
    for (number, user) in demo_users().into_iter().enumerate() {
        let chance = StdRng::seed_from_u64(seed ^ ((number as u64 + 1) << 32));
        let mut person = Person::new(number, user.login, chance, &stage.weather, &book);
        let over = Arc::clone(&over);
        people.spawn(async move {
            while !over.load(Ordering::Relaxed) {
                deeds::do_something(&mut person).await;
                sleep(Duration::from_millis(person.chance.random_range(0..20))).await;
            }
        });
    }

    let mut director = StdRng::seed_from_u64(seed);
    let mut longest = Duration::ZERO;
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut round = 0;
    // Everything befalls them at least once, in an order of chance.
    while round == 0 || Instant::now() < end {
        let mut troubles = stage.troubles().to_vec();
        troubles.shuffle(&mut director);
        for trouble in troubles {
            sleep(Duration::from_millis(director.random_range(1_000..3_000))).await;
            stage.weather.breaks();
            stage.befall(trouble, &mut director).await;
            let begun = Instant::now();
            timeout(RECOVERY, deeds::suggest(&mut canary))
                .await
                .unwrap_or_else(|_| panic!("after {trouble:?} nothing can be changed"));
            longest = longest.max(begun.elapsed());
            stage.weather.clears();
            while let Some(ended) = people.try_join_next() {
                ended.expect("nobody stops before the end");
            }
        }
        round += 1;
    }
    sleep(Duration::from_secs(1)).await;
    over.store(true, Ordering::Relaxed);
    while let Some(ended) = people.join_next().await {
        ended.expect("nobody was told what isn't so");
    }

    let paid = timeout(SETTLED, money::pay(&mut canary, &mut hr)).await;
    paid.expect("the awards of the last month are booked");
    check::settled(&stage, SETTLED).await;
    stage.stop().await;
    eprintln!(
        "soak of {backend:?} ({}): {round} rounds of {:?}, recovered within {longest:?}, {}",
        stage.kind(),
        stage.troubles(),
        book.summary(),
    );
    check::all(&stage, &book.take()).await;
}

/// Follows tickets as long as it goes on, with a new subscription whenever one ends. Whoever sees all of them misses nothing in a calm.
async fn follow(
    login: &'static str,
    weather: Arc<Weather>,
    book: Arc<Book>,
    over: Arc<AtomicBool>,
) {
    let chance = StdRng::seed_from_u64(0);
    let mut person = Person::new(100, login, chance, &weather, &book);
    while !over.load(Ordering::Relaxed) {
        let token = person.token().await;
        let Some(ear) = Ear::try_open(weather.address(), &token).await else {
            sleep(Duration::from_millis(100)).await;
            continue;
        };
        let mut calm = Calm::default();
        while !ear.is_over() && !over.load(Ordering::Relaxed) {
            sleep(Duration::from_millis(50)).await;
            calm.look(&weather, ear.count());
        }
        let heard = ear.heard();
        book.hear(login, &heard);
        if login == SEES_ALL {
            book.compare(Followed {
                who: login,
                heard,
                calm: calm.stretches(),
            });
        }
        person.forget_token();
    }
}
