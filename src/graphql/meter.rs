//! How large an answer becomes, counted while it is made: one that is too large isn't made to its end.

use std::sync::atomic::{AtomicU64, Ordering};

use async_graphql::Value;

use super::cost::{Measured, key_bytes, measure, shallow_bytes};
use crate::config::{Limit, Limits};

/// What one answer has so far, and what it may have.
#[derive(Debug)]
pub struct Meter {
    objects: AtomicU64,
    bytes: AtomicU64,
    most: Measured,
}

impl Meter {
    /// A meter at nothing.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self {
            objects: AtomicU64::new(1),
            bytes: AtomicU64::new(0),
            most: Measured {
                objects: limits.answer_objects,
                bytes: limits.answer_bytes,
            },
        }
    }

    /// Counts a value that has become ready; what is in it was counted before. `leaf` says that nothing is selected in it.
    pub fn count(&self, key: Option<&str>, value: &Value, leaf: bool) {
        let mut bytes = key.map_or(0, key_bytes);
        match value {
            // A scalar that is a whole piece of JSON.
            Value::Object(_) | Value::List(_) if leaf => bytes += measure(value).bytes,
            Value::Object(_) => {
                self.objects.fetch_add(1, Ordering::Relaxed);
                bytes += shallow_bytes(value);
            }
            // What is JSON already was counted as it was written.
            Value::Binary(_) => {}
            _ => bytes += shallow_bytes(value),
        }
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Counts what was written as JSON.
    pub fn add(&self, written: Measured) {
        self.objects.fetch_add(written.objects, Ordering::Relaxed);
        self.bytes.fetch_add(written.bytes, Ordering::Relaxed);
    }

    /// Counts an error, as if it were a short one.
    pub fn count_error(&self) {
        self.bytes.fetch_add(200, Ordering::Relaxed);
    }

    /// What there is so far.
    #[must_use]
    pub fn so_far(&self) -> Measured {
        Measured {
            objects: self.objects.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
        }
    }

    /// Is it more than it may be?
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.excess(self.so_far()).is_some()
    }

    /// The limit that something so large breaks, with its size and the most that is allowed.
    #[must_use]
    pub fn excess(&self, measured: Measured) -> Option<(Limit, u64, u64)> {
        let Measured { objects, bytes } = self.most;
        if measured.objects > objects {
            Some((Limit::AnswerObjects, measured.objects, objects))
        } else if measured.bytes > bytes {
            Some((Limit::AnswerBytes, measured.bytes, bytes))
        } else {
            None
        }
    }

    /// The bytes that an answer may have as JSON.
    #[must_use]
    pub const fn most_bytes(&self) -> u64 {
        self.most.bytes
    }

    /// Begins anew, for the next event of a subscription.
    pub fn reset(&self) {
        self.objects.store(1, Ordering::Relaxed);
        self.bytes.store(0, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::value;

    use super::*;

    fn meter() -> Meter {
        Meter::new(&Limits {
            answer_objects: 3,
            answer_bytes: 60,
            ..Limits::default()
        })
    }

    #[test]
    fn objects_and_texts_are_counted_as_they_come() {
        let meter = meter();
        meter.count(Some("name"), &value!("0123456789"), true);
        assert_eq!(
            meter.so_far(),
            Measured {
                objects: 1,
                bytes: 20
            }
        );
        meter.count(None, &value!({ "name": "0123456789" }), false);
        assert_eq!(meter.so_far().objects, 2);
        meter.count(Some("json"), &value!({ "a": { "b": ["c"] } }), true);
        assert_eq!(meter.so_far().objects, 2, "one scalar");
        assert!(!meter.is_over());
        meter.count(Some("more"), &value!("0123456789"), true);
        assert!(meter.is_over(), "{:?}", meter.so_far());
        meter.reset();
        assert!(!meter.is_over());
    }

    #[test]
    fn the_limit_is_named() {
        let size = |objects, bytes| meter().excess(Measured { objects, bytes });
        assert_eq!(size(3, 60), None);
        assert_eq!(size(4, 1), Some((Limit::AnswerObjects, 4, 3)));
        assert_eq!(size(1, 61), Some((Limit::AnswerBytes, 61, 60)));
    }
}
