//! A connection whose client has to read: whoever takes an answer too slowly keeps its memory and its place.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// So much has to be taken in the time that a client has, or all there is.
const ENOUGH: usize = 64 << 10;

/// A stream that gives up writing when its reader is too slow.
pub struct Patient<S> {
    stream: S,
    patience: Duration,
    stall: Option<Stall>,
}

/// Since when there is something to write that isn't taken, and what was taken since.
struct Stall {
    until: Pin<Box<Sleep>>,
    taken: usize,
}

impl<S> Patient<S> {
    /// A stream with so much patience.
    pub fn new(stream: S, patience: Duration) -> Self {
        Self {
            stream,
            patience,
            stall: None,
        }
    }

    /// What becomes of a try to write.
    fn judge(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match (&written, &mut self.stall) {
            (Poll::Ready(Ok(bytes)), Some(stall)) => {
                stall.taken += bytes;
                if stall.taken >= ENOUGH {
                    self.stall = None;
                }
            }
            (Poll::Pending, None) => {
                self.stall = Some(Stall {
                    until: Box::pin(sleep_until(Instant::now() + self.patience)),
                    taken: 0,
                });
            }
            _ => {}
        }
        let late = self
            .stall
            .as_mut()
            .is_some_and(|stall| stall.until.as_mut().poll(context).is_ready());
        if late {
            return Poll::Ready(Err(io::Error::new(
                io::ErrorKind::TimedOut,
                "the client doesn't read its answer",
            )));
        }
        written
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.judge(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.judge(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        // Whoever writes flushes when there is nothing left to write.
        if flushed.is_ready() {
            self.stall = None;
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
    use tokio::time::{sleep, timeout};

    use super::*;

    const PATIENCE: Duration = Duration::from_millis(500);

    #[tokio::test]
    async fn a_client_that_does_not_read_is_given_up() {
        let (ours, _theirs) = duplex(1 << 10);
        let mut stream = Patient::new(ours, PATIENCE);
        let written = timeout(Duration::from_secs(10), stream.write_all(&[0; 1 << 20])).await;
        let error = written.expect("it doesn't hang").expect_err("given up");
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn a_client_that_reads_a_little_now_and_then_is_given_up_too() {
        let (ours, mut theirs) = duplex(1 << 10);
        let mut stream = Patient::new(ours, PATIENCE);
        let dripping = tokio::spawn(async move {
            let mut byte = [0; 16];
            while theirs.read(&mut byte).await.is_ok_and(|read| read > 0) {
                sleep(Duration::from_millis(20)).await;
            }
        });
        let written = timeout(Duration::from_secs(10), stream.write_all(&[0; 1 << 20])).await;
        assert!(written.expect("it doesn't hang").is_err());
        drop(stream);
        dripping.await.expect("it ends");
    }

    #[tokio::test]
    async fn a_client_that_reads_and_one_that_has_nothing_to_read_are_waited_for() {
        let (ours, mut theirs) = duplex(32 << 10);
        let mut stream = Patient::new(ours, PATIENCE);
        let reading = tokio::spawn(async move {
            let (mut all, mut block) = (0, vec![0; 32 << 10]);
            loop {
                match theirs.read(&mut block).await {
                    Ok(0) | Err(_) => return all,
                    Ok(read) => all += read,
                }
                sleep(Duration::from_millis(30)).await;
            }
        });
        for _ in 0..2 {
            stream.write_all(&[0; 1 << 20]).await.expect("it is read");
            stream.flush().await.expect("it is read");
            sleep(PATIENCE * 2).await;
        }
        drop(stream);
        assert_eq!(reading.await.expect("it ends"), 2 << 20);
    }
}
