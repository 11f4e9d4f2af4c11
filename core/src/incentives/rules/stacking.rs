//! Which rules of a group a member gets (叠加).

use uuid::Uuid;

use super::content::StackingMode;

/// What a rule of the group would give a member in the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The rule.
    pub rule: Uuid,
    /// Which one goes first, 1 before 2.
    pub priority: u32,
    /// All that it would give, in minor units or things.
    pub amount: i64,
}

/// The rule that gives where only one does: by `EXCLUSIVE` the first one that gives something, by `BEST` the one that gives
/// most. Of equals it is the one with the smaller priority, then the smaller id. None when all of them give.
#[must_use]
pub fn winner(mode: StackingMode, offers: &[Offer]) -> Option<Uuid> {
    let some = offers.iter().filter(|offer| offer.amount > 0);
    match mode {
        StackingMode::Sum => None,
        StackingMode::Exclusive => some.min_by_key(|offer| (offer.priority, offer.rule)),
        StackingMode::Best => {
            some.min_by_key(|offer| (std::cmp::Reverse(offer.amount), offer.priority, offer.rule))
        }
    }
    .map(|offer| offer.rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_rule_of_a_group_gives_or_all_do() {
        let rule = |id: u128| Uuid::from_u128(id);
        let offer = |id, priority, amount| Offer {
            rule: rule(id),
            priority,
            amount,
        };
        let offers = [offer(1, 2, 500), offer(2, 1, 300), offer(3, 1, 500)];
        for (mode, offers, gives) in [
            (StackingMode::Exclusive, &offers[..], Some(rule(2))),
            (StackingMode::Best, &offers, Some(rule(3))),
            (StackingMode::Sum, &offers, None),
            (
                StackingMode::Exclusive,
                &[offer(1, 1, 0), offer(2, 2, 5)],
                Some(rule(2)),
            ),
            (StackingMode::Best, &[offer(1, 1, 0)], None),
            (StackingMode::Best, &[], None),
        ] {
            assert_eq!(winner(mode, offers), gives, "{mode:?} {offers:?}");
        }
    }
}
