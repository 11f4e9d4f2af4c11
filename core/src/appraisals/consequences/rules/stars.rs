//! Who is among the best (评优候选).

use crate::decimal::Decimal;

/// The best so many, the best first; all who have as many points as the last of them are named with it.
#[must_use]
pub fn best<K: Ord>(mut scored: Vec<(Decimal, K)>, most: usize) -> Vec<(Decimal, K)> {
    scored.sort_by(|(one, first), (other, second)| (other, first).cmp(&(one, second)));
    let last = most
        .checked_sub(1)
        .and_then(|at| scored.get(at))
        .map(|(score, _)| *score);
    if let Some(last) = last {
        scored.retain(|(score, _)| *score >= last);
    } else if most == 0 {
        scored.clear();
    }
    scored
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_all_named() {
        let scored = |scores: &[i64]| -> Vec<(Decimal, usize)> {
            let numbered = scores.iter().enumerate();
            numbered.map(|(n, score)| (Decimal(*score), n)).collect()
        };
        for (scores, most, expected) in [
            (vec![90, 95, 93], 1, vec![1]),
            (vec![90, 95, 95], 1, vec![1, 2]),
            (vec![90, 95, 93, 93, 91], 2, vec![1, 2, 3]),
            (vec![90, 95], 3, vec![1, 0]),
            (vec![90], 0, vec![]),
            (vec![], 2, vec![]),
        ] {
            let found: Vec<usize> = best(scored(&scores), most)
                .into_iter()
                .map(|(_, n)| n)
                .collect();
            assert_eq!(found, expected, "{scores:?} {most}");
        }
    }
}
