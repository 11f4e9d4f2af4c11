//! The load driver: so many connections over loopback, each asking its next question as soon as the last is answered.
//!
//! It speaks as much HTTP/1.1 as it needs, because it shares the machine with what it measures: requests are made
//! beforehand, a connection has one buffer, and of an answer it looks at the status, the length and the word `errors`.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::error::{Result, fail};

/// Where to ask, as whom, and what.
#[derive(Clone, Debug)]
pub struct Target {
    /// The server's address.
    pub address: SocketAddr,
    /// The path of the requests.
    pub path: String,
    /// Access tokens; connections take turns. Empty for a contestant that asks for none.
    pub tokens: Vec<String>,
    /// The bodies; connections begin at different ones and take turns.
    pub bodies: Arc<Vec<Bytes>>,
}

/// How hard and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Connections, each with one request under way.
    pub connections: usize,
    /// How long it is driven before anything counts.
    pub warm_up: Duration,
    /// How long it is measured.
    pub measured: Duration,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The latency of every measured request in microseconds, sorted.
    pub latencies: Vec<u32>,
    /// How long was measured.
    pub elapsed: Duration,
}

impl Outcome {
    /// Requests a second.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.elapsed.as_secs_f64()
    }
}

const WARM_UP: u8 = 0;
const MEASURED: u8 = 1;
const OVER: u8 = 2;

struct Shared {
    target: Target,
    phase: AtomicU8,
    next: AtomicUsize,
}

/// Drives a target. `mark` is called at the begin and at the end of what is measured.
///
/// # Errors
/// When a request is refused, has errors, or its answer can't be read.
pub async fn drive(target: &Target, load: Load, mut mark: impl FnMut()) -> Result<Outcome> {
    let shared = Arc::new(Shared {
        target: target.clone(),
        phase: AtomicU8::new(WARM_UP),
        next: AtomicUsize::new(0),
    });
    let mut connections = JoinSet::new();
    for place in 0..load.connections {
        connections.spawn(ask_on(
            Connection::open(target, place).await?,
            Arc::clone(&shared),
        ));
    }
    tokio::time::sleep(load.warm_up).await;
    mark();
    let begin = Instant::now();
    shared.phase.store(MEASURED, Ordering::Relaxed);
    tokio::time::sleep(load.measured).await;
    shared.phase.store(OVER, Ordering::Relaxed);
    let elapsed = begin.elapsed();
    mark();
    let mut latencies = Vec::new();
    while let Some(ended) = connections.join_next().await {
        latencies.extend(ended.map_err(|error| fail(error.to_string()))??);
    }
    latencies.sort_unstable();
    Ok(Outcome { latencies, elapsed })
}

/// Asks until it is over; gives the latencies of what was answered while it was measured.
async fn ask_on(mut connection: Connection, shared: Arc<Shared>) -> Result<Vec<u32>> {
    let bodies = &shared.target.bodies;
    let mut latencies = Vec::new();
    loop {
        let place = shared.next.fetch_add(1, Ordering::Relaxed) % bodies.len();
        let begin = Instant::now();
        connection.ask(&bodies[place]).await?;
        match shared.phase.load(Ordering::Relaxed) {
            WARM_UP => {}
            MEASURED => {
                latencies.push(u32::try_from(begin.elapsed().as_micros()).unwrap_or(u32::MAX));
            }
            _ => return Ok(latencies),
        }
    }
}

/// One connection that is kept alive.
pub struct Connection {
    stream: TcpStream,
    head: String,
    out: Vec<u8>,
    read: Vec<u8>,
}

impl Connection {
    /// Opens one; its place says which token it takes.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn open(target: &Target, place: usize) -> Result<Self> {
        let stream = TcpStream::connect(target.address).await?;
        stream.set_nodelay(true)?;
        let mut head = format!(
            "POST {} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\n",
            target.path, target.address
        );
        if !target.tokens.is_empty() {
            let token = &target.tokens[place % target.tokens.len()];
            head.push_str(&format!("authorization: Bearer {token}\r\n"));
        }
        Ok(Self {
            stream,
            head,
            out: Vec::new(),
            read: Vec::with_capacity(128 * 1024),
        })
    }

    /// Asks one question; gives the answer's body.
    ///
    /// # Errors
    /// When the answer isn't 200 or has errors.
    pub async fn ask(&mut self, body: &[u8]) -> Result<&[u8]> {
        self.out.clear();
        self.out.extend_from_slice(self.head.as_bytes());
        self.out.extend_from_slice(b"content-length: ");
        self.out
            .extend_from_slice(itoa::Buffer::new().format(body.len()).as_bytes());
        self.out.extend_from_slice(b"\r\n\r\n");
        self.out.extend_from_slice(body);
        self.stream.write_all(&self.out).await?;
        self.read.clear();
        let mut awaited = None;
        loop {
            if self.stream.read_buf(&mut self.read).await? == 0 {
                return Err(fail("the server closed the connection"));
            }
            if awaited.is_none() {
                awaited = head_of(&self.read)?;
            }
            if let Some(head) = awaited
                && self.read.len() >= head.end + head.length
            {
                let answer = &self.read[head.end..head.end + head.length];
                if head.status != 200 || has_errors(answer) {
                    let text = String::from_utf8_lossy(answer);
                    let text: String = text.chars().take(400).collect();
                    return Err(fail(format!("status {}: {text}", head.status)));
                }
                return Ok(answer);
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Head {
    status: u16,
    /// Where the body begins.
    end: usize,
    /// The body's length.
    length: usize,
}

/// The head of an answer, when all of it has come.
fn head_of(read: &[u8]) -> Result<Option<Head>> {
    let mut headers = [httparse::EMPTY_HEADER; 48];
    let mut response = httparse::Response::new(&mut headers);
    let parsed = response
        .parse(read)
        .map_err(|error| fail(error.to_string()))?;
    let httparse::Status::Complete(end) = parsed else {
        return Ok(None);
    };
    let status = response.code.unwrap_or(0);
    let length = response
        .headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("content-length"))
        .and_then(|header| std::str::from_utf8(header.value).ok()?.parse().ok())
        .ok_or_else(|| fail("an answer without content-length"))?;
    Ok(Some(Head {
        status,
        end,
        length,
    }))
}

/// Has a GraphQL answer errors, of either kind? A text can't hide or feign them: its quotation marks are escaped.
fn has_errors(answer: &[u8]) -> bool {
    if memchr::memmem::find(answer, b"\"errors\":").is_some() {
        return true;
    }
    memchr::memmem::find(answer, b"\"userErrors\":")
        .is_some_and(|at| !answer[at..].starts_with(b"\"userErrors\":[]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_when_it_is_whole() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        let expected = Head {
            status: 200,
            end: answer.len() - 5,
            length: 5,
        };
        assert_eq!(head_of(answer).expect("it is well-formed"), Some(expected));
        assert_eq!(head_of(&answer[..20]).expect("it isn't wrong yet"), None);
        assert!(head_of(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }

    #[test]
    fn errors_of_both_kinds_are_seen() {
        assert!(has_errors(br#"{"data":null,"errors":[{"message":"no"}]}"#));
        assert!(has_errors(
            br#"{"data":{"add":{"userErrors":[{"code":"BLANK"}]}}}"#
        ));
        assert!(!has_errors(br#"{"data":{"add":{"userErrors":[]}}}"#));
        assert!(!has_errors(
            br#"{"data":{"body":"about \"errors\": none"}}"#
        ));
    }
}
