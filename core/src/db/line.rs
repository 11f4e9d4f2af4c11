//! Things that wait in line to be done, and are done several at a time.
//!
//! Whoever comes while nobody is served is served at once and alone; those who come meanwhile are the next few.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

/// A line of `T`s, each of which becomes an `R`.
#[derive(Debug)]
pub struct Line<T, R> {
    waiting: Arc<Mutex<Waiting<T, R>>>,
    desks: usize,
    next: Next,
}

/// How many of so many that wait are the next few.
pub type Next = fn(usize) -> usize;

#[derive(Debug)]
struct Waiting<T, R> {
    line: VecDeque<(T, oneshot::Sender<R>)>,
    /// How many desks serve.
    open: usize,
}

impl<T, R> Line<T, R>
where
    T: Send + 'static,
    R: Send + 'static,
{
    /// A line that is served at so many desks at once.
    pub fn new(desks: usize, next: Next) -> Self {
        let waiting = Waiting {
            line: VecDeque::new(),
            open: 0,
        };
        Self {
            waiting: Arc::new(Mutex::new(waiting)),
            desks,
            next,
        }
    }

    /// Has it done by `together`, with others that wait: it answers to all in their order. Whoever goes away before its turn is left out;
    /// later it is done, and nobody told. None if that broke off.
    pub async fn done<F>(
        &self,
        thing: T,
        together: impl Fn(Vec<T>) -> F + Send + 'static,
    ) -> Option<R>
    where
        F: Future<Output = Vec<R>> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let opens = {
            let mut waiting = lock(&self.waiting);
            waiting.line.push_back((thing, tell));
            let opens = waiting.open < self.desks;
            waiting.open += usize::from(opens);
            opens
        };
        if opens {
            let waiting = Arc::clone(&self.waiting);
            let desk = Desk {
                waiting,
                open: true,
            };
            tokio::spawn(desk.serve(self.next, together));
        }
        told.await.ok()
    }
}

/// Where it is served. However it closes, nobody is left waiting when it was the last one.
struct Desk<T, R> {
    waiting: Arc<Mutex<Waiting<T, R>>>,
    open: bool,
}

impl<T, R> Desk<T, R> {
    async fn serve<F>(mut self, next: Next, together: impl Fn(Vec<T>) -> F)
    where
        F: Future<Output = Vec<R>>,
    {
        while let Some((things, waiting)) = self.next(next) {
            for (tell, result) in waiting.into_iter().zip(together(things).await) {
                // Whoever isn't there any more needn't know.
                let _ = tell.send(result);
            }
        }
    }

    /// The next few; none when it has closed.
    fn next(&mut self, next: Next) -> Option<(Vec<T>, Vec<oneshot::Sender<R>>)> {
        let mut waiting = lock(&self.waiting);
        waiting.line.retain(|(_, tell)| !tell.is_closed());
        if waiting.line.is_empty() {
            // Under the same lock: whoever comes next finds it closed, and opens one.
            waiting.open -= 1;
            self.open = false;
            return None;
        }
        let all = waiting.line.len();
        let next = next(all).clamp(1, all);
        Some(waiting.line.drain(..next).unzip())
    }
}

impl<T, R> Drop for Desk<T, R> {
    fn drop(&mut self) {
        if !self.open {
            return;
        }
        let mut waiting = lock(&self.waiting);
        waiting.open -= 1;
        if waiting.open == 0 {
            waiting.line.clear();
        }
    }
}

fn lock<T, R>(waiting: &Mutex<Waiting<T, R>>) -> MutexGuard<'_, Waiting<T, R>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use tokio::sync::{Notify, Semaphore};
    use tokio::task::yield_now;

    use super::*;

    /// A line, and what was done at its desk, which opens for one service a permit.
    struct Shop {
        line: Line<u8, u8>,
        services: Arc<Mutex<Vec<Vec<u8>>>>,
        permits: Arc<Semaphore>,
        began: Arc<Notify>,
    }

    impl Shop {
        fn open() -> Arc<Self> {
            Arc::new(Self {
                line: Line::new(1, |waiting| waiting.min(3)),
                services: Arc::default(),
                permits: Arc::new(Semaphore::new(0)),
                began: Arc::default(),
            })
        }

        fn come(self: &Arc<Self>, number: u8) -> tokio::task::JoinHandle<Option<u8>> {
            let shop = Arc::clone(self);
            tokio::spawn(async move {
                let (services, permits) = (shop.services.clone(), shop.permits.clone());
                let began = shop.began.clone();
                let together = move |numbers: Vec<u8>| {
                    let (services, permits) = (services.clone(), permits.clone());
                    began.notify_one();
                    async move {
                        permits.acquire().await.expect("open").forget();
                        assert!(!numbers.contains(&13), "broken, as this test wants it");
                        services.lock().expect("whole").push(numbers.clone());
                        numbers.into_iter().map(|number| number * 2).collect()
                    }
                };
                shop.line.done(number, together).await
            })
        }

        /// They come one after the other, while the first one is served.
        async fn fill(
            self: &Arc<Self>,
            numbers: impl IntoIterator<Item = u8>,
        ) -> Vec<tokio::task::JoinHandle<Option<u8>>> {
            let mut came = Vec::new();
            for number in numbers {
                came.push(self.come(number));
                if came.len() == 1 {
                    self.began.notified().await;
                }
                yield_now().await;
            }
            came
        }
    }

    #[tokio::test]
    async fn who_comes_while_others_are_served_is_served_with_the_next_few() {
        let shop = Shop::open();
        let came = shop.fill(1..=6).await;
        shop.permits.add_permits(3);
        for (number, came) in (1..).zip(came) {
            assert_eq!(came.await.expect("it ends"), Some(number * 2));
        }
        let services = shop.services.lock().expect("whole").clone();
        assert_eq!(services, [vec![1], vec![2, 3, 4], vec![5, 6]]);
        // Closed, it opens again.
        shop.permits.add_permits(1);
        assert_eq!(shop.come(7).await.expect("it ends"), Some(14));
    }

    #[tokio::test]
    async fn who_goes_away_before_its_turn_is_left_out() {
        let shop = Shop::open();
        let mut came = shop.fill(1..=4).await;
        for gone in [0, 2] {
            came[gone].abort();
            assert!((&mut came[gone]).await.is_err());
        }
        shop.permits.add_permits(2);
        for (at, answer) in [(1, 4), (3, 8)] {
            assert_eq!((&mut came[at]).await.expect("it ends"), Some(answer));
        }
        let services = shop.services.lock().expect("whole").clone();
        assert_eq!(services, [vec![1], vec![2, 4]], "the first had its turn");
    }

    #[tokio::test]
    async fn a_service_that_breaks_off_leaves_nobody_waiting() {
        let shop = Shop::open();
        let came = shop.fill([13, 2, 3]).await;
        shop.permits.add_permits(1);
        for came in came {
            assert_eq!(came.await.expect("it ends"), None);
        }
        shop.permits.add_permits(1);
        assert_eq!(shop.come(5).await.expect("it ends"), Some(10));
    }
}
