//! How many people so many customers need, as a table a user can read; and that handovers lose nobody.

use proptest::prelude::*;

use super::*;

/// The figures that the organisation uses.
pub const SHIPPED: Thresholds = Thresholds {
    dedicated_from: 40,
    relieved_from: 60,
    per_member: 200,
    pair_from: 300,
    large_from: 1_000,
    manager_from: 4,
};

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn desk(members: &[i64], unowned: i64, managers: i64) -> Desk {
    let members = members.iter().enumerate();
    Desk {
        members: members.map(|(n, has)| (id(n as u128 + 1), *has)).collect(),
        left_behind: BTreeMap::new(),
        unowned,
        managers,
    }
}

#[test]
fn the_headcount_of_the_house() {
    for (customers, members) in [
        (0, 0),
        (39, 0),
        (40, 1),
        (59, 1),
        (60, 1),
        (200, 1),
        (299, 1),
        (300, 2),
        (400, 2),
        (600, 3),
        (800, 4),
        (999, 5),
        (1_000, 5),
        (1_400, 7),
    ] {
        assert_eq!(
            headcount(customers, &SHIPPED),
            members,
            "{customers} customers"
        );
    }
}

#[test]
fn where_people_are_missing_or_idle() {
    use Verdict::{Fits, Idle, Missing};
    for (members, unowned, managers, proposed, manager, verdict) in [
        (vec![], 30, 0, 0, 0, Fits),
        (vec![30], 0, 0, 0, 0, Fits),
        (vec![], 45, 0, 1, 0, Missing),
        (vec![45], 0, 0, 1, 0, Fits),
        (vec![350], 0, 0, 2, 0, Missing),
        (vec![100, 100], 0, 0, 1, 0, Idle),
        (vec![200, 200, 200, 200], 0, 0, 4, 1, Missing),
        (vec![200, 200, 200, 200], 0, 1, 4, 1, Fits),
        (vec![250, 250, 250, 250], 0, 1, 5, 1, Missing),
    ] {
        let advice = advise(&desk(&members, unowned, managers), &SHIPPED);
        assert_eq!(
            (advice.proposed, advice.managers, advice.verdict),
            (proposed, manager, verdict),
            "{members:?} and {unowned}"
        );
        assert!(!advice.reasons.is_empty());
    }
}

#[test]
fn a_new_member_takes_over_from_whoever_has_most() {
    let advice = advise(&desk(&[350, 50], 0, 0), &SHIPPED);
    assert_eq!(
        advice.handovers,
        [Handover {
            from: Giver::Member(id(1)),
            to: Taker::Member(id(2)),
            customers: 150
        }]
    );
    let advice = advise(&desk(&[350], 10, 0), &SHIPPED);
    assert_eq!(
        advice.handovers,
        [
            Handover {
                from: Giver::Nobody,
                to: Taker::New(1),
                customers: 10
            },
            Handover {
                from: Giver::Member(id(1)),
                to: Taker::New(1),
                customers: 170
            },
        ]
    );
}

#[test]
fn thresholds_are_data() {
    let small = Thresholds {
        per_member: 50,
        pair_from: 80,
        ..SHIPPED
    };
    assert_eq!(headcount(200, &small), 4);
}

proptest! {
    /// More customers never need fewer people.
    #[test]
    fn the_headcount_only_rises(customers in 0_i64..5_000) {
        prop_assert!(headcount(customers, &SHIPPED) <= headcount(customers + 1, &SHIPPED));
    }

    /// Handed over as proposed, nobody's customers are lost and all have as many, give or take one.
    #[test]
    fn handovers_even_the_load(
        members in proptest::collection::vec(0_i64..500, 0..8),
        gone in proptest::collection::vec(0_i64..100, 0..3),
        unowned in 0_i64..300,
    ) {
        let mut desk = desk(&members, unowned, 0);
        desk.left_behind = gone.iter().enumerate().map(|(n, has)| (id(n as u128 + 900), *has)).collect();
        let advice = advise(&desk, &SHIPPED);
        let mut after: BTreeMap<Taker, i64> = desk.members.iter().map(|(id, has)| (Taker::Member(*id), *has)).collect();
        let mut left = desk.left_behind.clone();
        let mut nobody = desk.unowned;
        for handover in &advice.handovers {
            prop_assert!(handover.customers > 0);
            *after.entry(handover.to).or_default() += handover.customers;
            match handover.from {
                Giver::Nobody => nobody -= handover.customers,
                Giver::Gone(id) => *left.get_mut(&id).expect("a known one") -= handover.customers,
                Giver::Member(id) => *after.get_mut(&Taker::Member(id)).expect("a known one") -= handover.customers,
            }
        }
        prop_assert!(nobody >= 0 && left.values().all(|has| *has >= 0) && after.values().all(|has| *has >= 0));
        let sum: i64 = after.values().chain(left.values()).sum::<i64>() + nobody;
        prop_assert_eq!(sum, desk.customers());
        if let (Some(most), Some(least)) = (after.values().max(), after.values().min()) {
            prop_assert!(most - least <= 1, "{:?}", after);
            prop_assert_eq!(nobody + left.values().sum::<i64>(), 0);
        }
    }
}
