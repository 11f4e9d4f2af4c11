//! Was work shared fairly, and is it now? Figures over a team.

use uuid::Uuid;

/// What a member received of what a team received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The member.
    pub member: Uuid,
    /// Tickets received.
    pub received: u64,
    /// Open tickets at most: what the fair share goes by.
    pub capacity: u64,
}

/// The fair share of each, in parts of a thousand: its capacity of the capacity of all. Nothing where nobody has any.
#[must_use]
pub fn fair_shares(shares: &[Share]) -> Vec<u64> {
    let all: u64 = shares.iter().map(|share| share.capacity).sum();
    shares
        .iter()
        .map(|share| per_thousand(share.capacity, all))
        .collect()
}

/// A part of a whole in parts of a thousand, rounded; 0 of nothing.
#[must_use]
pub fn per_thousand(part: u64, whole: u64) -> u64 {
    (part * 1_000 + whole / 2).checked_div(whole).unwrap_or(0)
}

/// Load in percent: open tickets of the capacity. Without capacity, work is too much at once.
#[must_use]
pub fn percent(open: u64, capacity: u64) -> u64 {
    let none = if open == 0 { 0 } else { 100 };
    (open * 100).checked_div(capacity).unwrap_or(none)
}

/// The Gini figure of tickets received per unit of capacity, in parts of a thousand: 0 when everybody received by their
/// capacity, towards 1000 when one received everything. With x = received / capacity of n members it is the sum of
/// |xi - xj| over all pairs (each pair both ways) / (2 · n · sum of x). None for fewer than two members with capacity, or
/// when nothing was received.
#[must_use]
pub fn gini(shares: &[Share]) -> Option<u64> {
    // Scaled, so that a ticket per unit of capacity is a million.
    let mut each: Vec<u128> = shares
        .iter()
        .filter(|share| share.capacity > 0)
        .map(|share| u128::from(share.received) * 1_000_000 / u128::from(share.capacity))
        .collect();
    let (count, sum) = (each.len() as u128, each.iter().sum::<u128>());
    if count < 2 || sum == 0 {
        return None;
    }
    each.sort_unstable();
    // Sorted, each value stands above those before it, so one pass finds the sum over all pairs.
    let (mut pairs, mut before) = (0, 0);
    for (place, value) in (0_u128..).zip(&each) {
        pairs += value * place - before;
        before += value;
    }
    u64::try_from((pairs * 1_000 + count * sum / 2) / (count * sum)).ok()
}

/// Has somebody too much or too little work, compared with the team?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Balance {
    /// At capacity, or far above the team.
    Over,
    /// Like the others.
    Even,
    /// Far below the team.
    Under,
}

/// How many percent points somebody may be away from the team's load.
pub const EVEN_WITHIN: u64 = 25;

/// Over is who is at capacity or more than 25 points above the team's load (open tickets of all by the capacity of all),
/// under who is more than 25 points below it.
#[must_use]
pub fn balance(percent: u64, of_team: u64) -> Balance {
    if percent >= 100 || percent > of_team + EVEN_WITHIN {
        Balance::Over
    } else if percent + EVEN_WITHIN < of_team {
        Balance::Under
    } else {
        Balance::Even
    }
}
