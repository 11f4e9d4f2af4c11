//! A read that many wait for at the same moment, made once for all of them.

use std::sync::Arc;

use tokio::sync::watch;

use crate::error::{Error, Result};

/// A read under way, or what came of it. All clones wait for the same one.
#[derive(Clone, Debug)]
pub struct Flight<T>(watch::Receiver<Option<Result<T, Arc<Error>>>>);

impl<T: Clone + Send + Sync + 'static> Flight<T> {
    /// Begins a read. It goes on when whoever began it goes away, as others may wait for it.
    pub fn begin(read: impl Future<Output = Result<T>> + Send + 'static) -> Self {
        let (said, heard) = watch::channel(None);
        tokio::spawn(async move {
            let outcome = read.await.map_err(Arc::new);
            said.send_replace(Some(outcome));
        });
        Self(heard)
    }

    /// What was read.
    ///
    /// # Errors
    /// The read's, told to each who waited for it.
    pub async fn result(mut self) -> Result<T> {
        let heard = self.0.wait_for(Option::is_some).await;
        match heard.map(|outcome| outcome.clone()) {
            Ok(Some(outcome)) => outcome.map_err(|error| error.again()),
            Ok(None) | Err(_) => Err(Error::internal("a read that others waited for broke off")),
        }
    }

    /// Comes when the read is over, well or not.
    pub async fn over(mut self) {
        drop(self.0.wait_for(Option::is_some).await);
    }

    /// Is it over?
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.0.borrow().is_some() || self.0.has_changed().is_err()
    }

    /// Is it over without a result?
    #[must_use]
    pub fn failed(&self) -> bool {
        match &*self.0.borrow() {
            Some(outcome) => outcome.is_err(),
            None => self.0.has_changed().is_err(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::oneshot;

    use super::*;
    use crate::error::{ApiError, ErrorCode};

    #[tokio::test]
    async fn one_read_serves_all_who_wait_for_it() {
        let reads = Arc::new(AtomicUsize::new(0));
        let (go, wait) = oneshot::channel::<()>();
        let counted = Arc::clone(&reads);
        let flight = Flight::begin(async move {
            counted.fetch_add(1, Ordering::Relaxed);
            drop(wait.await);
            Ok(7)
        });
        assert!(!flight.is_over());
        let waiting = [flight.clone(), flight.clone()].map(|flight| tokio::spawn(flight.result()));
        drop(go);
        for waiting in waiting {
            assert_eq!(waiting.await.expect("it ends").expect("a number"), 7);
        }
        assert_eq!(flight.clone().result().await.expect("a number"), 7);
        flight.clone().over().await;
        assert!(flight.is_over() && !flight.failed());
        assert_eq!(reads.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn a_failure_is_told_to_all_who_wait_for_it() {
        let flight = Flight::<i64>::begin(async { Err(ApiError::busy().into()) });
        for flight in [flight.clone(), flight.clone()] {
            let failed = flight.result().await;
            assert!(
                matches!(failed, Err(Error::Api(error)) if error.code == ErrorCode::RateLimited)
            );
        }
        assert!(flight.is_over() && flight.failed());
    }

    #[tokio::test]
    async fn one_that_breaks_off_leaves_nobody_waiting() {
        let flight = Flight::<i64>::begin(async { panic!("broken, as this test wants it") });
        let failed = flight.clone().result().await;
        assert!(matches!(failed, Err(Error::Internal(_))));
        flight.clone().over().await;
        assert!(flight.is_over() && flight.failed());
    }
}
