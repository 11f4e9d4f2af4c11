//! Shares of people in a contract: whole in every role that anybody has.

use std::collections::BTreeMap;

use entity::enums::ContractRole;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The whole of a role, in basis points.
pub const WHOLE: i32 = 10_000;
/// The most people in one role.
pub const MOST: usize = 20;

/// A member's share in a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Share {
    /// What the member does for the contract.
    pub role: ContractRole,
    /// The member.
    pub member_id: Uuid,
    /// In basis points.
    pub share: i32,
}

/// What is wrong with shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// This one is below one basis point or above the whole.
    OutOfRange(usize),
    /// This one names a member a second time in the role.
    Twice(usize),
    /// The role has too many people.
    TooMany(ContractRole),
    /// The role's shares add up to something else than the whole.
    Sum(ContractRole, i64),
}

/// Everything that is wrong with shares, given in the order in which they were written. A role that nobody has is fine.
#[must_use]
pub fn flaws(shares: &[Share]) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let mut roles: BTreeMap<ContractRole, Vec<(Uuid, i32)>> = BTreeMap::new();
    for (place, one) in shares.iter().enumerate() {
        if !(1..=WHOLE).contains(&one.share) {
            flaws.push(Flaw::OutOfRange(place));
        }
        let people = roles.entry(one.role).or_default();
        if people.iter().any(|(member, _)| *member == one.member_id) {
            flaws.push(Flaw::Twice(place));
        }
        people.push((one.member_id, one.share));
    }
    for (role, people) in roles {
        let sum: i64 = people.iter().map(|(_, share)| i64::from(*share)).sum();
        if people.len() > MOST {
            flaws.push(Flaw::TooMany(role));
        }
        if sum != i64::from(WHOLE) {
            flaws.push(Flaw::Sum(role, sum));
        }
    }
    flaws
}

#[cfg(test)]
mod tests {
    use super::*;
    use ContractRole::{Assistant, Collector, Seller};

    fn share(role: ContractRole, member: u128, share: i32) -> Share {
        Share {
            role,
            member_id: Uuid::from_u128(member),
            share,
        }
    }

    #[test]
    fn every_role_is_whole_or_empty() {
        for (shares, expected) in [
            (vec![], vec![]),
            (vec![share(Seller, 1, 10_000)], vec![]),
            (
                vec![share(Seller, 1, 10_000), share(Collector, 1, 10_000)],
                vec![],
            ),
            (
                vec![share(Collector, 1, 3_333), share(Collector, 2, 6_667)],
                vec![],
            ),
            (
                vec![share(Collector, 1, 3_333), share(Collector, 2, 6_666)],
                vec![Flaw::Sum(Collector, 9_999)],
            ),
            (
                vec![share(Assistant, 1, 5_000), share(Assistant, 1, 5_000)],
                vec![Flaw::Twice(1)],
            ),
            (
                vec![share(Seller, 1, 0), share(Seller, 2, 10_000)],
                vec![Flaw::OutOfRange(0)],
            ),
            (
                vec![share(Seller, 1, 10_001), share(Seller, 2, -1)],
                vec![Flaw::OutOfRange(0), Flaw::OutOfRange(1)],
            ),
            (
                (0..21)
                    .map(|member| share(Seller, member, if member == 0 { 9_980 } else { 1 }))
                    .collect(),
                vec![Flaw::TooMany(Seller)],
            ),
        ] {
            assert_eq!(flaws(&shares), expected, "{shares:?}");
        }
    }
}
