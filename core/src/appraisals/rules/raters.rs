//! Who is asked for feedback about whom, so that nobody drowns in requests (评价人分配).

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

/// Somebody about whom colleagues are to be asked.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Who.
    pub member: Uuid,
    /// Who could be asked, with how much they have worked together.
    pub candidates: BTreeMap<Uuid, u32>,
    /// Who is asked already, or said no.
    pub taken: BTreeSet<Uuid>,
    /// How many are missing.
    pub missing: usize,
}

/// Proposes raters: for each member as many as are missing where there are enough, nobody about themselves, nobody twice about
/// one member, and nobody more often than `most` in all, `busy` included. Those with the fewest candidates choose first; of the
/// candidates those with the fewest requests are taken, of these those who worked together most.
#[must_use]
pub fn propose(
    wanted: &[Wanted],
    most: u32,
    mut busy: BTreeMap<Uuid, u32>,
) -> BTreeMap<Uuid, Vec<Uuid>> {
    let mut order: Vec<&Wanted> = wanted.iter().collect();
    order.sort_by_key(|one| (one.candidates.len(), one.member));
    let mut proposed: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    let longest = order.iter().map(|one| one.missing).max().unwrap_or(0);
    // One for each by turns, so that who comes later isn't left with none.
    for round in 0..longest {
        for one in order.iter().filter(|one| one.missing > round) {
            let named = proposed.entry(one.member).or_default();
            let free = one.candidates.iter().filter(|(rater, _)| {
                **rater != one.member
                    && !one.taken.contains(rater)
                    && !named.contains(rater)
                    && busy.get(rater).copied().unwrap_or(0) < most
            });
            let best = free.min_by_key(|(rater, together)| {
                let load = busy.get(rater).copied().unwrap_or(0);
                (load, std::cmp::Reverse(**together), **rater)
            });
            if let Some((rater, _)) = best {
                named.push(*rater);
                *busy.entry(*rater).or_default() += 1;
            }
        }
    }
    proposed.retain(|_, raters| !raters.is_empty());
    proposed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn wanted(member: u128, candidates: &[(u128, u32)], missing: usize) -> Wanted {
        Wanted {
            member: id(member),
            candidates: candidates
                .iter()
                .map(|(n, share)| (id(*n), *share))
                .collect(),
            taken: BTreeSet::new(),
            missing,
        }
    }

    #[test]
    fn who_worked_together_most_is_asked_unless_they_have_enough() {
        let people = [
            wanted(1, &[(2, 9), (3, 1), (4, 5)], 2),
            wanted(5, &[(2, 9), (4, 1)], 1),
        ];
        let proposed = propose(&people, 1, BTreeMap::new());
        // Member 5 has fewer to choose from and chooses first.
        assert_eq!(proposed[&id(5)], [id(2)]);
        assert_eq!(proposed[&id(1)], [id(4), id(3)]);
    }

    #[test]
    fn nobody_is_asked_who_has_enough_or_was_asked() {
        let mut one = wanted(1, &[(1, 9), (2, 9), (3, 1)], 3);
        one.taken.insert(id(3));
        let busy = BTreeMap::from([(id(2), 4)]);
        assert!(propose(&[one], 4, busy).is_empty());
    }

    proptest! {
        #[test]
        fn the_rules_are_kept(
            people in proptest::collection::vec((proptest::collection::btree_map(0_u128..12, 0_u32..9, 0..10), 0_usize..6), 1..12),
            most in 1_u32..5,
        ) {
            let wanted: Vec<Wanted> = people.iter().enumerate().map(|(n, (candidates, missing))| Wanted {
                member: id(n as u128),
                candidates: candidates.iter().map(|(rater, share)| (id(*rater), *share)).collect(),
                taken: BTreeSet::new(),
                missing: *missing,
            }).collect();
            let proposed = propose(&wanted, most, BTreeMap::new());
            let mut asked: BTreeMap<Uuid, u32> = BTreeMap::new();
            for one in &wanted {
                let raters = proposed.get(&one.member).cloned().unwrap_or_default();
                prop_assert!(raters.len() <= one.missing);
                let distinct: BTreeSet<Uuid> = raters.iter().copied().collect();
                prop_assert_eq!(distinct.len(), raters.len());
                prop_assert!(!raters.contains(&one.member));
                for rater in raters {
                    prop_assert!(one.candidates.contains_key(&rater));
                    *asked.entry(rater).or_default() += 1;
                }
            }
            prop_assert!(asked.values().all(|times| *times <= most));
            // Nobody goes short while a candidate is free.
            for one in &wanted {
                let raters = proposed.get(&one.member).map_or(&[][..], Vec::as_slice);
                if raters.len() < one.missing {
                    let free = one.candidates.keys().any(|rater| {
                        *rater != one.member && !raters.contains(rater) && asked.get(rater).copied().unwrap_or(0) < most
                    });
                    prop_assert!(!free);
                }
            }
        }
    }
}
