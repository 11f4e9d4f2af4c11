//! Very many subscribers on one server: how soon an event is with all who may see it, and what a socket costs.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::api::{Api, MANAGER};
use crate::contestants::Running;
use crate::error::{Result, fail};
use crate::process;
use crate::report::{millis, note};

/// Sockets from one source address: each has some 28,000 ports.
const PER_ADDRESS: usize = 10_000;
/// Sockets that are opened at once.
const OPENING: usize = 64;
/// Principals among whom the sockets are shared.
const PRINCIPALS: usize = 20;
/// How many events are measured.
const EVENTS: usize = 10;
/// How long an event is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

const SUBSCRIBE: &str = "subscription { ticketChanged { action ticket { id version } } }";

/// Somebody who subscribes.
struct Principal {
    token: String,
    /// Does the ticket that changes lie within the reach?
    sees: bool,
}

/// Counts events as they come in.
#[derive(Default)]
struct Arrivals {
    seen: AtomicUsize,
    unseen: AtomicUsize,
    last: Notify,
}

/// Opens the sockets, provokes events, and says what was measured.
///
/// # Errors
/// When a socket can't be opened, or an event doesn't reach everybody.
pub async fn measure(server: &Running, sockets: usize) -> Result<String> {
    let mut manager = Api::sign_in(server.address, MANAGER).await?;
    let ticket = manager
        .ask("{ tickets(first: 1) { nodes { id } } }", json!({}))
        .await?;
    let ticket = ticket["tickets"]["nodes"][0]["id"].clone();
    let principals = principals(server.address, &ticket).await?;
    server.settle().await;
    let before = process::memory(server.pid).resident;
    note(&format!(
        "Opening {sockets} sockets of {} principals ...",
        principals.len()
    ));
    let arrivals = Arc::new(Arrivals::default());
    let begin = Instant::now();
    let readers = open_all(server.address, sockets, &principals, &arrivals).await?;
    let opened_in = begin.elapsed();
    server.settle().await;
    let after = process::memory(server.pid).resident;
    let expected = (0..sockets)
        .filter(|place| principals[place % principals.len()].sees)
        .count();
    let mut times = Vec::with_capacity(EVENTS);
    for number in 0..EVENTS {
        times.push(event(&mut manager, &ticket, number, expected, &arrivals).await?);
        sleep(Duration::from_millis(500)).await;
    }
    let others = arrivals.unseen.load(Ordering::Relaxed);
    drop(readers);
    if others > 0 {
        return Err(fail(format!(
            "{others} events reached somebody who may not see the ticket"
        )));
    }
    times.sort();
    let worst = times.last().copied().unwrap_or_default();
    Ok(format!(
        "{sockets} WebSockets with one subscription each, of {} principals, opened in {}; {expected} of them may see the \
         ticket that changes. An event was with all of them after **{}** (the middle of {EVENTS}; the worst {}; goal 1 s), counted \
         from sending the mutation, and with nobody else. A socket takes **{} KB** of the server's memory ({} MB before, {} MB with \
         them).\n",
        principals.len(),
        millis(opened_in),
        millis(times[times.len() / 2]),
        millis(worst),
        after.saturating_sub(before) / sockets.max(1) as u64,
        before / 1024,
        after / 1024,
    ))
}

/// Signs in staff with different reaches.
async fn principals(address: SocketAddr, ticket: &Value) -> Result<Vec<Principal>> {
    let mut admin = Api::sign_in(address, "admin.demo").await?;
    let staff = "{ users(first: 100) { nodes { login kind status } } }";
    let users = admin.ask(staff, json!({})).await?;
    let users = users["users"]["nodes"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let logins = users
        .iter()
        .filter(|user| user["kind"] == "STAFF" && user["status"] == "ACTIVE")
        .filter_map(|user| user["login"].as_str());
    let mut principals = Vec::new();
    for login in std::iter::once(MANAGER).chain(logins.filter(|login| *login != MANAGER)) {
        let mut api = Api::sign_in(address, login).await?;
        let seen = api
            .ask(
                "query($id: ID!) { ticket(id: $id) { id } }",
                json!({"id": ticket}),
            )
            .await;
        // Whoever may not read tickets at all can't subscribe to them either.
        if let Ok(seen) = seen {
            principals.push(Principal {
                token: api.token,
                sees: !seen["ticket"].is_null(),
            });
        }
        if principals.len() == PRINCIPALS {
            break;
        }
    }
    Ok(principals)
}

async fn open_all(
    address: SocketAddr,
    sockets: usize,
    principals: &[Principal],
    arrivals: &Arc<Arrivals>,
) -> Result<JoinSet<()>> {
    let mut readers = JoinSet::new();
    let mut opening = JoinSet::new();
    let mut opened = BTreeMap::new();
    for place in 0..sockets {
        if opening.len() >= OPENING {
            take(&mut opening, &mut opened).await?;
        }
        let token = principals[place % principals.len()].token.clone();
        opening.spawn(async move { Ok((place, subscribe(address, place, &token).await?)) });
    }
    while !opening.is_empty() {
        take(&mut opening, &mut opened).await?;
    }
    for (place, socket) in opened {
        let sees = principals[place % principals.len()].sees;
        readers.spawn(read(socket, sees, Arc::clone(arrivals)));
    }
    Ok(readers)
}

type Socket = WebSocketStream<TcpStream>;

async fn take(
    opening: &mut JoinSet<Result<(usize, Socket)>>,
    opened: &mut BTreeMap<usize, Socket>,
) -> Result<()> {
    if let Some(ended) = opening.join_next().await {
        let (place, socket) = ended??;
        opened.insert(place, socket);
    }
    Ok(())
}

async fn subscribe(address: SocketAddr, place: usize, token: &str) -> Result<Socket> {
    let last = u8::try_from(place / PER_ADDRESS + 1).map_err(|_| fail("too many sockets"))?;
    let socket = TcpSocket::new_v4()?;
    socket.bind((Ipv4Addr::new(127, 0, 0, last), 0).into())?;
    let stream = socket.connect(address).await?;
    let mut request = format!("ws://{address}/graphql").into_client_request()?;
    let protocol = "graphql-transport-ws"
        .parse()
        .map_err(|_| fail("a header"))?;
    request
        .headers_mut()
        .insert("sec-websocket-protocol", protocol);
    let (mut socket, _) = client_async(request, stream).await?;
    let init =
        json!({"type": "connection_init", "payload": {"authorization": format!("Bearer {token}")}});
    socket.send(Message::text(init.to_string())).await?;
    let answer = socket
        .next()
        .await
        .ok_or_else(|| fail("a socket was closed"))??;
    if !answer.to_text()?.contains("connection_ack") {
        return Err(fail(format!("a socket was refused: {answer}")));
    }
    let operation = json!({"id": "1", "type": "subscribe", "payload": {"query": SUBSCRIBE}});
    socket.send(Message::text(operation.to_string())).await?;
    Ok(socket)
}

/// Reads until the socket ends; pings are answered by reading.
async fn read(mut socket: Socket, sees: bool, arrivals: Arc<Arrivals>) {
    while let Some(Ok(message)) = socket.next().await {
        if !message
            .to_text()
            .is_ok_and(|text| text.contains("\"next\""))
        {
            continue;
        }
        if sees {
            arrivals.seen.fetch_add(1, Ordering::Relaxed);
            arrivals.last.notify_one();
        } else {
            arrivals.unseen.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Changes the ticket and waits until everybody has heard of it.
async fn event(
    manager: &mut Api,
    ticket: &Value,
    number: usize,
    expected: usize,
    arrivals: &Arrivals,
) -> Result<Duration> {
    const WRITE: &str = "mutation($input: TicketTextInput!) { ticketCommentAdd(input: $input) { userErrors { code } } }";
    arrivals.seen.store(0, Ordering::Relaxed);
    let input = json!({"input": {"ticketId": ticket, "body": format!("Event {number}")}});
    let begin = Instant::now();
    manager.ask(WRITE, input).await?;
    let all = async {
        while arrivals.seen.load(Ordering::Relaxed) < expected {
            arrivals.last.notified().await;
        }
    };
    if timeout(PATIENCE, all).await.is_err() {
        let seen = arrivals.seen.load(Ordering::Relaxed);
        return Err(fail(format!(
            "an event reached {seen} of {expected} within a minute"
        )));
    }
    Ok(begin.elapsed())
}
