//! Whether events flow, for `/readyz`.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long ago the last good look into the outbox may be.
const LOOK_WITHIN: Duration = Duration::from_secs(15);
/// How long ago the listening connection may last have proved alive.
const HEARD_WITHIN: Duration = Duration::from_secs(30);

/// Tells whether the dispatcher does its work. Cheap to clone; all clones tell of the same dispatcher.
#[derive(Clone, Debug, Default)]
pub struct Health(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    looked: Option<Instant>,
    listens: bool,
    heard: Option<Instant>,
}

impl Health {
    /// What is wrong; none when events flow.
    #[must_use]
    pub fn problem(&self) -> Option<&'static str> {
        let late = |since: Option<Instant>, within| since.is_none_or(|at| at.elapsed() > within);
        self.with(|state| {
            if late(state.looked, LOOK_WITHIN) {
                Some("the outbox hasn't been read lately: events aren't delivered")
            } else if state.listens && late(state.heard, HEARD_WITHIN) {
                Some("the connection that listens for events is lost")
            } else {
                None
            }
        })
    }

    /// The outbox was read.
    pub(super) fn looked(&self) {
        self.with(|state| state.looked = Some(Instant::now()));
    }

    /// This dispatcher also listens for events of others.
    pub(super) fn expect_listener(&self) {
        self.with(|state| state.listens = true);
    }

    /// The listening connection is alive.
    pub(super) fn heard(&self) {
        self.with(|state| state.heard = Some(Instant::now()));
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_flow_once_everything_that_is_needed_was_seen() {
        let health = Health::default();
        assert!(health.problem().is_some());
        health.looked();
        assert_eq!(health.problem(), None);
        health.expect_listener();
        assert!(health.problem().is_some());
        health.heard();
        assert_eq!(health.clone().problem(), None);
    }
}
