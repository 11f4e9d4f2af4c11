//! What never becomes a request: it is no HTTP, its head is too large, or it doesn't come to an end in time.
//!
//! The HTTP library answers with a bare status then, or not at all. Here whoever sent it is told why, in the JSON that every refusal
//! is, and has the time to read it.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use super::caller::{Caller, REQUEST_ID};
use super::refusal::Refusal;
use super::security;
use crate::config::{Config, Server, span};
use crate::error::{ErrorCode, Text};

/// The library's own answers are shorter.
const BARE: usize = 256;
/// A connection that is closed with something unread is reset, and its last answer lost: so much is read and thrown away.
const MOST_DRAINED: usize = 1 << 20;
/// So long.
const LINGER: Duration = Duration::from_secs(2);

/// Why nothing was heard; none for a status that the library doesn't answer by itself.
#[must_use]
pub fn refusal(status: StatusCode, settings: &Server) -> Option<Refusal> {
    let (en, zh) = match status {
        StatusCode::BAD_REQUEST => (
            "This can't be read as HTTP: check the first line, the headers, and what they say about the body.".to_owned(),
            "无法按 HTTP 解析该请求：请检查首行、各请求头以及其中关于请求体的说明。".to_owned(),
        ),
        StatusCode::URI_TOO_LONG | StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => {
            let (headers, bytes) = (settings.headers, settings.header_bytes);
            (
                format!(
                    "The head of the request is too large: at most {headers} headers, and {bytes} bytes with the first line."
                ),
                format!("请求首部过大：最多 {headers} 个请求头，连同首行不超过 {bytes} 字节。"),
            )
        }
        StatusCode::REQUEST_TIMEOUT => return Some(too_slow(settings.header_timeout)),
        _ => return None,
    };
    Some(Refusal::bad_input(status, en, zh))
}

fn too_slow(most: Duration) -> Refusal {
    let shown = span::print(most);
    let text = Text::new(
        format!(
            "The head of the request took longer than {shown} to arrive (limit headerTimeout)."
        ),
        format!("请求首部未在 {shown} 内到达（headerTimeout）。"),
    );
    Refusal::too_slow("headerTimeout", most, text)
}

/// Why a connection isn't taken.
#[must_use]
pub fn too_many(most: usize) -> Refusal {
    let text = Text::new(
        format!("Too many connections from this address: at most {most}."),
        format!("该地址的连接过多：最多 {most} 个。"),
    );
    Refusal::over_limit(
        StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::RateLimited,
        "connectionsPerAddress",
        None,
        most as u64,
        text,
    )
    .retry_after(10)
}

/// A whole answer, after which the connection ends.
#[must_use]
pub fn last_words(refusal: &Refusal, caller: &Caller, config: &Config) -> Vec<u8> {
    tracing::info!(
        request_id = %caller.request_id,
        address = caller.address.map(|address| address.to_string()),
        status = refusal.status().as_u16(),
        "refused unheard"
    );
    let body = refusal.body(caller);
    let (mut parts, _) = refusal.response(caller).into_parts();
    security::secure(&mut parts.headers, config);
    let date = caller.at.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    for (name, value) in [(&REQUEST_ID, &caller.request_id), (&header::DATE, &date)] {
        if let Ok(value) = HeaderValue::from_str(value) {
            parts.headers.insert(name, value);
        }
    }
    let close = HeaderValue::from_static("close");
    parts.headers.insert(header::CONNECTION, close);
    parts
        .headers
        .insert(header::CONTENT_LENGTH, body.len().into());
    let mut answer = format!("HTTP/1.1 {}\r\n", parts.status).into_bytes();
    for (name, value) in &parts.headers {
        answer.extend_from_slice(name.as_str().as_bytes());
        answer.extend_from_slice(b": ");
        answer.extend_from_slice(value.as_bytes());
        answer.extend_from_slice(b"\r\n");
    }
    answer.extend_from_slice(b"\r\n");
    answer.extend_from_slice(body.as_bytes());
    answer
}

/// The status, if the bytes are an answer that the library makes by itself. The router's all have an id.
fn bare(bytes: &[u8]) -> Option<StatusCode> {
    if bytes.len() > BARE || !bytes.ends_with(b"\r\n\r\n") {
        return None;
    }
    let head = std::str::from_utf8(bytes).ok()?;
    let (line, headers) = head.strip_prefix("HTTP/1.")?.split_once("\r\n")?;
    let empty = headers.contains("content-length: 0\r\n");
    let ours = headers.contains(REQUEST_ID.as_str());
    let status = line.split(' ').nth(1)?.parse().ok()?;
    (empty && !ours).then_some(status)
}

/// What was heard on a connection since its last answer, and what is said when it ends.
#[derive(Debug, Default)]
pub struct Heard {
    anything: AtomicBool,
    http2: AtomicBool,
    last: OnceLock<Vec<u8>>,
}

impl Heard {
    /// Has a request of HTTP/1 begun that isn't answered?
    #[must_use]
    pub fn begun(&self) -> bool {
        self.anything.load(Ordering::Relaxed) && !self.http2.load(Ordering::Relaxed)
    }

    /// Has that said when the connection is dropped, as far as it is possible without waiting for anybody.
    pub fn say_last(&self, words: Vec<u8>) {
        let _ = self.last.set(words);
    }
}

/// What is said instead of a bare status.
pub type Words = Box<dyn Fn(StatusCode) -> Option<Vec<u8>> + Send>;

/// A stream on which the library's bare answers are put into words.
pub struct Outspoken<S: AsyncWrite + Unpin> {
    stream: S,
    words: Words,
    heard: Arc<Heard>,
    /// What is being said instead of what was to be written.
    instead: Option<Vec<u8>>,
    /// Since something was said instead: until when, and how much more, what comes is thrown away.
    draining: Option<(Pin<Box<Sleep>>, usize)>,
}

impl<S: AsyncWrite + Unpin> Outspoken<S> {
    /// A stream, what is said on it, and what is heard.
    pub fn new(stream: S, words: Words, heard: Arc<Heard>) -> Self {
        Self {
            stream,
            words,
            heard,
            instead: None,
            draining: None,
        }
    }

    /// Says what is to be said instead of those bytes, all of it.
    fn poll_instead(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        while let Some(rest) = self.instead.as_mut().filter(|rest| !rest.is_empty()) {
            let written = ready!(Pin::new(&mut self.stream).poll_write(context, rest))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            rest.drain(..written);
        }
        self.instead = None;
        let until = Box::pin(sleep_until(Instant::now() + LINGER));
        self.draining = Some((until, MOST_DRAINED));
        Poll::Ready(Ok(bytes.len()))
    }

    /// Is something else to be said than those bytes?
    fn finds_words(&mut self, bytes: &[u8]) -> bool {
        if self.instead.is_none() {
            self.instead = bare(bytes).and_then(|status| (self.words)(status));
        }
        self.instead.is_some()
    }
}

impl<S: AsyncWrite + Unpin> Drop for Outspoken<S> {
    fn drop(&mut self) {
        if let Some(words) = self.heard.last.get() {
            let mut nobody = Context::from_waker(Waker::noop());
            let _ = Pin::new(&mut self.stream).poll_write(&mut nobody, words);
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Outspoken<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        let new = &buffer.filled()[before..];
        if !new.is_empty() && !self.heard.anything.swap(true, Ordering::Relaxed) {
            let http2 = new.starts_with(b"PRI");
            self.heard.http2.fetch_or(http2, Ordering::Relaxed);
        }
        read
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Outspoken<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.heard.anything.store(false, Ordering::Relaxed);
        if self.finds_words(bytes) {
            return self.poll_instead(context, bytes);
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.heard.anything.store(false, Ordering::Relaxed);
        if let [head] = parts
            && self.finds_words(head)
        {
            return self.poll_instead(context, head);
        }
        Pin::new(&mut self.stream).poll_write_vectored(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        ready!(Pin::new(&mut this.stream).poll_shutdown(context))?;
        let Some((until, most)) = &mut this.draining else {
            return Poll::Ready(Ok(()));
        };
        let mut thrown_away = [0; 4096];
        while *most > 0 && until.as_mut().poll(context).is_pending() {
            let mut buffer = ReadBuf::new(&mut thrown_away);
            let read = ready!(Pin::new(&mut this.stream).poll_read(context, &mut buffer));
            let read = read.map_or(0, |()| buffer.filled().len());
            if read == 0 {
                break;
            }
            *most = most.saturating_sub(read);
        }
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    const BARE_431: &[u8] = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\ndate: Thu, 01 Jan 1970 00:00:00 GMT\r\n\r\n";

    fn outspoken<S: AsyncWrite + Unpin>(stream: S) -> (Outspoken<S>, Arc<Heard>) {
        let heard = Arc::new(Heard::default());
        let words = |status: StatusCode| {
            (status == StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE).then(|| b"too much".to_vec())
        };
        let stream = Outspoken::new(stream, Box::new(words), Arc::clone(&heard));
        (stream, heard)
    }

    #[test]
    fn only_an_answer_without_body_and_id_is_bare() {
        let long = format!(
            "HTTP/1.1 400 Bad Request\r\nx: {}\r\ncontent-length: 0\r\n\r\n",
            "y".repeat(BARE)
        );
        for (what, bytes, status) in [
            ("the library's", BARE_431, Some(431)),
            (
                "of HTTP/1.0",
                b"HTTP/1.0 400 Bad Request\r\ncontent-length: 0\r\n\r\n",
                Some(400),
            ),
            (
                "the router's",
                b"HTTP/1.1 400 Bad Request\r\nx-request-id: a\r\ncontent-length: 0\r\n\r\n",
                None,
            ),
            (
                "with a body",
                b"HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\n{}",
                None,
            ),
            (
                "a body to come",
                b"HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\n",
                None,
            ),
            ("a long one", long.as_bytes(), None),
            ("a part of a body", b"HTTP/1.1 is a protocol", None),
            ("nothing", b"", None),
        ] {
            assert_eq!(bare(bytes).map(|status| status.as_u16()), status, "{what}");
        }
    }

    #[tokio::test]
    async fn words_are_said_instead_of_a_bare_status_and_what_still_comes_is_thrown_away() {
        let (ours, mut theirs) = duplex(4);
        let (mut stream, _) = outspoken(ours);
        let client = tokio::spawn(async move {
            let mut heard = [0; 8];
            theirs.read_exact(&mut heard).await.expect("it is told");
            theirs.write_all(&[0; 100]).await.expect("it may go on");
            drop(theirs);
            heard
        });
        stream.write_all(BARE_431).await.expect("it is written");
        stream.shutdown().await.expect("it ends");
        assert_eq!(&client.await.expect("no panic"), b"too much");
    }

    #[tokio::test]
    async fn a_status_without_words_stays_as_it_is() {
        let (ours, mut theirs) = duplex(1 << 10);
        let (mut stream, _) = outspoken(ours);
        let bare = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n";
        stream.write_all(bare).await.expect("it is written");
        drop(stream);
        let mut heard = Vec::new();
        theirs.read_to_end(&mut heard).await.expect("it ends");
        assert_eq!(heard, bare);
    }

    #[tokio::test]
    async fn a_request_has_begun_from_its_first_byte_to_its_answer() {
        let (ours, mut theirs) = duplex(1 << 10);
        let (mut stream, heard) = outspoken(ours);
        assert!(!heard.begun());
        theirs.write_all(b"GET").await.expect("it is written");
        stream.read_exact(&mut [0; 3]).await.expect("it is read");
        assert!(heard.begun());
        stream.write_all(b"an answer").await.expect("it is written");
        assert!(!heard.begun());
        theirs.write_all(b"GET").await.expect("it is written");
        stream.read_exact(&mut [0; 3]).await.expect("it is read");
        assert!(heard.begun());
        heard.say_last(b", and an end".to_vec());
        drop(stream);
        let mut told = String::new();
        theirs.read_to_string(&mut told).await.expect("it ends");
        assert_eq!(told, "an answer, and an end");
    }

    #[tokio::test]
    async fn http2_is_no_request_that_has_begun() {
        let (ours, mut theirs) = duplex(1 << 10);
        let (mut stream, heard) = outspoken(ours);
        theirs
            .write_all(b"PRI * HTTP/2.0")
            .await
            .expect("it is written");
        stream.read_exact(&mut [0; 14]).await.expect("it is read");
        assert!(!heard.begun());
    }
}
