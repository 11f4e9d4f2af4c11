//! Connections that are slow, silent, many, or no HTTP at all.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Instant, sleep, timeout};

use super::{HANG, MEGABYTE, bearer, serve};
use crate::support::office::{CLERK, open_ticket, sign_in, told};
use crate::support::socket::{hear, introduced, open, tell};
use crate::support::wire::{Answer, post, read, request};

const QUERY: &str = r#"{"query":"{__typename}"}"#;

pub async fn connect(address: SocketAddr) -> TcpStream {
    TcpStream::connect(address).await.expect("it listens")
}

/// Reads until the server closes; how long that took and what came.
async fn until_closed(stream: &mut TcpStream) -> (Duration, Vec<u8>) {
    let (begun, mut bytes) = (Instant::now(), Vec::new());
    let reading = timeout(HANG, stream.read_to_end(&mut bytes)).await;
    // A reset is as good as an end.
    drop(reading.expect("it is closed"));
    (begun.elapsed(), bytes)
}

/// A whole request that keeps the connection.
fn kept(address: SocketAddr) -> String {
    format!(
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{QUERY}",
        QUERY.len()
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_without_a_request_are_closed() {
    let (server, _office) = serve(&[
        ("SERVER__HEADER_TIMEOUT", "700ms"),
        ("SERVER__IDLE_TIMEOUT", "700ms"),
        ("SERVER__WRITE_TIMEOUT", "700ms"),
    ])
    .await;
    for (what, begun) in [
        ("silent", Vec::new()),
        (
            "a request and then nothing",
            kept(server.address).into_bytes(),
        ),
        ("HTTP/2 and then nothing", http2::hello()),
        (
            "HTTP/2, a request and then nothing",
            [http2::hello(), http2::get(1)].concat(),
        ),
        (
            "HTTP/2, and no room for the answer",
            [http2::closed_hello(), http2::get(1)].concat(),
        ),
    ] {
        let mut stream = connect(server.address).await;
        stream.write_all(&begun).await.expect("it reads");
        let (took, bytes) = until_closed(&mut stream).await;
        eprintln!("{what}: closed after {took:?}");
        assert!(took < Duration::from_secs(10), "{what}: {took:?}");
        if what.starts_with("a request") {
            assert_eq!(Answer::of(&bytes).status, 200, "{what}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_has_so_many_connections() {
    let (server, _office) = serve(&[("SERVER__CONNECTIONS_PER_ADDRESS", "20")]).await;
    let mut held = Vec::new();
    for _ in 0..20 {
        held.push(connect(server.address).await);
    }
    // They are taken one after the other.
    sleep(Duration::from_millis(200)).await;
    for _ in 0..100 {
        let mut stream = connect(server.address).await;
        let refused = read(&mut stream).await;
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (429, "RATE_LIMITED"),
            "{refused:?}"
        );
        assert!(refused.head.contains("retry-after: 10"), "{refused:?}");
    }
    held.clear();
    sleep(Duration::from_millis(200)).await;
    assert_eq!(post(server.address, &[], QUERY).await.status, 200);
    // Sockets are connections too.
    let mut sockets = Vec::new();
    for _ in 0..20 {
        let socket = open(server.address, None, "graphql-transport-ws").await;
        sockets.push(socket.expect("it opens"));
    }
    let refused = read(&mut connect(server.address).await).await;
    assert_eq!(refused.status, 429, "{refused:?}");
    drop(sockets);
    sleep(Duration::from_millis(1_500)).await;
    assert_eq!(post(server.address, &[], QUERY).await.status, 200);
}

/// Bytes of an answer just below its limit, and more than the system keeps for a client.
const LARGE: usize = 13 * 40 * 9_900;

/// A query with so large an answer.
async fn large(address: SocketAddr, token: &str) -> String {
    let ticket = open_ticket(address, token, "Pump").await;
    for at in 0..20 {
        let input = json!({ "ticketId": ticket, "body": "x".repeat(9_900), "idempotencyKey": at.to_string() });
        let add = "mutation($input: TicketTextInput!) { ticketCommentAdd(input: $input) { userErrors { message } } }";
        told(address, token, add, json!({ "input": input })).await;
    }
    let comments = "comments { nodes { body } edges { node { body } } }";
    let aliases: String = (0..13)
        .map(|at| format!(r#"a{at}: ticket(id: "{ticket}") {{ {comments} }} "#))
        .collect();
    format!("{{ {aliases} }}")
}

/// Open sockets and event streams, as the server counts them.
async fn live(address: SocketAddr) -> u64 {
    let metrics = request(address, "GET /metrics", &[], "").await;
    let mut lines = metrics.body.lines();
    let found = lines.find_map(|line| line.strip_prefix("aftercare_live_connections "));
    let number = found.and_then(|number| number.parse().ok());
    number.unwrap_or_else(|| panic!("{metrics:?}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_does_not_read_a_socket_is_given_up() {
    // So nothing else ends one.
    let (server, _office) = serve(&[
        ("SERVER__REQUEST_TIMEOUT", "60s"),
        ("SERVER__WRITE_TIMEOUT", "600s"),
        ("SERVER__LIVE__PING_INTERVAL", "600s"),
    ])
    .await;
    let token = sign_in(server.address, CLERK).await;
    let query = large(server.address, &token).await;
    let payload = json!({ "query": query });
    let mut reader = introduced(server.address, &token).await;
    let mut others = Vec::new();
    for _ in 0..4 {
        let mut socket = introduced(server.address, &token).await;
        for id in ["1", "2", "3"] {
            let message = json!({ "type": "subscribe", "id": id, "payload": payload });
            tell(&mut socket, message).await;
        }
        others.push(socket);
    }
    assert!(live(server.address).await > 1);
    let given_up = timeout(2 * HANG, async {
        while live(server.address).await > 1 {
            sleep(Duration::from_millis(200)).await;
        }
    });
    given_up.await.expect("they are given up");
    drop(others);
    tell(&mut reader, json!({ "type": "ping" })).await;
    let heard = hear(&mut reader).await;
    assert_eq!(heard, Ok(json!({ "type": "pong" })), "who reads stays");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_does_not_read_is_given_up() {
    let (server, _office) = serve(&[("SERVER__WRITE_TIMEOUT", "1s")]).await;
    let token = sign_in(server.address, CLERK).await;
    let query = large(server.address, &token).await;
    let body = json!({ "query": query }).to_string();
    let before = server.resident();
    let mut streams = Vec::new();
    for _ in 0..12 {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket
            .set_recv_buffer_size(8 << 10)
            .expect("a small buffer");
        let stream = socket.connect(server.address).await;
        let mut stream = stream.expect("it listens");
        let request = format!(
            "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{}\r\ncontent-length: {}\r\n\r\n{body}",
            bearer(&token),
            body.len()
        );
        stream
            .write_all(request.as_bytes())
            .await
            .expect("it reads");
        streams.push(stream);
    }
    for stream in &streams {
        let begun = timeout(HANG, stream.readable()).await;
        begun.expect("an answer").expect("it is open");
    }
    sleep(Duration::from_secs(5)).await;
    let mut cut = 0;
    for stream in &mut streams {
        let (_, bytes) = until_closed(stream).await;
        cut += usize::from(bytes.len() < LARGE);
    }
    let grown = server.resident().saturating_sub(before) / MEGABYTE;
    eprintln!("{cut} of 12 that didn't read were cut off; {grown} MB more");
    assert_eq!(cut, 12);
    assert!(grown < 300, "{grown} MB more");
    assert_eq!(post(server.address, &[], QUERY).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_one_behind_the_other_are_answered_in_order() {
    let (server, _office) = serve(&[]).await;
    let before = server.resident();
    let mut stream = connect(server.address).await;
    let many: String = (0..2_000)
        .map(|at| format!("GET /healthz HTTP/1.1\r\nhost: x\r\nx-request-id: n{at}\r\n\r\n"))
        .collect();
    let last =
        "GET /healthz HTTP/1.1\r\nhost: x\r\nx-request-id: last\r\nconnection: close\r\n\r\n";
    let (mut incoming, mut outgoing) = stream.split();
    let mut bytes = Vec::new();
    let sending = async {
        outgoing.write_all(many.as_bytes()).await.expect("it reads");
        outgoing.write_all(last.as_bytes()).await.expect("it reads");
    };
    let reading = timeout(HANG, incoming.read_to_end(&mut bytes));
    let (_, read) = tokio::join!(sending, reading);
    drop(read.expect("it doesn't hang"));
    let text = String::from_utf8_lossy(&bytes).to_lowercase();
    let ids: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("x-request-id: "))
        .collect();
    assert_eq!(ids.len(), 2_001);
    assert!(
        ids.iter()
            .enumerate()
            .all(|(at, id)| at == 2_000 || *id == format!("n{at}"))
    );
    let grown = server.resident().saturating_sub(before);
    // What a server holds anyway after its first requests comes on top.
    assert!(grown < 40 * MEGABYTE, "{grown} bytes more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_http_is_refused_at_once() {
    let (server, _office) = serve(&[]).await;
    post(server.address, &[], QUERY).await;
    let before = server.resident();
    let many_headers: String = (0..150).map(|at| format!("x-{at}: y\r\n")).collect();
    let json = "content-type: application/json\r\n";
    for (what, bytes, statuses) in [
        ("noise", vec![0x16, 0x03, 0x01, 0x02, 0x00, 0xff, b'\r', b'\n', b'\r', b'\n'], vec![0, 400]),
        ("no version", b"GET /healthz\r\n\r\n".to_vec(), vec![0, 400]),
        ("unknown version", b"GET /healthz HTTP/9.9\r\nhost: x\r\n\r\n".to_vec(), vec![0, 400, 505]),
        ("a space in the path", b"GET /he althz HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(), vec![400]),
        ("an odd header", b"GET /healthz HTTP/1.1\r\nhost: x\r\nb\x00d: y\r\n\r\n".to_vec(), vec![400]),
        ("a header without a colon", b"GET /healthz HTTP/1.1\r\nhost x\r\n\r\n".to_vec(), vec![400]),
        ("a folded header", b"GET /healthz HTTP/1.1\r\nhost: x\r\n y: z\r\n\r\n".to_vec(), vec![400]),
        ("150 headers", format!("GET /healthz HTTP/1.1\r\nhost: x\r\n{many_headers}\r\n").into_bytes(), vec![431]),
        ("a header of 200 kB", format!("GET /healthz HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "a".repeat(200_000)).into_bytes(), vec![431]),
        ("a path of 200 kB", format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "a".repeat(200_000)).into_bytes(), vec![414, 431]),
        ("two lengths", format!("POST /graphql HTTP/1.1\r\nhost: x\r\n{json}content-length: 5\r\ncontent-length: 6\r\n\r\n{{}}").into_bytes(), vec![400]),
        ("a length below nothing", format!("POST /graphql HTTP/1.1\r\nhost: x\r\n{json}content-length: -1\r\n\r\n{{}}").into_bytes(), vec![400]),
        ("a length beyond numbers", format!("POST /graphql HTTP/1.1\r\nhost: x\r\n{json}content-length: 99999999999999999999\r\n\r\n{{}}").into_bytes(), vec![400]),
        ("chunks that aren't", format!("POST /graphql HTTP/1.1\r\nhost: x\r\n{json}transfer-encoding: chunked\r\n\r\nzz\r\n").into_bytes(), vec![400]),
        ("a chunk size beyond numbers", format!("POST /graphql HTTP/1.1\r\nhost: x\r\n{json}transfer-encoding: chunked\r\n\r\nfffffffffffffffffff\r\n").into_bytes(), vec![400]),
        ("an unknown coding", format!("POST /graphql HTTP/1.1\r\nhost: x\r\n{json}transfer-encoding: gzip\r\n\r\n").into_bytes(), vec![400]),
    ] {
        let begun = Instant::now();
        let mut stream = connect(server.address).await;
        let _ = stream.write_all(&bytes).await;
        let (_, answer) = until_closed(&mut stream).await;
        let answer = Answer::of(&answer);
        assert!(statuses.contains(&answer.status), "{what}: {answer:?}");
        if answer.status != 0 {
            let extensions = &answer.json()["errors"][0]["extensions"];
            assert_eq!(extensions["code"], "BAD_INPUT", "{what}: {answer:?}");
            let id = format!("x-request-id: {}", extensions["requestId"].as_str().unwrap_or_default());
            assert!(answer.head.contains(&id), "{what}: {answer:?}");
            assert!(answer.head.contains("x-content-type-options: nosniff"), "{what}: {answer:?}");
        }
        assert!(begun.elapsed() < Duration::from_secs(8), "{what}: {:?}", begun.elapsed());
    }
    // What is HTTP is answered in our own words.
    for (line, status) in [
        ("PUT /graphql", 405),
        ("DELETE /graphql", 405),
        ("GET /nowhere", 404),
        ("POST /graphql", 415),
    ] {
        let answer = request(server.address, line, &[], "").await;
        assert_eq!(answer.status, status, "{line}: {answer:?}");
        assert!(
            answer.json()["errors"][0]["extensions"]["code"].is_string(),
            "{line}: {answer:?}"
        );
    }
    let grown = server.resident().saturating_sub(before);
    assert!(grown < 20 * MEGABYTE, "{grown} bytes more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streams_that_are_opened_and_reset_end_their_connection() {
    let (server, _office) = serve(&[]).await;
    post(server.address, &[], QUERY).await;
    let before = server.resident();
    // Whoever asks what costs next to nothing to answer is answered, as often as it asks; everybody else is thrown out.
    for (what, flood, answered) in [
        (
            "opened and reset",
            (0..20_000)
                .flat_map(|at| [http2::get(1 + 2 * at), http2::reset(1 + 2 * at)].concat())
                .collect::<Vec<u8>>(),
            None,
        ),
        (
            "opened, never ended",
            (0..20_000).flat_map(|at| http2::open(1 + 2 * at)).collect(),
            None,
        ),
        (
            "headers without an end",
            http2::endless_headers(4_000),
            None,
        ),
        // One more is in the greeting.
        (
            "settings",
            http2::settings().repeat(50_000),
            Some((http2::SETTINGS, 50_001)),
        ),
        (
            "pings",
            http2::ping().repeat(100_000),
            Some((http2::PING, 100_000)),
        ),
        (
            "frames of nothing",
            [http2::open(1), http2::empty_data(1).repeat(100_000)].concat(),
            None,
        ),
        (
            "a frame of 16 MB",
            vec![0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1, 0],
            None,
        ),
        ("a stream of ours", http2::get(2), None),
    ] {
        let begun = Instant::now();
        let stream = connect(server.address).await;
        let (mut incoming, mut outgoing) = stream.into_split();
        let sending = tokio::spawn(async move {
            let mut sent = outgoing.write_all(&http2::hello()).await;
            for block in flood.chunks(0x4000) {
                if sent.is_err() {
                    break;
                }
                sent = outgoing.write_all(block).await;
            }
            // Whoever was not thrown out goes by itself.
            sleep(Duration::from_secs(1)).await;
            let _ = outgoing.shutdown().await;
            sent.is_err()
        });
        let mut bytes = Vec::new();
        let read = timeout(HANG, incoming.read_to_end(&mut bytes)).await;
        let cut = read.expect("it ends").is_err();
        let thrown_out = sending.await.expect("it ends") || cut || http2::says_go(&bytes);
        let grown = server.resident().saturating_sub(before) / MEGABYTE;
        eprintln!(
            "{what}: thrown out: {thrown_out}, {:?}, {} bytes back, {grown} MB more",
            begun.elapsed(),
            bytes.len()
        );
        assert_eq!(thrown_out, answered.is_none(), "{what}");
        if let Some((kind, times)) = answered {
            assert_eq!(http2::answers(&bytes, kind), times, "{what}");
        }
        assert!(grown < 40, "{what}: {grown} MB more");
        assert_eq!(post(server.address, &[], QUERY).await.status, 200);
    }
}

/// HTTP/2, frame by frame.
pub mod http2 {
    /// The kind of a frame of settings, and of the answer to one.
    pub const SETTINGS: u8 = 4;
    /// The kind of a ping, and of the answer to one.
    pub const PING: u8 = 6;
    const GO_AWAY: u8 = 7;

    /// A frame.
    fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
        let length = u32::try_from(payload.len())
            .expect("a short frame")
            .to_be_bytes();
        let mut frame = vec![length[1], length[2], length[3], kind, flags];
        frame.extend(stream.to_be_bytes());
        frame.extend(payload);
        frame
    }

    /// `GET /` by the static table.
    const HEADERS: &[u8] = &[0x82, 0x86, 0x84, 0x41, 0x01, b'x'];

    /// The preface with empty settings.
    pub fn hello() -> Vec<u8> {
        [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), settings()].concat()
    }

    /// The preface of a client that has no room for anything.
    pub fn closed_hello() -> Vec<u8> {
        let no_window = frame(SETTINGS, 0, 0, &[0, 4, 0, 0, 0, 0]);
        [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), no_window].concat()
    }

    pub fn settings() -> Vec<u8> {
        frame(SETTINGS, 0, 0, &[])
    }

    pub fn ping() -> Vec<u8> {
        frame(PING, 0, 0, &[0; 8])
    }

    /// A whole request.
    pub fn get(stream: u32) -> Vec<u8> {
        frame(1, 0x5, stream, HEADERS)
    }

    /// A request whose body is still to come.
    pub fn open(stream: u32) -> Vec<u8> {
        frame(1, 0x4, stream, HEADERS)
    }

    pub fn reset(stream: u32) -> Vec<u8> {
        frame(3, 0, stream, &[0, 0, 0, 8])
    }

    pub fn empty_data(stream: u32) -> Vec<u8> {
        frame(0, 0, stream, &[])
    }

    /// A block of headers that goes on and on.
    pub fn endless_headers(frames: usize) -> Vec<u8> {
        let mut all = frame(1, 0, 1, HEADERS);
        // A literal without indexing: `x: aaa...`.
        let more = [vec![0x00, 0x01, b'x', 0x7f, 0x81, 0x07], vec![b'a'; 1_024]].concat();
        for _ in 0..frames {
            all.extend(frame(9, 0, 1, &more));
        }
        all
    }

    /// Kind and flags of each frame.
    fn frames(mut bytes: &[u8]) -> impl Iterator<Item = (u8, u8)> {
        std::iter::from_fn(move || {
            let [a, b, c, kind, flags, ..] = *bytes else {
                return None;
            };
            let length = 9 + u32::from_be_bytes([0, a, b, c]) as usize;
            bytes = bytes.get(length..).unwrap_or_default();
            Some((kind, flags))
        })
    }

    /// Is there a GOAWAY among the frames?
    pub fn says_go(bytes: &[u8]) -> bool {
        frames(bytes).any(|(kind, _)| kind == GO_AWAY)
    }

    /// How many frames of a kind are answers?
    pub fn answers(bytes: &[u8], kind: u8) -> usize {
        frames(bytes).filter(|frame| *frame == (kind, 1)).count()
    }
}
