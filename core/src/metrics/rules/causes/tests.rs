use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};
use entity::enums::Attribution;
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::metrics::rules::definition::{Aggregate, Missing};
use crate::metrics::rules::expression::Formula;

fn base(aggregate: Aggregate) -> Base {
    Base {
        source: "ticket.rated".to_owned(),
        attribution: Attribution::Owner,
        aggregate,
        measure: (aggregate != Aggregate::Count).then(|| "rating".to_owned()),
        at_least: (aggregate == Aggregate::Rate).then_some(4),
        kinds: Vec::new(),
        channels: Vec::new(),
        missing: Missing::Skip,
    }
}

fn row(record: u8, weight: i32, value: Option<i64>) -> metric_fact::Model {
    metric_fact::Model {
        id: Uuid::nil(),
        source: "ticket.rated".to_owned(),
        attribution: Attribution::Owner,
        record_kind: "ticket".to_owned(),
        record_id: Uuid::from_u128(record.into()),
        part: 0,
        at: DateTime::UNIX_EPOCH,
        day: NaiveDate::MIN,
        weight,
        member_id: None,
        team_id: None,
        department_id: None,
        province: None,
        product_id: None,
        channel: None,
        kind: None,
        detail: None,
        value0: value,
        value1: None,
        value2: None,
        value3: None,
    }
}

fn key(record: u8) -> Key {
    Key {
        record_id: Uuid::from_u128(record.into()),
        source: "ticket.rated".to_owned(),
        attribution: "owner".to_owned(),
        part: 0,
    }
}

fn fact(
    then: Option<metric_fact::Model>,
    now: Option<metric_fact::Model>,
    elsewhere: bool,
) -> Fact {
    Fact {
        then: then.into_iter().collect(),
        now: now.into_iter().collect(),
        elsewhere,
    }
}

#[test]
fn what_happened_to_a_fact() {
    let rated = || Some(row(1, 10_000, Some(3)));
    for (then, now, elsewhere, kind) in [
        (None, rated(), false, Kind::Came),
        (None, rated(), true, Kind::MovedIn),
        (rated(), None, false, Kind::Went),
        (rated(), None, true, Kind::MovedOut),
        (rated(), rated(), true, Kind::Corrected),
        (rated(), rated(), false, Kind::Corrected),
    ] {
        assert_eq!(fact(then, now, elsewhere).kind(), kind);
    }
}

/// Ratings 3 and 4; a 5 came late, the 4 turned out to be a 2, and the 3 went to another team.
#[test]
fn a_mean_step_by_step() {
    let mean = base(Aggregate::Mean);
    let then = Sums {
        weight: 20_000,
        counted: 20_000,
        total: 70_000,
    };
    let facts = BTreeMap::from([
        (key(1), fact(Some(row(1, 10_000, Some(3))), None, true)),
        (
            key(2),
            fact(
                Some(row(2, 10_000, Some(4))),
                Some(row(2, 10_000, Some(2))),
                true,
            ),
        ),
        (key(3), fact(None, Some(row(3, 10_000, Some(5))), false)),
        // Another product: nothing that this figure looks at.
        (
            key(4),
            fact(
                Some(row(4, 10_000, Some(1))),
                Some(row(4, 10_000, Some(1))),
                true,
            ),
        ),
    ]);
    let state = State::from([("satisfaction".to_owned(), then)]);
    let changes = BTreeMap::from([(
        "satisfaction".to_owned(),
        Changes {
            base: &mean,
            measure: Some(0),
            facts,
        },
    )]);
    let steps = steps(&state, &changes);
    let figures: Vec<_> = steps
        .iter()
        .map(|step| step.after["satisfaction"].figure(Aggregate::Mean))
        .collect();
    let kinds: Vec<_> = steps.iter().map(|step| step.kind).collect();
    assert_eq!(kinds, [Kind::Came, Kind::Corrected, Kind::MovedOut]);
    // 3.5; with the 5: 4; with the 2 for the 4: 3.3333; without the 3: 3.5.
    assert_eq!(
        figures,
        [40_000, 33_333, 35_000].map(|figure| Some(Decimal(figure)))
    );
    assert_eq!(
        effects(Some(Decimal(35_000)), &figures),
        [5_000, -6_667, 1_667].map(|effect| Some(Decimal(effect)))
    );
}

#[test]
fn effects_of_what_isnt_known() {
    let known = |figure: i64| Some(Decimal(figure));
    for (then, after, expected) in [
        (known(1), vec![], vec![]),
        (known(1), vec![known(4)], vec![known(3)]),
        (known(1), vec![None, known(4)], vec![None, known(3)]),
        (known(1), vec![known(3), None], vec![None, None]),
        (None, vec![known(3), known(4)], vec![None, None]),
        (
            known(1),
            vec![known(2), None, known(2), known(0)],
            vec![known(1), None, known(0), known(-2)],
        ),
    ] {
        assert_eq!(effects(then, &after), expected);
    }
}

/// A fact as dice throw it: the row then, the row now, seen elsewhere.
type Thrown = (Option<(i32, Option<i64>)>, Option<(i32, Option<i64>)>, bool);

fn thrown() -> impl Strategy<Value = Vec<Thrown>> {
    let row = || proptest::option::of((1..10_000_i32, proptest::option::of(1..6_i64)));
    vec((row(), row(), any::<bool>()), 0..12)
}

fn changed(facts: &[Thrown]) -> BTreeMap<Key, Fact> {
    let row_of = |n: usize, side: Option<(i32, Option<i64>)>| {
        side.map(|(weight, value)| row(n as u8, weight, value))
    };
    facts
        .iter()
        .enumerate()
        // The same on both sides is what no comparison finds.
        .filter(|(_, (then, now, _))| then != now)
        .map(|(n, (then, now, elsewhere))| {
            (
                key(n as u8),
                fact(row_of(n, *then), row_of(n, *now), *elsewhere),
            )
        })
        .collect()
}

fn sums(base: &Base, facts: &[Thrown], now: bool) -> Sums {
    let mut sums = Sums::default();
    for (n, (before, after, _)) in facts.iter().enumerate() {
        if let Some((weight, value)) = if now { after } else { before } {
            sums.add(sums_of(base, Some(0), &row(n as u8, *weight, *value)));
        }
    }
    sums
}

proptest! {
    /// The steps lead from what was to what is, and their effects add up to the difference: of counts, sums, means, rates
    /// and of what is derived from two of them.
    #[test]
    fn causes_add_up(first in thrown(), second in thrown()) {
        let formula = Formula::read("a / b * 100 - b").expect("a formula");
        for (one, other) in [
            (Aggregate::Count, Aggregate::Mean),
            (Aggregate::Sum, Aggregate::Rate),
            (Aggregate::Mean, Aggregate::Count),
        ] {
            let (one, other) = (base(one), base(other));
            let value = |state: &State| {
                let figure = |key: &str, base: &Base| state.get(key).copied().unwrap_or_default().figure(base.aggregate);
                formula.figure(&BTreeMap::from([("a".to_owned(), figure("a", &one)), ("b".to_owned(), figure("b", &other))]))
            };
            let state = |now| State::from([("a".to_owned(), sums(&one, &first, now)), ("b".to_owned(), sums(&other, &second, now))]);
            let changes = BTreeMap::from([
                ("a".to_owned(), Changes { base: &one, measure: Some(0), facts: changed(&first) }),
                ("b".to_owned(), Changes { base: &other, measure: Some(0), facts: changed(&second) }),
            ]);
            let steps = steps(&state(false), &changes);
            prop_assert_eq!(steps.last().map_or_else(|| state(false), |step| step.after.clone()), state(true));
            if state(false) == state(true) && changes.values().all(|changes| changes.facts.is_empty()) {
                prop_assert!(steps.is_empty(), "no difference, no causes");
            }
            let kinds: BTreeSet<Kind> = steps.iter().map(|step| step.kind).collect();
            prop_assert_eq!(kinds.len(), steps.len(), "each kind once");
            prop_assert!(steps.is_sorted_by_key(|step| step.kind));
            prop_assert!(steps.iter().all(|step| !step.facts.is_empty()));
            let figures: Vec<_> = steps.iter().map(|step| value(&step.after)).collect();
            let (then, now) = (value(&state(false)), value(&state(true)));
            let effects = effects(then, &figures);
            match (then, now) {
                (Some(then), Some(now)) => {
                    let sum: i64 = effects.iter().flatten().map(|effect| effect.0).sum();
                    prop_assert_eq!(sum, now.0 - then.0);
                }
                _ => prop_assert!(effects.iter().all(Option::is_none)),
            }
        }
    }
}
