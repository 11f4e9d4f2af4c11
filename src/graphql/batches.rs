//! When a batch is read: after every resolver that can run has asked for its keys.
//!
//! A data loader hands its batches to a task of their own, which on several threads starts while siblings are still
//! asking - and a list then takes more statements the busier the machine is. Here the batches of a request wait until
//! its execution can't go on without them, and are read in the same task; so the number of statements depends on the
//! query alone, and batches end with the request that wanted them.

use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;

use futures_util::StreamExt;
use futures_util::future::{BoxFuture, poll_fn};
use futures_util::stream::FuturesUnordered;

/// The batches of one request that wait to be read.
#[derive(Clone, Default)]
pub struct Batches(Arc<Mutex<Vec<BoxFuture<'static, ()>>>>);

impl Batches {
    /// Takes a batch in.
    pub fn push(&self, batch: BoxFuture<'static, ()>) {
        self.lock().push(batch);
    }

    /// Runs an execution to its end, reading its batches whenever it waits for them.
    pub async fn drive<F: Future>(&self, execution: F) -> F::Output {
        let mut execution = pin!(execution);
        let mut reading = FuturesUnordered::new();
        poll_fn(|context| {
            loop {
                if let Poll::Ready(output) = execution.as_mut().poll(context) {
                    return Poll::Ready(output);
                }
                reading.extend(std::mem::take(&mut *self.lock()));
                let mut read = false;
                while let Poll::Ready(Some(())) = reading.poll_next_unpin(context) {
                    read = true;
                }
                if !read && self.lock().is_empty() {
                    return Poll::Pending;
                }
            }
        })
        .await
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<BoxFuture<'static, ()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
