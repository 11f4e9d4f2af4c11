//! Requests to a server that listens, byte by byte, and its answers.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longer than any answer takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The status line and the headers, in lower case.
    pub head: String,
    /// The body.
    pub body: String,
}

impl Answer {
    /// The answer that these bytes are.
    pub fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        Self {
            status: head
                .split(' ')
                .nth(1)
                .and_then(|status| status.parse().ok())
                .unwrap_or_default(),
            head: head.to_lowercase(),
            body: body.to_owned(),
        }
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The code of the first error.
    pub fn code(&self) -> String {
        self.json()["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

/// Sends bytes and reads until the server closes the connection.
pub async fn send(address: SocketAddr, request: impl AsRef<[u8]>) -> Answer {
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    stream.write_all(request.as_ref()).await.expect("it reads");
    read(&mut stream).await
}

/// Sends a request with its headers (a line each) and body.
pub async fn request(address: SocketAddr, line: &str, headers: &[&str], body: &str) -> Answer {
    send(address, bytes(address, line, headers, body)).await
}

/// Posts JSON to `/graphql`.
pub async fn post(address: SocketAddr, headers: &[&str], body: &str) -> Answer {
    let headers = [&["content-type: application/json"], headers].concat();
    request(address, "POST /graphql", &headers, body).await
}

/// Posts a GraphQL request to a server that may die meanwhile; `None` when no whole answer came.
pub async fn ask(
    address: SocketAddr,
    headers: &[&str],
    query: &str,
    variables: Value,
) -> Option<Value> {
    let headers = [&["content-type: application/json"], headers].concat();
    let body = json!({ "query": query, "variables": variables }).to_string();
    let request = bytes(address, "POST /graphql", &headers, &body);
    let answer = timeout(PATIENCE, async {
        let mut stream = TcpStream::connect(address).await.ok()?;
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok()?;
        Some(answer)
    });
    let answer = answer.await.expect("the server answers or dies")?;
    let text = String::from_utf8_lossy(&answer);
    serde_json::from_str(text.split_once("\r\n\r\n")?.1).ok()
}

fn bytes(address: SocketAddr, line: &str, headers: &[&str], body: &str) -> String {
    let mut request = format!(
        "{line} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {}\r\n",
        body.len()
    );
    for header in headers {
        request.push_str(header);
        request.push_str("\r\n");
    }
    format!("{request}\r\n{body}")
}

/// Reads an answer to its end.
pub async fn read(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let reading = timeout(PATIENCE, stream.read_to_end(&mut bytes));
    // A reset after the answer is as good as an end.
    let _ = reading.await.expect("the server closes the connection");
    Answer::of(&bytes)
}
