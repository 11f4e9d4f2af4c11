//! Who is credited with how much of a payment, to the last minor unit (业绩归属).

use std::collections::BTreeMap;

use entity::enums::ContractRole;
use uuid::Uuid;

use super::shares::Share;
use crate::money;

/// A member's part of a payment in a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Credit {
    /// In which role.
    pub role: ContractRole,
    /// The member.
    pub member_id: Uuid,
    /// The share in the role when the money was collected, in basis points.
    pub share: i32,
    /// The part, in minor units; not below nought.
    pub amount: i64,
}

/// The credit for money that was collected: in each role the whole amount, by the shares, the largest remainders rounded up. Of
/// equal remainders the larger share, then the member with the smaller key gets the unit that is left, so that the same people
/// always come to the same parts.
#[must_use]
pub fn of_collection(amount: i64, people: &[Share]) -> Vec<Credit> {
    let whole = |one: &Share| Credit {
        role: one.role,
        member_id: one.member_id,
        share: one.share,
        amount: 0,
    };
    let weighed = people.iter().map(whole).map(|one| {
        let weight = i64::from(one.share);
        (one, weight)
    });
    shared_out(amount, weighed)
}

/// The credit that a refund takes back: in each role the whole amount, by what is left of each member's part of the collection.
/// Nobody loses more than is left, and a refund of all that is left takes everybody's part to nought.
#[must_use]
pub fn of_refund(amount: i64, collected: &[Credit], refunded: &[Credit]) -> Vec<Credit> {
    let left = collected.iter().map(|one| {
        let gone: i64 = refunded
            .iter()
            .filter(|other| (other.role, other.member_id) == (one.role, one.member_id))
            .map(|other| other.amount)
            .sum();
        (*one, one.amount - gone)
    });
    shared_out(amount, left)
}

fn shared_out(amount: i64, weighed: impl Iterator<Item = (Credit, i64)>) -> Vec<Credit> {
    let mut roles: BTreeMap<ContractRole, Vec<(Credit, i64)>> = BTreeMap::new();
    for (one, weight) in weighed {
        roles.entry(one.role).or_default().push((one, weight));
    }
    let mut credits = Vec::new();
    for people in roles.values_mut() {
        people.sort_by_key(|(one, weight)| (std::cmp::Reverse(*weight), one.member_id));
        let weights: Vec<i64> = people.iter().map(|(_, weight)| *weight).collect();
        let parts = money::split(amount, &weights).unwrap_or_default();
        let credited = people.iter().zip(parts);
        credits.extend(credited.map(|((one, _), amount)| Credit { amount, ..*one }));
    }
    credits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use ContractRole::{Assistant, Collector, Seller};

    fn people(shares: &[(ContractRole, i32)]) -> Vec<Share> {
        let share = |(place, (role, share)): (usize, &(ContractRole, i32))| Share {
            role: *role,
            member_id: Uuid::from_u128(place as u128),
            share: *share,
        };
        shares.iter().enumerate().map(share).collect()
    }

    fn amounts(credits: &[Credit]) -> Vec<i64> {
        let mut credits = credits.to_vec();
        credits.sort_by_key(|one| one.member_id);
        credits.iter().map(|one| one.amount).collect()
    }

    #[test]
    fn each_role_is_credited_with_the_whole() {
        let shares = people(&[(Seller, 10_000), (Collector, 6_667), (Collector, 3_333)]);
        let credits = of_collection(1_000, &shares);
        assert_eq!(amounts(&credits), [1_000, 667, 333]);
        assert_eq!(of_collection(1_000, &[]), []);
    }

    #[test]
    fn refunds_in_parts_take_back_exactly_what_was_credited() {
        let shares = people(&[(Collector, 3_334), (Collector, 3_333), (Collector, 3_333)]);
        let collected = of_collection(100, &shares);
        assert_eq!(amounts(&collected), [34, 33, 33]);
        let first = of_refund(1, &collected, &[]);
        assert_eq!(amounts(&first), [1, 0, 0]);
        let rest = of_refund(99, &collected, &first);
        assert_eq!(amounts(&rest), [33, 33, 33]);
    }

    /// Shares that make every role whole, of one to five people.
    fn whole_shares() -> impl Strategy<Value = Vec<Share>> {
        let cuts = proptest::collection::btree_set(1..10_000_i32, 0..5);
        let roles = [Seller, Collector, Assistant].map(|role| {
            (any::<bool>(), cuts.clone()).prop_map(move |(there, cuts)| {
                let mut shares = Vec::new();
                let mut from = 0;
                for cut in cuts.into_iter().chain([10_000]).filter(|_| there) {
                    shares.push((role, cut - from));
                    from = cut;
                }
                shares
            })
        });
        roles.prop_map(|roles| people(&roles.concat()))
    }

    proptest! {
        #[test]
        fn credits_add_up_and_refunds_never_take_more_than_is_left(
            amount in 1..=money::MOST,
            people in whole_shares(),
            cuts in proptest::collection::vec(0..=10_000_i128, 0..6),
        ) {
            prop_assert!(super::super::shares::flaws(&people).is_empty());
            let sum = |credits: &[Credit], role| -> Option<i64> {
                let parts: Vec<i64> = credits.iter().filter(|one| one.role == role).map(|one| one.amount).collect();
                (!parts.is_empty()).then(|| parts.iter().sum())
            };
            let roles: Vec<ContractRole> = [Seller, Collector, Assistant]
                .into_iter()
                .filter(|role| people.iter().any(|one| one.role == *role))
                .collect();
            let collected = of_collection(amount, &people);
            for role in &roles {
                prop_assert_eq!(sum(&collected, *role), Some(amount));
            }
            let (mut refunded, mut left) = (Vec::new(), amount);
            let parts = cuts.into_iter().map(Some).chain([None]);
            for part in parts {
                let back = part.map_or(left, |part| i64::try_from(i128::from(left) * part / 10_000).expect("it fits"));
                if back == 0 {
                    continue;
                }
                let credits = of_refund(back, &collected, &refunded);
                for role in &roles {
                    prop_assert_eq!(sum(&credits, *role), Some(back));
                }
                prop_assert!(credits.iter().all(|one| one.amount >= 0));
                refunded.extend(credits);
                left -= back;
            }
            prop_assert_eq!(left, 0);
            for one in &collected {
                let gone: i64 = refunded.iter().filter(|other| (other.role, other.member_id) == (one.role, one.member_id)).map(|other| other.amount).sum();
                prop_assert_eq!(gone, one.amount);
            }
        }
    }
}
