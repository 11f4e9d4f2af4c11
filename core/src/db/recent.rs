//! A number that every request asks for: read again when it may have changed, not each time.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::flight::Flight;

/// A number as it was read a moment ago.
#[derive(Debug, Default)]
pub struct Recent(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// Rises whenever the number may have changed.
    changes: u64,
    read: Option<(i64, Instant)>,
    /// The latest read, and when it began under which ticket.
    reading: Option<(Ticket, Instant, Flight<i64>)>,
}

/// The right to keep a number, as long as nothing changes before it has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(u64);

impl Recent {
    /// The number, when it was read less than `age` before `now`.
    ///
    /// # Errors
    /// Otherwise with the right to keep what is read after this call.
    pub fn get(&self, now: Instant, age: Duration) -> Result<i64, Ticket> {
        let state = self.lock();
        match state.read {
            Some((value, at)) if now.saturating_duration_since(at) < age => Ok(value),
            _ => Err(Ticket(state.changes)),
        }
    }

    /// The read under way, when it began less than `age` before `now` and after whatever the ticket knows of; otherwise a
    /// new one. Says when it began. Very many ask at the same moment, whenever an event comes to very many subscribers.
    pub fn reading(
        &self,
        ticket: Ticket,
        now: Instant,
        age: Duration,
        begin: impl FnOnce() -> Flight<i64>,
    ) -> (Instant, Flight<i64>) {
        let mut state = self.lock();
        if let Some((under, begun, flight)) = &state.reading
            && *under >= ticket
            && now.saturating_duration_since(*begun) < age
            && !flight.failed()
        {
            return (*begun, flight.clone());
        }
        let flight = begin();
        state.reading = Some((ticket, now, flight.clone()));
        (now, flight)
    }

    /// Keeps a number that was read at `now` or later, unless it may have changed since the ticket was given or was read
    /// again meanwhile.
    pub fn keep(&self, ticket: Ticket, value: i64, now: Instant) {
        let mut state = self.lock();
        let newer = state.read.is_none_or(|(_, read)| read <= now);
        if Ticket(state.changes) == ticket && newer {
            state.read = Some((value, now));
        }
    }

    /// The number may have risen: what is done next must see that.
    pub fn forget(&self) {
        let mut state = self.lock();
        state.changes += 1;
        state.read = None;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AGE: Duration = Duration::from_millis(250);

    fn ticket(recent: &Recent, now: Instant) -> Ticket {
        recent.get(now, AGE).expect_err("nothing is known")
    }

    #[test]
    fn a_number_is_taken_for_the_present_one_for_a_moment_only() {
        let (recent, now) = (Recent::default(), Instant::now());
        recent.keep(ticket(&recent, now), 7, now);
        assert_eq!(recent.get(now + AGE / 2, AGE), Ok(7));
        assert!(recent.get(now + AGE, AGE).is_err());
    }

    #[tokio::test]
    async fn whoever_asks_at_the_same_moment_waits_for_the_same_read() {
        let (recent, now) = (Recent::default(), Instant::now());
        let before = ticket(&recent, now);
        let read = async |ticket, at, value| {
            let begin = move || Flight::begin(async move { Ok(value) });
            let (begun, flight) = recent.reading(ticket, at, AGE, begin);
            (begun, flight.result().await.expect("a number"))
        };
        assert_eq!(read(before, now, 1).await, (now, 1));
        assert_eq!(read(before, now + AGE / 2, 2).await, (now, 1));
        assert_eq!(read(before, now + AGE, 3).await, (now + AGE, 3));
        recent.forget();
        let after = ticket(&recent, now + AGE);
        assert_eq!(read(after, now + AGE, 4).await, (now + AGE, 4));
        assert_eq!(
            read(before, now + AGE, 5).await,
            (now + AGE, 4),
            "newer is as good"
        );
    }

    #[test]
    fn what_was_read_earlier_does_not_replace_what_was_read_later() {
        let (recent, now) = (Recent::default(), Instant::now());
        let given = ticket(&recent, now);
        recent.keep(given, 8, now + AGE);
        recent.keep(given, 7, now);
        assert_eq!(recent.get(now + AGE, AGE), Ok(8));
    }

    #[test]
    fn what_this_process_commits_counts_at_once() {
        let (recent, now) = (Recent::default(), Instant::now());
        recent.keep(ticket(&recent, now), 7, now);
        recent.forget();
        assert!(recent.get(now, AGE).is_err());
    }

    #[test]
    fn what_was_read_before_a_commit_is_not_kept_after_it() {
        let (recent, now) = (Recent::default(), Instant::now());
        let before = ticket(&recent, now);
        recent.forget();
        recent.keep(before, 7, now);
        assert!(recent.get(now, AGE).is_err());
        recent.keep(ticket(&recent, now), 8, now);
        assert_eq!(recent.get(now, AGE), Ok(8));
    }
}
