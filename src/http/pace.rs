//! Answers over HTTP/2 in small pieces, each taken when the client has room for it: what isn't taken stays with us and is
//! seen. A connection whose client makes no room for an answer is as good as one that isn't read.

use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};
use tokio::time::Instant;

/// Bytes of a piece: one frame of HTTP/2.
const PIECE: usize = 16 << 10;

/// More answers than a connection can have at a time: those that are over are forgotten.
const FORGET_AT: usize = 256;

/// The answers of one connection that are under way.
#[derive(Debug)]
pub struct Paces {
    begun: Instant,
    /// Somebody else holds it for each request that isn't answered to its end; none before the first one.
    under_way: Mutex<Option<Arc<()>>>,
    open: Mutex<Vec<Weak<Progress>>>,
}

/// When something of an answer was taken last, in milliseconds since the connection began.
#[derive(Debug)]
struct Progress(AtomicU64);

impl Paces {
    /// None yet.
    pub fn new() -> Self {
        Self {
            begun: Instant::now(),
            under_way: Mutex::default(),
            open: Mutex::default(),
        }
    }

    /// A request that begins.
    pub fn enter(&self) -> UnderWay {
        let mut under_way = self
            .under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        UnderWay {
            _counted: Arc::clone(under_way.get_or_insert_default()),
        }
    }

    /// Were there requests, and are all of them answered?
    pub fn all_done(&self) -> bool {
        let under_way = self
            .under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        under_way
            .as_ref()
            .is_some_and(|requests| Arc::strong_count(requests) == 1)
    }

    /// The same body in pieces. One of events is only known to be under way: what is to come isn't there yet.
    pub fn pace(self: &Arc<Self>, body: Body, events: bool, under_way: UnderWay) -> Body {
        let progress = Arc::new(Progress(AtomicU64::new(self.now())));
        if !events {
            let mut open = self.lock();
            if open.len() >= FORGET_AT {
                open.retain(|answer| answer.strong_count() > 0);
            }
            open.push(Arc::downgrade(&progress));
        }
        Body::new(Paced {
            _under_way: under_way,
            body,
            rest: Bytes::new(),
            paces: Arc::clone(self),
            progress,
        })
    }

    /// Is there an answer of which nothing was taken for so long?
    pub fn stalled(&self, patience: Duration) -> bool {
        let patience = u64::try_from(patience.as_millis()).unwrap_or(u64::MAX);
        let now = self.now();
        let mut open = self.lock();
        open.retain(|answer| answer.strong_count() > 0);
        open.iter()
            .filter_map(Weak::upgrade)
            .any(|progress| now.saturating_sub(progress.0.load(Ordering::Relaxed)) > patience)
    }

    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Weak<Progress>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request until it is answered to its end.
#[derive(Debug)]
pub struct UnderWay {
    _counted: Arc<()>,
}

struct Paced {
    _under_way: UnderWay,
    body: Body,
    rest: Bytes,
    paces: Arc<Paces>,
    progress: Arc<Progress>,
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.progress.0.store(self.paces.now(), Ordering::Relaxed);
        if self.rest.is_empty() {
            let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
            match frame.map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(data))) => self.rest = data,
                Some(Ok(Err(other))) => return Poll::Ready(Some(Ok(other))),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
        let piece = self.rest.len().min(PIECE);
        let piece = self.rest.split_to(piece);
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (mut hint, rest) = (self.body.size_hint(), self.rest.len() as u64);
        if let Some(upper) = hint.upper() {
            hint.set_upper(upper.saturating_add(rest));
        }
        hint.set_lower(hint.lower().saturating_add(rest));
        hint
    }
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt;

    use super::*;

    #[tokio::test]
    async fn a_body_comes_whole_in_pieces_and_is_seen_while_nobody_takes_it() {
        let paces = Arc::new(Paces::new());
        assert!(!paces.all_done(), "nothing has begun");
        let body = paces.pace(Body::from(vec![7_u8; 100_000]), false, paces.enter());
        let events_body = paces.pace(Body::empty(), true, paces.enter());
        assert_eq!(body.size_hint().exact(), Some(100_000));
        let mut pieces = body.into_data_stream();
        let first = pieces.next().await.expect("a piece").expect("bytes");
        assert_eq!(first.len(), PIECE);
        assert!(!paces.stalled(Duration::from_secs(60)));
        tokio::time::sleep(Duration::from_millis(30)).await;
        assert!(paces.stalled(Duration::from_millis(5)));
        let mut all = first.len();
        while let Some(piece) = pieces.next().await {
            all += piece.expect("bytes").len();
        }
        assert_eq!(all, 100_000);
        drop(pieces);
        assert!(!paces.all_done(), "events may come");
        drop(events_body);
        assert!(paces.all_done());
        tokio::time::sleep(Duration::from_millis(30)).await;
        assert!(!paces.stalled(Duration::from_millis(5)), "it is over");
    }
}
