//! What there is to give altogether (预算).

use super::content::Budget;
use super::limit::hold;
use super::trace::Limit;

/// What a budget leaves of awards in their order; `spent` is what was given before within the time of the budget.
#[must_use]
pub fn of_awards(budget: Option<&Budget>, spent: i64, asks: &[i64]) -> Vec<Option<Limit>> {
    match budget {
        Some(budget) => hold(budget.exhausted, budget.amount.saturating_sub(spent), asks),
        None => vec![None; asks.len()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incentives::rules::content::{Exhausted, Period};

    #[test]
    fn what_was_spent_before_is_gone() {
        let budget = Budget {
            amount: 1_000,
            period: Period::Year,
            exhausted: Exhausted::FirstCome,
        };
        let left = |spent| -> Vec<i64> {
            let asks = [300, 300];
            of_awards(Some(&budget), spent, &asks)
                .into_iter()
                .zip(asks)
                .map(|(limit, ask)| limit.map_or(ask, |limit| limit.to))
                .collect()
        };
        assert_eq!(left(0), [300, 300]);
        assert_eq!(left(600), [300, 100]);
        assert_eq!(left(1_200), [0, 0]);
        assert_eq!(of_awards(None, 0, &[5]), [None]);
    }
}
