//! Figures of small groups don't reveal a person: which are withheld (小群体保护).
//!
//! A figure with fewer different members behind it than the minimum is withheld. So that it can't be had by subtraction,
//! another one goes with it where it would be the only one missing: among the groups of one piece of time, and among the
//! pieces that make up the next longer one.

/// One figure, as this looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// How much is behind it; nothing is withheld of nothing.
    pub weight: i64,
    /// How many different members are.
    pub people: i32,
}

/// Which figures are withheld: for each group (first index) and piece of time (second). Pieces with the same number in
/// `together` make up one longer piece.
#[must_use]
pub fn withheld(figures: &[Vec<Shown>], together: &[usize], minimum: i32) -> Vec<Vec<bool>> {
    let mut hidden: Vec<Vec<bool>> = figures
        .iter()
        .map(|group| {
            group
                .iter()
                .map(|shown| shown.weight > 0 && shown.people < minimum)
                .collect()
        })
        .collect();
    loop {
        let more =
            across_groups(figures, &hidden).or_else(|| across_time(figures, &hidden, together));
        match more {
            Some((group, piece)) => hidden[group][piece] = true,
            None => return hidden,
        }
    }
}

/// The figure that has to go because it stands beside a single withheld one of the same time.
fn across_groups(figures: &[Vec<Shown>], hidden: &[Vec<bool>]) -> Option<(usize, usize)> {
    let pieces = figures.first().map_or(0, Vec::len);
    (0..pieces).find_map(|piece| {
        let column = (0..figures.len()).map(|group| (group, piece));
        companion(figures, hidden, column.collect())
    })
}

/// The same among the pieces of a longer time.
fn across_time(
    figures: &[Vec<Shown>],
    hidden: &[Vec<bool>],
    together: &[usize],
) -> Option<(usize, usize)> {
    let longer: std::collections::BTreeSet<usize> = together.iter().copied().collect();
    (0..figures.len()).find_map(|group| {
        longer.iter().find_map(|one| {
            let pieces = (0..together.len()).filter(|piece| together[*piece] == *one);
            companion(
                figures,
                hidden,
                pieces.map(|piece| (group, piece)).collect(),
            )
        })
    })
}

/// Of figures that add up to one that is shown: the least one beside a single withheld one.
fn companion(
    figures: &[Vec<Shown>],
    hidden: &[Vec<bool>],
    places: Vec<(usize, usize)>,
) -> Option<(usize, usize)> {
    let there: Vec<_> = places
        .into_iter()
        .filter(|(group, piece)| figures[*group][*piece].weight > 0)
        .collect();
    let missing = there
        .iter()
        .filter(|(group, piece)| hidden[*group][*piece])
        .count();
    if missing != 1 {
        return None;
    }
    there
        .into_iter()
        .filter(|(group, piece)| !hidden[*group][*piece])
        .min_by_key(|(group, piece)| (figures[*group][*piece].weight, *group, *piece))
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn shown(figures: &[(i64, i32)]) -> Vec<Shown> {
        figures
            .iter()
            .map(|(weight, people)| Shown {
                weight: *weight,
                people: *people,
            })
            .collect()
    }

    #[test]
    fn what_is_small_goes_with_a_companion() {
        // Two teams of one person each are withheld, nothing else.
        let teams = [shown(&[(10, 1)]), shown(&[(50, 9)]), shown(&[(20, 2)])];
        assert_eq!(withheld(&teams, &[0], 5), [[true], [false], [true]]);
        // A single one takes the least of the others with it, or the company less the others would tell.
        let teams = [shown(&[(10, 1)]), shown(&[(50, 9)]), shown(&[(20, 6)])];
        assert_eq!(withheld(&teams, &[0], 5), [[true], [false], [true]]);
        // What is empty reveals nothing and hides nothing.
        let teams = [shown(&[(10, 1)]), shown(&[(0, 0)]), shown(&[(20, 6)])];
        assert_eq!(withheld(&teams, &[0], 5), [[true], [false], [true]]);
        // One small month of a quarter takes another month of that quarter with it.
        let company = [shown(&[(30, 9), (10, 2), (20, 8), (5, 7)])];
        assert_eq!(
            withheld(&company, &[0, 0, 0, 1], 5),
            [[false, true, true, false]]
        );
        assert_eq!(withheld(&company, &[0, 0, 0, 1], 2), [[false; 4]]);
    }

    proptest! {
        /// Whatever is small is withheld, and nothing withheld is the only one missing from a sum.
        #[test]
        fn nothing_can_be_had_by_subtraction(figures in vec(vec((0_i64..5, 0_i32..8), 6), 1..6), minimum in 1_i32..6) {
            let figures: Vec<Vec<Shown>> = figures.iter().map(|group| shown(group)).collect();
            let hidden = withheld(&figures, &[0, 0, 0, 1, 1, 1], minimum);
            for (group, pieces) in figures.iter().enumerate() {
                for (piece, one) in pieces.iter().enumerate() {
                    prop_assert!(one.weight == 0 || one.people >= minimum || hidden[group][piece]);
                    prop_assert!(one.weight > 0 || !hidden[group][piece]);
                }
                for quarter in [0..3, 3..6] {
                    let there: Vec<usize> = quarter.filter(|piece| pieces[*piece].weight > 0).collect();
                    let missing = there.iter().filter(|piece| hidden[group][**piece]).count();
                    prop_assert!(missing != 1 || there.len() == 1);
                }
            }
            for piece in 0..6 {
                let there: Vec<usize> = (0..figures.len()).filter(|group| figures[*group][piece].weight > 0).collect();
                let missing = there.iter().filter(|group| hidden[**group][piece]).count();
                prop_assert!(missing != 1 || there.len() == 1);
            }
        }
    }
}
