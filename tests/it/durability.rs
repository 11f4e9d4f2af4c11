//! Tests with the real program in processes of its own: what was acknowledged stays whatever kills a server, several
//! servers on one database are one, and a server that is told to stop finishes first.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aftercare::events::REVOCATION_DEADLINE;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use crate::support::database::{Arrange, Backend, both_databases};
use crate::support::office::{BOSS, CLERK, Office, open_ticket, sign_in, told};
use crate::support::process::{self, Process};
use crate::support::socket::{Socket, hear, introduced, tell};
use crate::support::wire::{ask, read};

mod alerts;
mod crash;
mod ear;
mod ledger;
mod three;
mod writer;

pub use ear::{Ear, Heard};
use writer::Writer;

const WRITERS: usize = 4;
const KILLS: usize = 3;
/// Changes that are acknowledged before a server is killed.
const CHANGES: usize = 40;

both_databases! {
    /// Several clients write while the server is killed again and again; nothing that they were told is done is lost, and
    /// nothing is done by halves or twice.
    async fn no_acknowledged_change_is_lost(office: Office) {
        let database = &office.0;
        let mut server = Process::serve(&database.url, &[]).await;
        let token: Arc<str> = sign_in(server.address, CLERK).await.into();
        let mut writers = Vec::new();
        for number in 0..WRITERS {
            let ticket = open_ticket(server.address, &token, &format!("Pump {number}")).await;
            writers.push(Writer::new(number, ticket, Arc::clone(&token)));
        }
        for _ in 0..KILLS {
            let acknowledged = Arc::new(AtomicUsize::new(0));
            let mut writing = JoinSet::new();
            for mut writer in std::mem::take(&mut writers) {
                let (address, acknowledged) = (server.address, Arc::clone(&acknowledged));
                writing.spawn(async move {
                    writer.write_until_it_dies(address, &acknowledged).await;
                    writer
                });
            }
            until(|| async { acknowledged.load(Ordering::Relaxed) >= CHANGES }).await;
            server.kill().await;
            writers = writing.join_all().await;
            server = Process::serve(&database.url, &[]).await;
        }
        for writer in &mut writers {
            writer.finish(server.address).await;
        }
        let connection = database.connect().await;
        for writer in &writers {
            ledger::check(&connection, writer).await;
        }
        until(|| ledger::all_delivered(&connection)).await;
        connection.close().await.expect("the connection closes");
        server.kill().await;
        let verified = process::run(&database.url, &["audit", "verify"]).await;
        assert!(verified.status.success(), "{verified:?}");
    }

    /// A request that has begun when the server is told to stop is answered; sockets are told that it goes.
    async fn a_stopping_server_finishes_first(office: Office) {
        let server = Process::serve(&office.0.url, &[]).await;
        let token = sign_in(server.address, CLERK).await;
        let mut open = introduced(server.address, &token).await;
        let body = r#"{"query":"{ tickets { totalCount } }"}"#;
        let head = format!(
            "POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n\
            content-length: {}\r\nexpect: 100-continue\r\n\r\n",
            body.len()
        );
        let mut running = TcpStream::connect(server.address).await.expect("it listens");
        running.write_all(head.as_bytes()).await.expect("it reads");
        let mut go_on = [0; 25];
        running.read_exact(&mut go_on).await.expect("it waits for the body");
        assert!(go_on.starts_with(b"HTTP/1.1 100"), "{go_on:?}");

        server.terminate().await;
        assert_eq!(hear(&mut open).await, Err(1001));
        running.write_all(body.as_bytes()).await.expect("it reads on");
        let answer = read(&mut running).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_eq!(answer.json()["data"]["tickets"]["totalCount"], 0);
        assert!(server.ended().await.success());
    }

    /// A request leaves a line in the log of whoever asks for such lines, and none otherwise.
    async fn requests_are_logged_where_that_is_asked_for(office: Office) {
        for filter in ["info", "info,aftercare::http=debug"] {
            let server = Process::serve(&office.0.url, &[("LOG__FILTER", filter)]).await;
            sign_in(server.address, CLERK).await;
            server.terminate().await;
            // It is the last line.
            until(|| async { server.log().contains("stopped") }).await;
            let log = server.log();
            assert_eq!(log.contains("answered"), filter.contains("debug"), "{log}");
            assert!(server.ended().await.success());
        }
    }
}

/// Waits until something is so.
async fn until<F: Future<Output = bool>>(mut so: impl FnMut() -> F) {
    let waiting = async {
        while !so().await {
            sleep(Duration::from_millis(10)).await;
        }
    };
    let patience = Duration::from_secs(60);
    timeout(patience, waiting).await.expect("it comes to that");
}

async fn follow_tickets(address: std::net::SocketAddr, token: &str) -> Socket {
    let mut socket = introduced(address, token).await;
    let payload = json!({ "query": "subscription { ticketChanged { action ticket { id } } }" });
    tell(
        &mut socket,
        json!({ "type": "subscribe", "id": "1", "payload": payload }),
    )
    .await;
    socket
}

async fn comment(address: std::net::SocketAddr, token: &str, ticket: &str, body: &str) {
    let query = "mutation($input: TicketTextInput!) { ticketCommentAdd(input: $input) { userErrors { message } } }";
    let input = json!({ "ticketId": ticket, "body": body });
    let done = told(address, token, query, json!({ "input": input })).await;
    assert_eq!(done["ticketCommentAdd"]["userErrors"], json!([]), "{done}");
}

/// Comments until the subscriber hears of it, so that it is known to be there.
async fn wait_for_ears(
    socket: &mut Socket,
    address: std::net::SocketAddr,
    token: &str,
    ticket: &str,
) {
    for _ in 0..100 {
        comment(address, token, ticket, "Do you hear?").await;
        if let Ok(heard) = timeout(Duration::from_millis(300), hear(socket)).await {
            let heard = heard.expect("an event");
            let event = &heard["payload"]["data"]["ticketChanged"];
            assert_eq!(event["ticket"]["id"], ticket, "{heard}");
            return;
        }
    }
    panic!("nothing is heard");
}

/// The events of a socket up to one about `last`, as (action, ticket).
async fn events_until(socket: &mut Socket, last: &str) -> Vec<(String, String)> {
    let mut events = Vec::new();
    loop {
        let heard = hear(socket).await.expect("an event");
        assert_eq!(heard["type"], "next", "{heard}");
        let event = &heard["payload"]["data"]["ticketChanged"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let event = (text(&event["action"]), text(&event["ticket"]["id"]));
        let end = event.1 == last;
        events.push(event);
        if end {
            return events;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_on_one_database_are_one() {
    let Some(office) = Office::arrange(Backend::Postgres).await else {
        return;
    };
    let one = Process::serve(&office.0.url, &[]).await;
    let two = Process::serve(&office.0.url, &[]).await;
    let (boss, clerk) = (
        sign_in(one.address, BOSS).await,
        sign_in(one.address, CLERK).await,
    );
    let mut tickets = Vec::new();
    for subject in ["Sync", "Pump", "End"] {
        tickets.push(open_ticket(one.address, &clerk, subject).await);
    }
    // A token of the one is good at the other, and an event of the one reaches the other's subscriber once.
    let mut socket = follow_tickets(two.address, &clerk).await;
    wait_for_ears(&mut socket, one.address, &clerk, &tickets[0]).await;
    for body in ["first", "second", "third"] {
        comment(one.address, &clerk, &tickets[1], body).await;
    }
    comment(one.address, &clerk, &tickets[2], "last").await;
    let events = events_until(&mut socket, &tickets[2]).await;
    let about_pump = events.iter().filter(|(_, ticket)| *ticket == tickets[1]);
    assert_eq!(about_pump.count(), 3, "{events:?}");
    let about_end = events.iter().filter(|(_, ticket)| *ticket == tickets[2]);
    assert_eq!(about_end.count(), 1, "{events:?}");

    // A role taken through the one is gone at the other, for the requests that follow and for the open subscription.
    let found = told(
        one.address,
        &boss,
        r#"{ users(filter: { login: { eq: "clerk" } }) { nodes { id } } roles { nodes { id key } } }"#,
        json!({}),
    )
    .await;
    let roles = found["roles"]["nodes"].as_array().expect("roles");
    let role = roles.iter().find(|role| role["key"] == "service_manager");
    let input = json!({
        "roleId": role.expect("a built-in role")["id"],
        "principal": { "userId": found["users"]["nodes"][0]["id"] },
    });
    let query =
        "mutation($input: RoleTakeInput!) { roleTake(input: $input) { userErrors { message } } }";
    let taken = told(one.address, &boss, query, json!({ "input": input })).await;
    assert_eq!(taken["roleTake"]["userErrors"], json!([]), "{taken}");
    let begun = Instant::now();
    let header = format!("authorization: Bearer {clerk}");
    let refused = timeout(REVOCATION_DEADLINE, async {
        loop {
            let document = "{ tickets { totalCount } }";
            let answer = ask(two.address, &[&header], document, json!({})).await;
            let answer = answer.expect("an answer");
            if answer["errors"][0]["extensions"]["code"] == "FORBIDDEN" {
                break;
            }
        }
    });
    refused
        .await
        .expect("the role is gone at the other within the deadline");
    let ended = timeout(REVOCATION_DEADLINE + Duration::from_secs(5), async {
        loop {
            match hear(&mut socket).await {
                Ok(heard)
                    if heard["type"] == "next" && heard["payload"].get("errors").is_none() => {}
                Ok(heard) => break heard,
                Err(code) => break json!(code),
            }
        }
    });
    let ended = ended.await.expect("the subscription ends");
    assert!(
        ended == json!(4403) || ended.to_string().contains("FORBIDDEN"),
        "after {:?}: {ended}",
        begun.elapsed()
    );
}
