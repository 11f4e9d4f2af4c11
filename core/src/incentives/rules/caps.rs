//! Bounds of what a rule gives: one award, a member, all together (上限).

use super::content::{Caps, Exhausted};
use super::limit::hold;
use super::trace::Limit;

/// What the cap of one award leaves of it.
#[must_use]
pub fn of_award(caps: &Caps, amount: i64) -> i64 {
    caps.per_award.map_or(amount, |most| amount.min(most))
}

/// What the cap of a member leaves of all the member's awards by a rule in a period, in their order: the last one gets what is
/// left.
#[must_use]
pub fn of_member(caps: &Caps, asks: &[i64]) -> Vec<Option<Limit>> {
    match caps.per_member {
        Some(most) => hold(Exhausted::FirstCome, most, asks),
        None => vec![None; asks.len()],
    }
}

/// What the cap of a rule leaves of all its awards in a period: all are cut in proportion.
#[must_use]
pub fn of_rule(caps: &Caps, asks: &[i64]) -> Vec<Option<Limit>> {
    match caps.per_rule {
        Some(most) => hold(Exhausted::ProRata, most, asks),
        None => vec![None; asks.len()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caps_hold_where_there_are_some() {
        let none = Caps::default();
        assert_eq!(of_award(&none, 700), 700);
        assert_eq!(of_member(&none, &[700, 1]), [None, None]);
        let caps = Caps {
            per_award: Some(500),
            per_member: Some(800),
            per_rule: Some(900),
        };
        assert_eq!((of_award(&caps, 700), of_award(&caps, 300)), (500, 300));
        let member: Vec<Option<i64>> = of_member(&caps, &[500, 500, 10])
            .into_iter()
            .map(|limit| limit.map(|limit| limit.to))
            .collect();
        assert_eq!(member, [None, Some(300), Some(0)]);
        let rule: Vec<Option<i64>> = of_rule(&caps, &[800, 1_000])
            .into_iter()
            .map(|limit| limit.map(|limit| limit.to))
            .collect();
        assert_eq!(rule, [Some(400), Some(500)]);
    }
}
