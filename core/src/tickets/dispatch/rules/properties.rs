//! What holds for whatever candidates there are.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use entity::enums::{Province, TicketPriority};
use proptest::prelude::*;
use uuid::Uuid;

use super::eligible::eligible;
use super::facts::{Away, Candidate, Needs, Open};
use super::queue::{Waiting, in_turn};
use super::rank::{Verdict, best, judge, place_of};
use super::score::Weights;
use super::tests::{ARRAYS, HIGH_VOLTAGE, PRODUCT, TEAM, fault, need, now, somebody};

fn priority() -> impl Strategy<Value = TicketPriority> {
    proptest::sample::select(vec![
        TicketPriority::Low,
        TicketPriority::Normal,
        TicketPriority::High,
        TicketPriority::Urgent,
    ])
}

fn weights() -> impl Strategy<Value = Weights> {
    (0_u32..100, 0_u32..100, 0_u32..100).prop_map(|(load, fit, fairness)| Weights {
        load,
        fit,
        fairness,
    })
}

fn needs() -> impl Strategy<Value = Needs> {
    (priority(), 1_u8..5, any::<bool>(), any::<bool>()).prop_map(
        |(priority, level, voltage, product)| Needs {
            priority,
            skills: if voltage {
                vec![need(ARRAYS, level), need(HIGH_VOLTAGE, 1)]
            } else {
                vec![need(ARRAYS, level)]
            },
            product: product.then_some(PRODUCT),
            ..fault()
        },
    )
}

prop_compose! {
    fn candidate()(
        level in 0_u8..=5,
        voltage in 0_u8..=2,
        lapsed in 0_u8..=5,
        flags in proptest::collection::vec(prop::bool::weighted(0.9), 4),
        capacity in 0_u32..12,
        counts in (0_u32..4, 0_u32..4, 0_u32..3, 0_u32..3),
        figures in (0_u32..15, 0_u32..20),
        hours in proptest::option::of(0_i64..50),
    ) -> Candidate {
        Candidate {
            teams: if flags[0] { BTreeSet::from([TEAM]) } else { BTreeSet::new() },
            provinces: if flags[1] { BTreeSet::from([Province::Beijing]) } else { BTreeSet::new() },
            skills: BTreeMap::from([(ARRAYS, level), (HIGH_VOLTAGE, voltage)]),
            lapsed: BTreeMap::from([(ARRAYS, lapsed)]),
            on_shift: flags[2],
            leave: (!flags[3]).then(|| Away { from: now(), until: now() + TimeDelta::days(1) }),
            capacity,
            open: Open { low: counts.0, normal: counts.1, high: counts.2, urgent: counts.3 },
            resolved_alike: figures.0,
            received: figures.1,
            last_assigned: hours.map(|hours| now() - TimeDelta::hours(hours)),
            ..somebody(0)
        }
    }
}

fn candidates() -> impl Strategy<Value = Vec<Candidate>> {
    proptest::collection::vec(candidate(), 0..12).prop_map(|candidates| {
        (1_u128..)
            .zip(candidates)
            .map(|(n, candidate)| Candidate {
                member: Uuid::from_u128(1_000 + n),
                number: format!("M{n:04}"),
                ..candidate
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn the_order_of_the_candidates_makes_no_difference(needs in needs(), all in candidates().prop_shuffle(), weights in weights()) {
        let mut sorted = all.clone();
        sorted.sort_by(|one, other| one.number.cmp(&other.number));
        prop_assert_eq!(judge(&needs, all, weights), judge(&needs, sorted, weights));
    }

    #[test]
    fn the_excluded_are_never_chosen_and_the_others_are_all_ranked(needs in needs(), all in candidates(), weights in weights()) {
        let able: BTreeSet<Uuid> = all.iter().filter(|one| eligible(&needs, one).is_ok()).map(|one| one.member).collect();
        let count = all.len();
        let ranking = judge(&needs, all, weights);
        prop_assert_eq!(ranking.len(), count);
        prop_assert_eq!(best(&ranking).is_some(), !able.is_empty());
        let mut place = 0;
        for judged in &ranking {
            prop_assert_eq!(judged.rank().is_some(), able.contains(&judged.candidate.member));
            if let Verdict::Ranked { rank, points, total } = judged.verdict {
                place += 1;
                prop_assert_eq!(rank, place);
                prop_assert!([points.load, points.fit, points.fairness, total].iter().all(|value| *value <= 1_000));
            }
        }
    }

    #[test]
    fn more_work_never_raises_anybody(needs in needs(), all in candidates(), weights in weights(), who in any::<prop::sample::Index>(), more in priority()) {
        prop_assume!(!all.is_empty());
        let who = who.index(all.len());
        let member = all[who].member;
        let before = place_of(&judge(&needs, all.clone(), weights), member);
        let mut busier = all;
        *busier[who].open.of(more) += 1;
        let after = place_of(&judge(&needs, busier, weights), member);
        match (before, after) {
            (None, after) => prop_assert_eq!(after, None),
            (Some(_), None) => {}
            (Some(before), Some(after)) => prop_assert!(after >= before, "from {} to {}", before, after),
        }
    }

    #[test]
    fn what_weighs_nothing_has_no_influence(needs in needs(), all in candidates(), weights in weights(), other in (0_u32..20, 0_u32..15)) {
        let order = |all: Vec<Candidate>, weights| -> Vec<Uuid> {
            judge(&needs, all, weights).iter().filter(|one| one.rank().is_some()).map(|one| one.candidate.member).collect()
        };
        // Without fairness it doesn't matter who received how much.
        let unfair = Weights { fairness: 0, ..weights };
        let mut changed = all.clone();
        changed.iter_mut().for_each(|one| one.received = other.0);
        prop_assert_eq!(order(all.clone(), unfair), order(changed, unfair));
        // Without fit it doesn't matter who has done the same before.
        let unfit = Weights { fit: 0, ..weights };
        let mut changed = all.clone();
        changed.iter_mut().for_each(|one| one.resolved_alike = other.1);
        prop_assert_eq!(order(all.clone(), unfit), order(changed, unfit));
        // Without load it doesn't matter how the open tickets weigh.
        let unloaded = Weights { load: 0, ..weights };
        let mut changed = all.clone();
        for one in &mut changed {
            one.open = Open { urgent: one.open.count(), ..Open::default() };
        }
        prop_assert_eq!(order(all.clone(), unloaded), order(changed, unloaded));
        // Without anything only the wait decides.
        let nothing = Weights { load: 0, fit: 0, fairness: 0 };
        let ranking = judge(&needs, all, nothing);
        let waits: Vec<_> = ranking.iter().filter(|one| one.rank().is_some()).map(|one| (one.candidate.last_assigned, one.candidate.number.clone())).collect();
        prop_assert!(waits.is_sorted());
    }

    #[test]
    fn among_equal_priority_the_oldest_is_always_first(tickets in proptest::collection::vec((priority(), 0_i64..500), 0..30)) {
        let queue: Vec<Waiting> = (0_u128..).zip(tickets).map(|(n, (priority, minutes))| Waiting {
            id: Uuid::from_u128(n), priority, opened: now() - TimeDelta::minutes(minutes),
        }).collect();
        let count = queue.len();
        let queue = in_turn(queue);
        prop_assert_eq!(queue.len(), count);
        for pair in queue.windows(2) {
            prop_assert!(pair[0].priority >= pair[1].priority);
            prop_assert!(pair[0].priority > pair[1].priority || pair[0].opened <= pair[1].opened);
        }
    }
}
