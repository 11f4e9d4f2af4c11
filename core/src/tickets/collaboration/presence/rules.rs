//! Who counts as present, and what of it is news.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::PresenceKind;
use uuid::Uuid;

/// How long a heartbeat counts.
pub const LIFETIME: TimeDelta = TimeDelta::seconds(60);

/// When somebody who was heard of then counts as gone.
#[must_use]
pub fn gone_at(seen: DateTime<Utc>) -> DateTime<Utc> {
    seen + LIFETIME
}

/// What somebody does on a ticket, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doing {
    /// Views or edits.
    pub what: PresenceKind,
    /// From when.
    pub since: DateTime<Utc>,
    /// When they were last heard of.
    pub seen: DateTime<Utc>,
}

/// What a heartbeat makes of what was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing was known and nothing is said.
    Nothing,
    /// The same goes on: nobody needs to be told.
    Still(Doing),
    /// Somebody came, or does something else now.
    Now(Doing),
    /// Somebody went.
    Gone,
}

/// The step from what was known to what is said at a time.
#[must_use]
pub fn step(known: Option<Doing>, said: Option<PresenceKind>, at: DateTime<Utc>) -> Step {
    let known = known.filter(|known| gone_at(known.seen) > at);
    match (known, said) {
        (None, None) => Step::Nothing,
        (Some(_), None) => Step::Gone,
        (Some(known), Some(what)) if known.what == what => Step::Still(Doing { seen: at, ..known }),
        (_, Some(what)) => Step::Now(Doing {
            what,
            since: at,
            seen: at,
        }),
    }
}

/// What followers are told of: who does what since when. That somebody was heard of again is no news.
#[must_use]
pub fn news(
    present: impl Iterator<Item = (Uuid, Doing)>,
) -> Vec<(Uuid, PresenceKind, DateTime<Utc>)> {
    present
        .map(|(user, doing)| (user, doing.what, doing.since))
        .collect()
}

#[cfg(test)]
mod tests {
    use PresenceKind::{Editing, Viewing};

    use super::*;

    fn second(n: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_416_800 + n, 0).expect("a valid time")
    }

    fn doing(what: PresenceKind, since: i64, seen: i64) -> Doing {
        Doing {
            what,
            since: second(since),
            seen: second(seen),
        }
    }

    #[test]
    fn each_heartbeat_by_what_was_known() {
        for (known, said, at, expected) in [
            (None, None, 0, Step::Nothing),
            (None, Some(Viewing), 0, Step::Now(doing(Viewing, 0, 0))),
            (
                Some(doing(Viewing, 0, 0)),
                Some(Viewing),
                30,
                Step::Still(doing(Viewing, 0, 30)),
            ),
            (
                Some(doing(Viewing, 0, 30)),
                Some(Editing),
                40,
                Step::Now(doing(Editing, 40, 40)),
            ),
            (Some(doing(Editing, 40, 40)), None, 50, Step::Gone),
            // A minute without a word: gone, so the next word is a coming.
            (
                Some(doing(Viewing, 0, 30)),
                Some(Viewing),
                90,
                Step::Now(doing(Viewing, 90, 90)),
            ),
            (
                Some(doing(Viewing, 0, 30)),
                Some(Viewing),
                89,
                Step::Still(doing(Viewing, 0, 89)),
            ),
            (Some(doing(Viewing, 0, 30)), None, 90, Step::Nothing),
        ] {
            assert_eq!(
                step(known, said, second(at)),
                expected,
                "{known:?} {said:?} at {at}"
            );
        }
    }

    #[test]
    fn being_heard_of_again_is_no_news() {
        let user = Uuid::from_u128(1);
        let told = |doing| news([(user, doing)].into_iter());
        assert_eq!(told(doing(Viewing, 0, 0)), told(doing(Viewing, 0, 55)));
        assert_ne!(told(doing(Viewing, 0, 0)), told(doing(Editing, 0, 0)));
        assert_ne!(told(doing(Viewing, 0, 0)), told(doing(Viewing, 60, 60)));
    }
}
