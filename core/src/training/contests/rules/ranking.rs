//! Places with ties, and who comes into the next round (排名与晋级).

use uuid::Uuid;

/// An entrant with a score; none where nothing was scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scored {
    /// Who.
    pub entrant: Uuid,
    /// The score.
    pub score: Option<i64>,
}

/// An entrant's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Who.
    pub entrant: Uuid,
    /// The score.
    pub score: Option<i64>,
    /// 1 is the best; as good ones share a place, and as many places are left out after them: 1, 2, 2, 4. None without a score.
    pub rank: Option<i32>,
    /// Comes into the next round?
    pub advances: bool,
}

/// Ranks a round, the best first; those without a score come last and have no place. So many advance by their place, so
/// that those who share the last one do so together.
#[must_use]
pub fn rank(mut scored: Vec<Scored>, advance: Option<i32>) -> Vec<Ranked> {
    scored.sort_by_key(|one| {
        (
            one.score.is_none(),
            std::cmp::Reverse(one.score),
            one.entrant,
        )
    });
    let mut ranked: Vec<Ranked> = Vec::with_capacity(scored.len());
    for (place, one) in (1..).zip(scored) {
        let before = ranked.last().filter(|before| before.score == one.score);
        let rank = one
            .score
            .map(|_| before.and_then(|before| before.rank).unwrap_or(place));
        ranked.push(Ranked {
            entrant: one.entrant,
            score: one.score,
            rank,
            advances: advance
                .zip(rank)
                .is_some_and(|(advance, rank)| rank <= advance),
        });
    }
    ranked
}

/// What an entrant came to in a round, for the whole contest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// Who.
    pub entrant: Uuid,
    /// The number of the round.
    pub round: i32,
    /// The place in it.
    pub rank: Option<i32>,
}

/// The places in the whole contest, the best first: whoever came further is better, and in the last round that both reached
/// the place decides. Those without a place in their last round have none.
#[must_use]
pub fn overall(reached: &[Reached]) -> Vec<(Uuid, i32)> {
    let mut last: Vec<Reached> = Vec::new();
    for one in reached {
        match last.iter_mut().find(|other| other.entrant == one.entrant) {
            Some(other) if other.round < one.round => *other = *one,
            Some(_) => {}
            None => last.push(*one),
        }
    }
    last.retain(|one| one.rank.is_some());
    let key = |one: &Reached| (std::cmp::Reverse(one.round), one.rank);
    last.sort_by_key(|one| (key(one), one.entrant));
    let mut placed: Vec<(Uuid, i32)> = Vec::with_capacity(last.len());
    for (place, one) in last.iter().enumerate() {
        let number = i32::try_from(place + 1).unwrap_or(i32::MAX);
        let same = place
            .checked_sub(1)
            .filter(|before| key(&last[*before]) == key(one));
        let rank = same.map_or(number, |before| placed[before].1);
        placed.push((one.entrant, rank));
    }
    placed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn who(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn scored(scores: &[Option<i64>]) -> Vec<Scored> {
        let one = |(n, score): (u128, &Option<i64>)| Scored {
            entrant: who(n),
            score: *score,
        };
        (1..).zip(scores).map(one).collect()
    }

    #[test]
    fn ties_share_a_place_and_advance_together() {
        for (scores, advance, expected) in [
            (
                &[Some(90), Some(80), Some(80), Some(70)][..],
                Some(2),
                vec![
                    (1, Some(1), true),
                    (2, Some(2), true),
                    (3, Some(2), true),
                    (4, Some(4), false),
                ],
            ),
            (
                &[Some(70), Some(90)],
                Some(1),
                vec![(2, Some(1), true), (1, Some(2), false)],
            ),
            (
                &[Some(5), Some(5), Some(5)],
                Some(1),
                vec![(1, Some(1), true), (2, Some(1), true), (3, Some(1), true)],
            ),
            (
                &[None, Some(0)],
                Some(2),
                vec![(2, Some(1), true), (1, None, false)],
            ),
            (&[Some(1)], None, vec![(1, Some(1), false)]),
            (&[], Some(3), vec![]),
        ] {
            let found: Vec<_> = rank(scored(scores), advance)
                .into_iter()
                .map(|one| (one.entrant.as_u128(), one.rank, one.advances))
                .collect();
            assert_eq!(found, expected, "{scores:?}");
        }
    }

    #[test]
    fn whoever_came_further_is_better() {
        let of = |n, round, rank| Reached {
            entrant: who(n),
            round,
            rank,
        };
        let reached = [
            of(1, 1, Some(3)),
            of(2, 1, Some(1)),
            of(3, 1, Some(2)),
            of(4, 1, Some(4)),
            of(5, 1, None),
            of(1, 2, Some(1)),
            of(2, 2, Some(2)),
            of(3, 2, Some(2)),
        ];
        let found: Vec<_> = overall(&reached)
            .into_iter()
            .map(|(id, rank)| (id.as_u128(), rank))
            .collect();
        assert_eq!(found, [(1, 1), (2, 2), (3, 2), (4, 4)]);
        assert!(overall(&[]).is_empty());
    }

    proptest! {
        /// A place is one more than the number of those who are better, whatever the order in which they are named.
        #[test]
        fn places_count_the_better(scores in proptest::collection::vec(proptest::option::of(0_i64..12), 0..20), advance in 1_i32..8) {
            let ranked = rank(scored(&scores), Some(advance));
            prop_assert_eq!(ranked.len(), scores.len());
            for one in &ranked {
                let better = scores.iter().flatten().filter(|score| Some(**score) > one.score).count();
                match one.score {
                    Some(_) => prop_assert_eq!(one.rank, i32::try_from(better + 1).ok()),
                    None => prop_assert!(one.rank.is_none() && !one.advances),
                }
                prop_assert_eq!(one.advances, one.rank.is_some_and(|rank| rank <= advance));
            }
            let mut turned = scored(&scores);
            turned.reverse();
            prop_assert_eq!(rank(turned, Some(advance)), ranked);
        }

        /// The whole contest of one round is that round.
        #[test]
        fn one_round_is_the_whole(scores in proptest::collection::vec(0_i64..9, 0..12)) {
            let scores: Vec<Option<i64>> = scores.into_iter().map(Some).collect();
            let ranked = rank(scored(&scores), None);
            let reached: Vec<Reached> = ranked.iter().map(|one| Reached { entrant: one.entrant, round: 1, rank: one.rank }).collect();
            let found = overall(&reached);
            let expected: Vec<_> = ranked.iter().filter_map(|one| Some((one.entrant, one.rank?))).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
