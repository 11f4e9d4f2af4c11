//! How something that holds from a day on takes the place of what held before: shifts, capacities, skills.
//!
//! History isn't rewritten: what began earlier ends, and the new begins. Only what begins on the very same day is
//! rewritten, for nothing has happened under it yet. What is planned for later stays: the new one ends where it begins.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::organisation::rules::{Span, holds_on};

/// What a new row does to the others of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// This one ends on the first day of the new one.
    pub ends: Option<Uuid>,
    /// This one begins on the same day: it takes the new values instead of a new row.
    pub rewrites: Option<Uuid>,
    /// The first day on which the new one no longer holds.
    pub to: Option<NaiveDate>,
}

/// The new row would run into one that is planned to begin on this day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned(pub NaiveDate);

/// How a row of this span takes its place among the `others`, which never overlap one another.
///
/// # Errors
/// When it is to hold expressly beyond the day on which another one begins.
pub fn take_place(span: Span, others: &[(Uuid, Span)]) -> Result<Plan, Planned> {
    let next = others
        .iter()
        .map(|(_, other)| other.from)
        .filter(|from| *from > span.from)
        .min();
    let to = match (span.to, next) {
        (Some(to), Some(next)) if to > next => return Err(Planned(next)),
        (Some(to), _) => Some(to),
        (None, next) => next,
    };
    let now = others
        .iter()
        .find(|(_, other)| holds_on(other.from, other.to, span.from));
    let same_day = now.is_some_and(|(_, other)| other.from == span.from);
    let id = now.map(|(id, _)| *id);
    Ok(Plan {
        ends: id.filter(|_| !same_day),
        rewrites: id.filter(|_| same_day),
        to,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(n: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day") + chrono::TimeDelta::days(n)
    }

    fn span(from: i64, to: Option<i64>) -> Span {
        Span {
            from: day(from),
            to: to.map(day),
        }
    }

    fn id(n: usize) -> Uuid {
        Uuid::from_u128(n as u128)
    }

    #[test]
    fn the_new_one_takes_its_place() {
        let earlier = (id(1), span(-100, Some(10)));
        let planned = (id(2), span(10, None));
        let plan = |ends, rewrites, to: Option<i64>| {
            Ok(Plan {
                ends,
                rewrites,
                to: to.map(day),
            })
        };
        for (what, new, others, expected) in [
            (
                "the first of all",
                span(0, None),
                vec![],
                plan(None, None, None),
            ),
            (
                "after an open one",
                span(20, None),
                vec![earlier, planned],
                plan(Some(id(2)), None, None),
            ),
            (
                "before a planned one",
                span(0, None),
                vec![earlier, planned],
                plan(Some(id(1)), None, Some(10)),
            ),
            (
                "for a while",
                span(0, Some(5)),
                vec![earlier, planned],
                plan(Some(id(1)), None, Some(5)),
            ),
            (
                "into a planned one",
                span(0, Some(11)),
                vec![earlier, planned],
                Err(Planned(day(10))),
            ),
            (
                "on the same day",
                span(10, None),
                vec![earlier, planned],
                plan(None, Some(id(2)), None),
            ),
            (
                "in a gap",
                span(0, None),
                vec![(id(3), span(-9, Some(-5)))],
                plan(None, None, None),
            ),
        ] {
            assert_eq!(take_place(new, &others), expected, "{what}");
        }
    }

    proptest! {
        /// However often something new is set, on no day do two hold, and on its days the new one does.
        #[test]
        fn at_most_one_holds(orders in proptest::collection::vec((0_i64..40, proptest::option::of(1_i64..20)), 1..20)) {
            let mut rows: Vec<(Uuid, Span)> = Vec::new();
            for (n, (from, days)) in orders.into_iter().enumerate() {
                let new = span(from, days.map(|days| from + days));
                let Ok(plan) = take_place(new, &rows) else { continue };
                for (row, held) in &mut rows {
                    if plan.ends == Some(*row) {
                        held.to = Some(new.from);
                    }
                    if plan.rewrites == Some(*row) {
                        held.to = plan.to;
                    }
                }
                if plan.rewrites.is_none() {
                    rows.push((id(n), Span { from: new.from, to: plan.to }));
                }
                let new_id = plan.rewrites.unwrap_or(id(n));
                for n in -1..80 {
                    let holding: Vec<Uuid> = rows.iter()
                        .filter(|(_, held)| holds_on(held.from, held.to, day(n)))
                        .map(|(row, _)| *row)
                        .collect();
                    prop_assert!(holding.len() <= 1, "{holding:?} on {}", day(n));
                    if holds_on(new.from, plan.to, day(n)) {
                        prop_assert_eq!(holding, vec![new_id]);
                    }
                }
            }
        }
    }
}
