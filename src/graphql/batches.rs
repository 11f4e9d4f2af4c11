//! When a batch is read: after every resolver that can run has asked for its keys.
//!
//! A data loader hands its batches to a task of their own, which on several threads starts while siblings are still
//! asking - and a list then takes more statements the busier the machine is. Here the batches of a request wait until
//! its execution can't go on without them, and are read in the same task, round by round: those that are asked for while
//! a round is read wait for its end. So the number of statements depends on the query alone and not on whose rows come
//! first, and batches end with the request that wanted them.
//!
//! An execution that returns for a breath (every long list does) and has woken itself isn't waiting for a batch.

use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

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
        let breath = Arc::new(Breath::default());
        let waker = Waker::from(Arc::clone(&breath));
        poll_fn(|context| {
            breath.tell(context.waker());
            loop {
                breath.woken.store(false, Ordering::SeqCst);
                let polled = execution.as_mut().poll(&mut Context::from_waker(&waker));
                if let Poll::Ready(output) = polled {
                    return Poll::Ready(output);
                }
                let catching_breath = breath.woken.load(Ordering::SeqCst);
                if !catching_breath && reading.is_empty() {
                    reading.extend(std::mem::take(&mut *self.lock()));
                }
                let mut read = false;
                while let Poll::Ready(Some(())) = reading.poll_next_unpin(context) {
                    read = true;
                }
                let waits = !reading.is_empty() || self.lock().is_empty();
                if catching_breath || (!read && waits) {
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

/// Wakes the request's task, and remembers that it did.
#[derive(Default)]
struct Breath {
    woken: AtomicBool,
    task: Mutex<Option<Waker>>,
}

impl Breath {
    fn tell(&self, waker: &Waker) {
        let mut task = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        if !task.as_ref().is_some_and(|known| known.will_wake(waker)) {
            *task = Some(waker.clone());
        }
    }
}

impl Wake for Breath {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.woken.store(true, Ordering::SeqCst);
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(task) = task.as_ref() {
            task.wake_by_ref();
        }
    }
}
