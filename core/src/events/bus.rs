//! The bus: hands every event of the dispatcher to every subscriber of this process.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::broadcast;
use uuid::Uuid;

use super::Event;

/// Events that a slow subscriber may be behind before it loses the oldest.
const CAPACITY: usize = 4_096;
/// Ids remembered to drop repeats; more than are ever read again after a lost connection in ordinary traffic.
const REMEMBERED: usize = 4 * CAPACITY;

/// Hands events to subscribers. Cheap to clone; all clones are the same bus.
///
/// The dispatcher delivers at least once, the bus at most once: it drops an event whose id it has lately seen.
/// A subscriber that falls behind is told so by [`RecvError::Lagged`](broadcast::error::RecvError::Lagged) and must
/// read the present state again; nothing is lost in silence.
#[derive(Clone, Debug)]
pub struct Bus {
    sender: broadcast::Sender<Arc<Event>>,
    /// Those of rights once more, by themselves.
    rights: broadcast::Sender<Arc<Event>>,
    seen: Arc<Mutex<Seen>>,
}

impl Bus {
    /// A bus without subscribers.
    #[must_use]
    pub fn new() -> Self {
        Self::with_capacity(CAPACITY, REMEMBERED)
    }

    fn with_capacity(capacity: usize, remembered: usize) -> Self {
        Self {
            sender: broadcast::Sender::new(capacity),
            rights: broadcast::Sender::new(capacity),
            seen: Arc::new(Mutex::new(Seen {
                limit: remembered,
                ids: HashSet::new(),
                order: VecDeque::new(),
            })),
        }
    }

    /// Every event published from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Event>> {
        self.sender.subscribe()
    }

    /// Every event published from now on that [changes rights](Event::changes_rights). Each open socket waits for these, and
    /// would be woken in vain by all others.
    #[must_use]
    pub fn subscribe_to_rights(&self) -> broadcast::Receiver<Arc<Event>> {
        self.rights.subscribe()
    }

    /// Hands an event to all subscribers, unless it was published before. Says whether it was new.
    pub fn publish(&self, event: Event) -> bool {
        // The lock is held while sending, so that subscribers get events in the order in which they came.
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.insert(event.id) {
            return false;
        }
        let event = Arc::new(event);
        // An error only says that there are no subscribers at the moment.
        if event.changes_rights() {
            drop(self.rights.send(Arc::clone(&event)));
        }
        drop(self.sender.send(event));
        true
    }

    /// How many subscribers to all events there are.
    #[must_use]
    pub fn subscribers(&self) -> usize {
        self.sender.receiver_count()
    }
}

impl Default for Bus {
    fn default() -> Self {
        Self::new()
    }
}

/// The latest ids.
#[derive(Debug)]
struct Seen {
    limit: usize,
    ids: HashSet<Uuid>,
    order: VecDeque<Uuid>,
}

impl Seen {
    /// Remembers an id and forgets the oldest; false when it is already remembered.
    fn insert(&mut self, id: Uuid) -> bool {
        if !self.ids.insert(id) {
            return false;
        }
        self.order.push_back(id);
        if self.order.len() > self.limit
            && let Some(oldest) = self.order.pop_front()
        {
            self.ids.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::json;
    use tokio::sync::broadcast::error::TryRecvError;

    use super::*;

    fn event() -> Event {
        let at = DateTime::from_timestamp(1_760_000_000, 0).expect("a valid time");
        Event::new(at, Event::TICKET_CHANGED, Uuid::nil(), json!({}))
    }

    #[test]
    fn every_subscriber_gets_each_event_once_and_in_order() {
        let bus = Bus::new();
        let (mut one, mut two) = (bus.subscribe(), bus.clone().subscribe());
        let events = [event(), event()];
        for event in &events {
            assert!(bus.publish(event.clone()));
        }
        assert!(!bus.publish(events[0].clone()), "a repeat is dropped");
        for receiver in [&mut one, &mut two] {
            for event in &events {
                assert_eq!(receiver.try_recv().as_deref(), Ok(event));
            }
            assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
        }
    }

    #[test]
    fn whoever_waits_for_rights_hears_of_nothing_else() {
        let bus = Bus::new();
        let (mut all, mut rights) = (bus.subscribe(), bus.subscribe_to_rights());
        let given = Event {
            kind: Event::ACCESS_CHANGED.to_owned(),
            ..event()
        };
        assert!(bus.publish(event()) && bus.publish(given.clone()));
        assert!(!bus.publish(given.clone()), "a repeat is dropped");
        assert_eq!(rights.try_recv().as_deref(), Ok(&given));
        assert_eq!(rights.try_recv(), Err(TryRecvError::Empty));
        assert!(all.try_recv().is_ok());
        assert_eq!(all.try_recv().as_deref(), Ok(&given));
    }

    #[test]
    fn whoever_falls_behind_is_told() {
        let bus = Bus::with_capacity(2, 8);
        let mut slow = bus.subscribe();
        for _ in 0..3 {
            bus.publish(event());
        }
        assert_eq!(slow.try_recv(), Err(TryRecvError::Lagged(1)));
        assert!(slow.try_recv().is_ok());
    }

    #[test]
    fn memory_of_ids_is_bounded() {
        let bus = Bus::with_capacity(2, 2);
        let first = event();
        bus.publish(first.clone());
        bus.publish(event());
        bus.publish(event());
        assert!(bus.publish(first), "long forgotten, so it counts as new");
        let seen = bus.seen.lock().expect("not poisoned");
        assert_eq!((seen.ids.len(), seen.order.len()), (2, 2));
    }
}
