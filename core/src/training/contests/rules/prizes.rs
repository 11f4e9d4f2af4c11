//! What ranks get (奖项).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A prize for one place or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prize {
    /// The first place that gets it.
    pub from_rank: i32,
    /// The last one.
    pub to_rank: i32,
    /// What it is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
}

/// Who wins which prize, by its place in the list: everybody whose place it is for, so ties win alike.
#[must_use]
pub fn won(prizes: &[Prize], placed: &[(Uuid, i32)]) -> Vec<(Uuid, i32, usize)> {
    let mut all = Vec::new();
    for (entrant, rank) in placed {
        for (place, prize) in prizes.iter().enumerate() {
            if (prize.from_rank..=prize.to_rank).contains(rank) {
                all.push((*entrant, *rank, place));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_get_their_prizes() {
        let prize = |from_rank, to_rank| Prize {
            from_rank,
            to_rank,
            name: "Cup".to_owned(),
            name_zh: "奖杯".to_owned(),
        };
        let prizes = [prize(1, 1), prize(2, 3), prize(1, 10)];
        let who = Uuid::from_u128;
        let placed = [(who(1), 1), (who(2), 2), (who(3), 2), (who(4), 4)];
        let found: Vec<_> = won(&prizes, &placed)
            .into_iter()
            .map(|(id, rank, prize)| (id.as_u128(), rank, prize))
            .collect();
        assert_eq!(
            found,
            [
                (1, 1, 0),
                (1, 1, 2),
                (2, 2, 1),
                (2, 2, 2),
                (3, 2, 1),
                (3, 2, 2),
                (4, 4, 2)
            ]
        );
    }
}
