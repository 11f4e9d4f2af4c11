//! While it is attacked from all sides, somebody works on: how long that person waits is printed, with and without.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

use super::transport::{connect, http2};
use super::{MEGABYTE, bearer, fragment_bomb, serve};
use crate::support::office::{BOSS, CLERK, open_ticket, sign_in, told};
use crate::support::socket::{introduced, tell};
use crate::support::wire::{ask, post};

/// For how long each is measured.
const WHILE: Duration = Duration::from_secs(6);
/// How many of each attack go on at the same time.
const EACH: usize = 4;

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

/// Repeats an attack until it is called off.
fn attack<F: Future<Output = ()> + Send + 'static>(
    going: &Arc<AtomicBool>,
    once: impl Fn() -> F + Send + 'static,
) -> JoinHandle<()> {
    let going = Arc::clone(going);
    tokio::spawn(async move {
        while going.load(Ordering::Relaxed) {
            let _ = tokio::time::timeout(Duration::from_secs(3), once()).await;
            sleep(Duration::from_millis(5)).await;
        }
    })
}

async fn send(address: SocketAddr, bytes: Vec<u8>) {
    let mut stream = connect(address).await;
    let _ = stream.write_all(&bytes).await;
    let _ = stream.read(&mut [0; 4_096]).await;
}

fn attacks(address: SocketAddr, token: &str, going: &Arc<AtomicBool>) -> Vec<JoinHandle<()>> {
    let mut all = Vec::new();
    for _ in 0..EACH {
        // Documents that explode, as somebody who is signed in.
        let header = bearer(token);
        let bombs = [
            fragment_bomb(),
            "{a".repeat(4_000),
            "{tickets(first:100){nodes{comments(first:100){nodes{id}}}}}".to_owned(),
        ];
        all.push(attack(going, move || {
            let (header, bombs) = (header.clone(), bombs.clone());
            async move {
                for bomb in &bombs {
                    ask(address, &[&header], bomb, json!({})).await;
                }
            }
        }));
        // Tokens that are no good.
        all.push(attack(going, move || async move {
            let forged = format!("authorization: Bearer {}", "e30.".repeat(2));
            post(address, &[&forged], r#"{"query":"{__typename}"}"#).await;
        }));
        // Large headers, half headers, half bodies.
        all.push(attack(going, move || async move {
            let large = format!(
                "GET / HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n",
                "a".repeat(200_000)
            );
            send(address, large.into_bytes()).await;
        }));
        all.push(attack(going, move || async move {
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
        all.push(attack(going, move || async move {
            let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100000000\r\n\r\n";
            send(address, [head.as_bytes(), &[b' '; 0x10000]].concat()).await;
        }));
        // Streams that are opened and reset.
        all.push(attack(going, move || async move {
            let resets = (0..2_000)
                .flat_map(|at| [http2::get(1 + 2 * at), http2::reset(1 + 2 * at)].concat());
            send(address, http2::hello().into_iter().chain(resets).collect()).await;
        }));
        // One socket with many subscriptions.
        let token = token.to_owned();
        all.push(attack(going, move || {
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_works_on_while_it_is_attacked() {
    let (server, _office) = serve(&[]).await;
    let (worker, attacker) = (
        sign_in(server.address, CLERK).await,
        sign_in(server.address, BOSS).await,
    );
    for _ in 0..5 {
        open_ticket(server.address, &worker, "Pump").await;
    }
    let alone = work(server.address, &worker).await;
    let before = server.resident();
    let going = Arc::new(AtomicBool::new(true));
    let attacking = attacks(server.address, &attacker, &going);
    let beside = work(server.address, &worker).await;
    let during = server.resident();
    going.store(false, Ordering::Relaxed);
    for attack in attacking {
        // One that was thrown out in the middle may have panicked.
        let _ = attack.await;
    }
    let after = work(server.address, &worker).await;
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
        "memory: {} MB before, {grown} MB more while attacked",
        before / MEGABYTE
    );
    assert!(grown < 300, "{grown} MB more");
    assert!(beside.count > 5, "{beside:?}");
}
