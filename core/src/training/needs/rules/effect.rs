//! What a training brought: the change of those who attended, less the change of colleagues who didn't (培训效果，双重差分).

/// A member's figure before and after, each of enough cases; in ten-thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Before.
    pub before: i64,
    /// After.
    pub after: i64,
}

/// A group of people before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// How many have figures of enough cases on both sides.
    pub people: usize,
    /// The mean of their figures before.
    pub before: i64,
    /// The mean of their figures after.
    pub after: i64,
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The time after it isn't over yet.
    TooEarly,
    /// Too few people have figures to say anything: so many attended, so many didn't.
    TooFew {
        /// Of those who attended.
        attended: usize,
        /// Of the others.
        others: usize,
    },
    /// It can be said.
    Measured {
        /// Those who attended.
        attended: Group,
        /// Those who didn't.
        others: Group,
        /// The change of the first, less the change of the others.
        difference: i64,
        /// Is that good? None where it is nought.
        better: Option<bool>,
    },
}

/// What is wanted of a measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The fewest people of a group.
    pub least_people: usize,
    /// Is less better?
    pub less_is_better: bool,
}

/// Measures the effect.
#[must_use]
pub fn effect(attended: &[Pair], others: &[Pair], terms: Terms) -> Effect {
    let least = terms.least_people.max(2);
    match (group(attended), group(others)) {
        (Some(there), Some(rest)) if there.people >= least && rest.people >= least => {
            let difference = (there.after - there.before) - (rest.after - rest.before);
            let better = (difference != 0).then_some((difference > 0) != terms.less_is_better);
            Effect::Measured {
                attended: there,
                others: rest,
                difference,
                better,
            }
        }
        _ => Effect::TooFew {
            attended: attended.len(),
            others: others.len(),
        },
    }
}

fn group(pairs: &[Pair]) -> Option<Group> {
    let count = i128::try_from(pairs.len())
        .ok()
        .filter(|count| *count > 0)?;
    let mean = |of: &dyn Fn(&Pair) -> i64| {
        let sum: i128 = pairs.iter().map(|pair| i128::from(of(pair))).sum();
        i64::try_from((sum + count / 2).div_euclid(count)).unwrap_or(i64::MAX)
    };
    Some(Group {
        people: pairs.len(),
        before: mean(&|pair| pair.before),
        after: mean(&|pair| pair.after),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const USUAL: Terms = Terms {
        least_people: 3,
        less_is_better: false,
    };

    fn pairs(all: &[(i64, i64)]) -> Vec<Pair> {
        let pair = |(before, after): &(i64, i64)| Pair {
            before: *before,
            after: *after,
        };
        all.iter().map(pair).collect()
    }

    #[test]
    fn the_change_of_the_others_is_taken_off() {
        let less = Terms {
            less_is_better: true,
            ..USUAL
        };
        let three = |before, after| [(before, after); 3];
        for (attended, others, terms, expected, why) in [
            (
                three(30, 40),
                three(30, 30),
                USUAL,
                Some((10, Some(true))),
                "only those who attended improved",
            ),
            (
                three(30, 40),
                three(30, 40),
                USUAL,
                Some((0, None)),
                "everybody improved: the training did nothing that shows",
            ),
            (
                three(30, 40),
                three(20, 35),
                USUAL,
                Some((-5, Some(false))),
                "the others improved more",
            ),
            (
                three(30, 30),
                three(30, 20),
                USUAL,
                Some((10, Some(true))),
                "it kept them from getting worse",
            ),
            (
                three(60, 40),
                three(60, 55),
                less,
                Some((-15, Some(true))),
                "of times, less is better",
            ),
            (
                three(60, 60),
                three(60, 50),
                less,
                Some((10, Some(false))),
                "and here the others got quicker",
            ),
        ] {
            let found = match effect(&pairs(&attended), &pairs(&others), terms) {
                Effect::Measured {
                    difference, better, ..
                } => Some((difference, better)),
                _ => None,
            };
            assert_eq!(found, expected, "{why}");
        }
    }

    #[test]
    fn too_few_is_an_answer_of_its_own() {
        let (two, three) = ([(1, 2); 2], [(1, 2); 3]);
        let few = |attended, others| Effect::TooFew { attended, others };
        assert_eq!(effect(&pairs(&two), &pairs(&three), USUAL), few(2, 3));
        assert_eq!(effect(&pairs(&three), &pairs(&two), USUAL), few(3, 2));
        assert_eq!(effect(&[], &[], USUAL), few(0, 0));
        // Even a minimum of one never shows the figure of one.
        let one = Terms {
            least_people: 1,
            ..USUAL
        };
        assert_eq!(effect(&pairs(&[(1, 2)]), &pairs(&three), one), few(1, 3));
        let measured = effect(
            &pairs(&[(10, 20), (20, 20), (31, 40)]),
            &pairs(&[(10, 10); 3]),
            USUAL,
        );
        let Effect::Measured {
            attended, others, ..
        } = measured
        else {
            panic!("{measured:?}")
        };
        assert_eq!(
            (attended.people, attended.before, attended.after),
            (3, 20, 27)
        );
        assert_eq!((others.people, others.before, others.after), (3, 10, 10));
    }

    proptest! {
        /// What happens to everybody alike changes nothing, and swapping the groups turns the sign.
        #[test]
        fn common_changes_cancel_out(
            attended in proptest::collection::vec((0_i64..1000, 0_i64..1000), 3..9),
            others in proptest::collection::vec((0_i64..1000, 0_i64..1000), 3..9),
            shift in -500_i64..500,
        ) {
            let difference = |attended: &[(i64, i64)], others: &[(i64, i64)]| match effect(&pairs(attended), &pairs(others), USUAL) {
                Effect::Measured { difference, .. } => difference,
                other => panic!("{other:?}"),
            };
            let all = |of: &[(i64, i64)]| -> Vec<(i64, i64)> { of.iter().map(|(before, after)| (*before, after + shift)).collect() };
            let plain = difference(&attended, &others);
            prop_assert_eq!(difference(&all(&attended), &all(&others)), plain);
            prop_assert_eq!(difference(&others, &attended), -plain);
        }
    }
}
