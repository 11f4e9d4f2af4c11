//! While it is attacked from all sides, somebody works on, not much slower than alone; afterwards all is as before, and however often
//! that happens the server doesn't grow. How long that person waits is printed, with and without.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use super::transport::{connect, http2};
use super::{MEGABYTE, bearer, fragment_bomb, serve};
use crate::support::office::{BOSS, CLERK, open_ticket, sign_in, told};
use crate::support::process::Process;
use crate::support::socket::{introduced, tell};
use crate::support::wire::{ask, post};

/// For how long each is measured.
const WHILE: Duration = Duration::from_secs(6);
/// How many of each attack go on at the same time.
const EACH: usize = 4;
/// Or the attack would soon be over by itself.
const NOTHING_IS_TOO_MUCH: [(&str, &str); 4] = [
    ("BUDGET__BURST", "1000000000"),
    ("BUDGET__PER_SECOND", "1000000"),
    ("BUDGET__ADDRESS_BURST", "1000000000"),
    ("BUDGET__ADDRESS_PER_SECOND", "1000000"),
];
/// Who works waits so many times as long as alone at most, or so long where that is more: attackers and server share two cores.
const ATTACKED: (u32, Duration) = (20, Duration::from_secs(1));
/// The same when it is over.
const AFTERWARDS: (u32, Duration) = (4, Duration::from_millis(300));
/// How often it is attacked again: the first time fills what is kept in memory, the others must not take more.
const AGAIN: usize = 3;
/// What they may take all together, in megabytes; all that was sent or asked for would be several times that.
const GROWN: u64 = 64;

/// Median, 95th percentile and the longest.
#[derive(Debug)]
struct Waits {
    count: usize,
    median: Duration,
    high: Duration,
    longest: Duration,
}

/// Works on tickets for a while as somebody who isn't involved.
async fn work(address: SocketAddr, token: &str) -> Waits {
    let (mut waits, begun) = (Vec::new(), Instant::now());
    let query = "{ tickets(first: 20) { nodes { id subject customer { name } } } viewer { name } }";
    while begun.elapsed() < WHILE {
        let asked = Instant::now();
        told(address, token, query, json!({})).await;
        waits.push(asked.elapsed());
        sleep(Duration::from_millis(20)).await;
    }
    waits.sort();
    let at = |share: usize| waits[(waits.len() - 1) * share / 100];
    Waits {
        count: waits.len(),
        median: at(50),
        high: at(95),
        longest: at(100),
    }
}

/// What attackers share.
#[derive(Default)]
struct Attack {
    over: AtomicBool,
    /// Documents that were turned away for what was asked before, not for what they are.
    spared: AtomicU64,
}

/// Repeats a part of an attack until it is called off; how often that was.
fn attack<F: Future<Output = ()> + Send + 'static>(
    shared: &Arc<Attack>,
    once: impl Fn() -> F + Send + 'static,
) -> JoinHandle<u64> {
    let shared = Arc::clone(shared);
    tokio::spawn(async move {
        let mut times = 0;
        while !shared.over.load(Ordering::Relaxed) {
            // By itself: one that is thrown out in the middle may panic.
            let mut strike = tokio::spawn(once());
            if timeout(Duration::from_secs(3), &mut strike).await.is_err() {
                strike.abort();
            }
            times += 1;
            sleep(Duration::from_millis(5)).await;
        }
        times
    })
}

async fn send(address: SocketAddr, bytes: Vec<u8>) {
    let mut stream = connect(address).await;
    let _ = stream.write_all(&bytes).await;
    let _ = stream.read(&mut [0; 4_096]).await;
}

fn attacks(address: SocketAddr, token: &str, shared: &Arc<Attack>) -> Vec<JoinHandle<u64>> {
    let mut all = Vec::new();
    for _ in 0..EACH {
        // Documents that explode, as somebody who is signed in.
        let header = bearer(token);
        let bombs = [
            fragment_bomb(),
            "{a".repeat(4_000),
            "{tickets(first:100){nodes{comments(first:100){nodes{id}}}}}".to_owned(),
        ];
        let noted = Arc::clone(shared);
        all.push(attack(shared, move || {
            let (header, bombs) = (header.clone(), bombs.clone());
            let noted = Arc::clone(&noted);
            async move {
                for bomb in &bombs {
                    let answer = ask(address, &[&header], bomb, json!({})).await;
                    let answer = answer.unwrap_or_default();
                    if answer["errors"][0]["extensions"]["code"] == "RATE_LIMITED" {
                        noted.spared.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }
        }));
        // Tokens that are no good.
        all.push(attack(shared, move || async move {
            let forged = format!("authorization: Bearer {}", "e30.".repeat(2));
            post(address, &[&forged], r#"{"query":"{__typename}"}"#).await;
        }));
        // Large headers, half headers, half bodies.
        all.push(attack(shared, move || async move {
            let large = format!(
                "GET / HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n",
                "a".repeat(200_000)
            );
            send(address, large.into_bytes()).await;
        }));
        all.push(attack(shared, move || async move {
            let _slow: Vec<_> = futures_util::future::join_all((0..20).map(|_| async {
                let mut stream = connect(address).await;
                let _ = stream
                    .write_all(b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n")
                    .await;
                stream
            }))
            .await;
            sleep(Duration::from_millis(500)).await;
        }));
        all.push(attack(shared, move || async move {
            let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100000000\r\n\r\n";
            send(address, [head.as_bytes(), &[b' '; 0x10000]].concat()).await;
        }));
        // Streams that are opened and reset.
        all.push(attack(shared, move || async move {
            let resets = (0..2_000)
                .flat_map(|at| [http2::get(1 + 2 * at), http2::reset(1 + 2 * at)].concat());
            send(address, http2::hello().into_iter().chain(resets).collect()).await;
        }));
        // One socket with many subscriptions.
        let token = token.to_owned();
        all.push(attack(shared, move || {
            let token = token.clone();
            async move {
                let mut socket = introduced(address, &token).await;
                let payload = json!({ "query": "subscription { ticketChanged { action } }" });
                for id in 0..500 {
                    tell(
                        &mut socket,
                        json!({ "type": "subscribe", "id": id.to_string(), "payload": payload }),
                    )
                    .await;
                }
            }
        }));
    }
    all
}

/// Something that is done while it is attacked, and how many strikes that were.
async fn attacked<T>(
    address: SocketAddr,
    token: &str,
    meanwhile: impl Future<Output = T>,
) -> (T, u64) {
    let shared = Arc::new(Attack::default());
    let attacking = attacks(address, token, &shared);
    let done = meanwhile.await;
    shared.over.store(true, Ordering::Relaxed);
    let mut strikes = 0;
    for attack in attacking {
        let times = attack.await.expect("it goes on to the end");
        assert!(times > 1, "an attack that isn't repeated");
        strikes += times;
    }
    let spared = shared.spared.load(Ordering::Relaxed);
    assert_eq!(spared, 0, "documents that weren't looked at");
    (done, strikes)
}

/// Something that is done, and the most memory that the server held meanwhile.
async fn most<T>(server: &Process, meanwhile: impl Future<Output = T>) -> (T, u64) {
    let mut meanwhile = pin!(meanwhile);
    let mut most = server.resident();
    loop {
        match timeout(Duration::from_millis(100), meanwhile.as_mut()).await {
            Ok(done) => return (done, most),
            Err(_) => most = most.max(server.resident()),
        }
    }
}

/// The least memory that the server holds within a few seconds: what is given back a little late doesn't count.
async fn least(server: &Process) -> u64 {
    let mut least = server.resident();
    for _ in 0..15 {
        sleep(Duration::from_millis(200)).await;
        least = least.min(server.resident());
    }
    least
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_works_on_while_it_is_attacked() {
    let (server, _office) = serve(&NOTHING_IS_TOO_MUCH).await;
    let address = server.address;
    let (worker, attacker) = (sign_in(address, CLERK).await, sign_in(address, BOSS).await);
    for _ in 0..5 {
        open_ticket(address, &worker, "Pump").await;
    }
    let alone = work(address, &worker).await;
    let before = server.resident();
    let attack = attacked(address, &attacker, work(address, &worker));
    let ((beside, strikes), during) = most(&server, attack).await;
    let after = work(address, &worker).await;
    for (when, waits) in [
        ("alone", &alone),
        ("attacked", &beside),
        ("afterwards", &after),
    ] {
        let Waits {
            count,
            median,
            high,
            longest,
        } = waits;
        eprintln!("{when}: {count} answers, median {median:?}, p95 {high:?}, longest {longest:?}");
    }
    let grown = during.saturating_sub(before) / MEGABYTE;
    eprintln!(
        "memory: {} MB before, {grown} MB more while attacked {strikes} times",
        before / MEGABYTE
    );
    assert!(grown < 300, "{grown} MB more");
    for (waits, (times, fast)) in [(&beside, ATTACKED), (&after, AFTERWARDS)] {
        let bound = fast.max(alone.median * times);
        assert!(waits.median < bound, "{waits:?}, alone {alone:?}");
    }

    let before = least(&server).await;
    let mut strikes = 0;
    for _ in 0..AGAIN {
        let (_, more) = attacked(address, &attacker, sleep(WHILE)).await;
        strikes += more;
    }
    let grown = least(&server).await.saturating_sub(before) / MEGABYTE;
    eprintln!("memory: {grown} MB more after {strikes} times");
    assert!(grown < GROWN, "{grown} MB more after {strikes} times");
}
