//! What counts as work on a ticket, and how much. Everything here is in the ticket's history already; nobody keeps time
//! sheets for it.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::credit::Work;

/// Something that a member did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Wrote to the customer.
    Reply,
    /// Wrote a note for colleagues.
    Note,
    /// Moved the ticket: to a stage or step, into waiting and out of it.
    Move,
}

impl Deed {
    /// What it counts.
    #[must_use]
    pub const fn points(self) -> u32 {
        match self {
            Self::Reply => 3,
            Self::Note | Self::Move => 2,
        }
    }
}

/// Each begun part of this length for which a member was the assignee counts one point ...
pub const HELD: TimeDelta = TimeDelta::hours(8);
/// ... up to so many, so that a ticket that waits for weeks isn't work.
pub const HELD_MOST: u32 = 6;

/// A deed with its moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// Who.
    pub member: Uuid,
    /// What.
    pub deed: Deed,
    /// When.
    pub at: DateTime<Utc>,
}

/// From a moment on the ticket was somebody's to work on, or nobody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// To whom.
    pub to: Option<Uuid>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The work of everybody from one moment to another. `given` is in the order of time and may begin before it.
#[must_use]
pub fn work(
    done: &[Done],
    given: &[Given],
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Vec<Work> {
    let mut points: BTreeMap<Uuid, u32> = BTreeMap::new();
    for one in done.iter().filter(|one| from <= one.at && one.at <= until) {
        *points.entry(one.member).or_default() += one.deed.points();
    }
    let mut held: BTreeMap<Uuid, TimeDelta> = BTreeMap::new();
    for (place, one) in given.iter().enumerate() {
        let Some(member) = one.to else { continue };
        let begin = one.at.max(from);
        let end = given
            .get(place + 1)
            .map_or(until, |next| next.at.min(until));
        if end > begin {
            *held.entry(member).or_default() += end - begin;
        }
    }
    for (member, time) in held {
        let begun = (time.num_seconds() + HELD.num_seconds() - 1) / HELD.num_seconds();
        let begun = u32::try_from(begun).unwrap_or(HELD_MOST).min(HELD_MOST);
        *points.entry(member).or_default() += begun;
    }
    points
        .into_iter()
        .map(|(member, points)| Work { member, points })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_416_800, 0).expect("a valid time") + TimeDelta::hours(hour)
    }

    fn who(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn done(n: u128, deed: Deed, hour: i64) -> Done {
        Done {
            member: who(n),
            deed,
            at: at(hour),
        }
    }

    fn given(n: u128, hour: i64) -> Given {
        Given {
            to: (n > 0).then(|| who(n)),
            at: at(hour),
        }
    }

    /// From hour 0 to hour 48.
    #[test]
    fn work_is_what_the_history_says() {
        use Deed::{Move, Note, Reply};
        type Case<'c> = (&'c str, &'c [Done], &'c [Given], &'c [(u128, u32)]);
        let cases: &[Case] = &[
            ("nothing", &[], &[], &[]),
            ("a reply", &[done(1, Reply, 1)], &[], &[(1, 3)]),
            (
                "a note and a move",
                &[done(1, Note, 1), done(1, Move, 2)],
                &[],
                &[(1, 4)],
            ),
            (
                "before and after don't count",
                &[done(1, Reply, -1), done(1, Reply, 49)],
                &[],
                &[],
            ),
            (
                "at the very end counts",
                &[done(1, Move, 48)],
                &[],
                &[(1, 2)],
            ),
            (
                "held for an hour",
                &[],
                &[given(1, 0), given(0, 1)],
                &[(1, 1)],
            ),
            (
                "held for nine hours",
                &[],
                &[given(1, 0), given(0, 9)],
                &[(1, 2)],
            ),
            (
                "held all the time, at most six",
                &[],
                &[given(1, -500)],
                &[(1, 6)],
            ),
            (
                "handed on",
                &[],
                &[given(1, 0), given(2, 8), given(1, 40)],
                &[(1, 2), (2, 4)],
            ),
            (
                "given and taken at once",
                &[],
                &[given(1, 3), given(2, 3), given(0, 4)],
                &[(2, 1)],
            ),
            (
                "over before it began",
                &[],
                &[given(1, -9), given(0, -1)],
                &[],
            ),
            (
                "both",
                &[done(1, Reply, 5)],
                &[given(1, 4), given(0, 10)],
                &[(1, 4)],
            ),
        ];
        for (case, done, given, expected) in cases {
            let found: Vec<(u128, u32)> = work(done, given, at(0), at(48))
                .iter()
                .map(|work| (work.member.as_u128(), work.points))
                .collect();
            assert_eq!(found, *expected, "{case}");
        }
    }
}
