//! Ranks.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::decimal::Decimal;
use crate::metrics::rules::definition::Direction;

/// The place of each region whose figure is known, the best first; equal figures share a place, and the next one is left out.
/// Empty where neither more nor less is better, and where there is nobody to compare with.
#[must_use]
pub fn ranks(figures: &[(Uuid, Option<Decimal>)], direction: Direction) -> BTreeMap<Uuid, i32> {
    let known: Vec<(Uuid, Decimal)> = figures
        .iter()
        .filter_map(|(region, value)| Some((*region, (*value)?)))
        .collect();
    if direction == Direction::Neutral || known.len() < 2 {
        return BTreeMap::new();
    }
    let better = |one: Decimal, other: Decimal| match direction {
        Direction::Up => one.0 > other.0,
        Direction::Down => one.0 < other.0,
        Direction::Neutral => false,
    };
    known
        .iter()
        .map(|(region, value)| {
            let ahead = known.iter().filter(|(_, other)| better(*other, *value));
            (
                *region,
                i32::try_from(ahead.count() + 1).unwrap_or(i32::MAX),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let region = |number: u128| Uuid::from_u128(number);
        let figures = [
            (region(1), Some(Decimal(50_000))),
            (region(2), Some(Decimal(70_000))),
            (region(3), None),
            (region(4), Some(Decimal(50_000))),
            (region(5), Some(Decimal(10_000))),
        ];
        let places = |direction| -> Vec<(u128, i32)> {
            let ranks = ranks(&figures, direction);
            ranks
                .into_iter()
                .map(|(region, place)| (region.as_u128(), place))
                .collect()
        };
        // Two share the second place, so there is no third; who has no figure has no place.
        assert_eq!(places(Direction::Up), [(1, 2), (2, 1), (4, 2), (5, 4)]);
        assert_eq!(places(Direction::Down), [(1, 2), (2, 4), (4, 2), (5, 1)]);
        assert!(places(Direction::Neutral).is_empty());
        assert!(
            ranks(&figures[..1], Direction::Up).is_empty(),
            "first of one says nothing"
        );
    }
}
