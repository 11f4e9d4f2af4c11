use proptest::prelude::*;

use super::*;

fn who(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn work(points: &[(u128, u32)]) -> Vec<Work> {
    points
        .iter()
        .map(|(n, points)| Work {
            member: who(*n),
            points: *points,
        })
        .collect()
}

/// Member 1 owns the ticket. (case, owner, points of each, the owner's percent, the shares in hundredths of a percent)
#[test]
fn shares_as_a_manager_would_write_them_down() {
    type Case = (
        &'static str,
        Option<u128>,
        &'static [(u128, u32)],
        i32,
        &'static [(u128, i32)],
    );
    let cases: &[Case] = &[
        ("the owner alone", Some(1), &[], 60, &[(1, 10_000)]),
        (
            "only the owner worked",
            Some(1),
            &[(1, 40)],
            60,
            &[(1, 10_000)],
        ),
        (
            "one helper",
            Some(1),
            &[(2, 5)],
            60,
            &[(1, 6_000), (2, 4_000)],
        ),
        (
            "the owner's own work changes nothing",
            Some(1),
            &[(1, 99), (2, 1)],
            60,
            &[(1, 6_000), (2, 4_000)],
        ),
        (
            "two helpers by their work",
            Some(1),
            &[(2, 3), (3, 1)],
            60,
            &[(1, 6_000), (2, 3_000), (3, 1_000)],
        ),
        (
            "three alike: one hundredth is left over",
            Some(1),
            &[(2, 1), (3, 1), (4, 1)],
            60,
            &[(1, 6_000), (2, 1_334), (3, 1_333), (4, 1_333)],
        ),
        (
            "seven alike",
            Some(1),
            &[(2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 1), (8, 1)],
            60,
            &[
                (1, 6_000),
                (2, 572),
                (3, 572),
                (4, 572),
                (5, 571),
                (6, 571),
                (7, 571),
                (8, 571),
            ],
        ),
        (
            "work noted twice counts together",
            Some(1),
            &[(2, 1), (3, 2), (2, 1)],
            50,
            &[(1, 5_000), (2, 2_500), (3, 2_500)],
        ),
        (
            "who did nothing gets nothing",
            Some(1),
            &[(2, 0), (3, 2)],
            60,
            &[(1, 6_000), (3, 4_000)],
        ),
        (
            "nobody owns it",
            None,
            &[(2, 1), (3, 2)],
            60,
            &[(3, 6_667), (2, 3_333)],
        ),
        ("nobody at all", None, &[], 60, &[]),
        (
            "the owner gets everything by the setting",
            Some(1),
            &[(2, 9)],
            100,
            &[(1, 10_000)],
        ),
        (
            "the owner gets nothing by the setting",
            Some(1),
            &[(2, 9)],
            0,
            &[(2, 10_000)],
        ),
        (
            "a tiny part is no part",
            Some(1),
            &[(2, 1), (3, 1_000_000)],
            60,
            &[(1, 6_000), (3, 4_000)],
        ),
    ];
    for (case, owner, points, percent, expected) in cases {
        let found: Vec<(u128, i32)> = shares(owner.map(who), &work(points), *percent)
            .iter()
            .map(|share| (share.member.as_u128(), share.share))
            .collect();
        assert_eq!(found, *expected, "{case}");
    }
}

#[test]
fn roles_say_who_owned_it() {
    let all = shares(Some(who(1)), &work(&[(2, 1)]), 60);
    assert_eq!(
        (all[0].role, all[1].role),
        (CreditRole::Owner, CreditRole::Contributor)
    );
}

#[test]
fn what_a_person_may_set() {
    use UserErrorCode::{Invalid, RuleViolated};
    let present = shares(Some(who(1)), &work(&[(2, 1)]), 60);
    let wanted = |parts: &[(u128, i32)]| -> Vec<Wanted> {
        parts
            .iter()
            .map(|(n, percent)| Wanted {
                member: who(*n),
                percent: *percent,
            })
            .collect()
    };
    for (case, parts, setter, expected) in [
        (
            "a lead shares it anew",
            &[(1, 30), (2, 70)][..],
            Some(9),
            None,
        ),
        ("somebody new", &[(1, 50), (3, 50)], Some(9), None),
        ("too little", &[(1, 50), (2, 49)], Some(9), Some(Invalid)),
        ("too much", &[(1, 50), (2, 51)], Some(9), Some(Invalid)),
        (
            "twice the same",
            &[(1, 50), (1, 50)],
            Some(9),
            Some(Invalid),
        ),
        (
            "nothing is no share",
            &[(1, 100), (2, 0)],
            Some(9),
            Some(Invalid),
        ),
        (
            "below nothing",
            &[(1, 101), (2, -1)],
            Some(9),
            Some(Invalid),
        ),
        ("nobody", &[], Some(9), Some(Invalid)),
        (
            "one's own up",
            &[(1, 61), (2, 39)],
            Some(1),
            Some(RuleViolated),
        ),
        (
            "oneself new",
            &[(1, 60), (2, 30), (9, 10)],
            Some(9),
            Some(RuleViolated),
        ),
        ("oneself alone", &[(9, 100)], Some(9), Some(RuleViolated)),
        ("one's own down", &[(1, 40), (2, 60)], Some(1), None),
        ("one's own as it was", &[(1, 60), (3, 40)], Some(1), None),
        ("the server itself", &[(1, 100)], None, None),
    ] {
        let found = set(&wanted(parts), Some(who(1)), &present, setter.map(who));
        assert_eq!(
            found.as_ref().err().map(|error| error.code),
            expected,
            "{case}"
        );
        if let Ok(shares) = found {
            assert_eq!(
                shares.iter().map(|share| share.share).sum::<i32>(),
                WHOLE,
                "{case}"
            );
        }
    }
}

proptest! {
    #[test]
    fn shares_are_whole_and_fair(
        owner in proptest::option::of(1_u128..6),
        points in proptest::collection::vec((1_u128..12, 0_u32..5_000), 0..20),
        percent in 0_i32..=100,
    ) {
        let work = work(&points);
        let all = shares(owner.map(who), &work, percent);
        let total: i32 = all.iter().map(|share| share.share).sum();
        let anybody = owner.is_some() || work.iter().any(|one| one.points > 0);
        prop_assert_eq!(total, if anybody { WHOLE } else { 0 });
        prop_assert!(all.iter().all(|share| share.share > 0));
        // Everybody once, and more work is never less credit.
        let members: BTreeSet<Uuid> = all.iter().map(|share| share.member).collect();
        prop_assert_eq!(members.len(), all.len());
        let sum = |member: Uuid| -> u64 {
            work.iter().filter(|one| one.member == member).map(|one| u64::from(one.points)).sum()
        };
        let others: Vec<&Share> = all.iter().filter(|share| share.role == CreditRole::Contributor).collect();
        for one in &others {
            for other in &others {
                if sum(one.member) > sum(other.member) {
                    prop_assert!(one.share >= other.share, "{:?} {:?}", one, other);
                }
            }
        }
        // No order of the input changes anything.
        let mut turned = work.clone();
        turned.reverse();
        prop_assert_eq!(all, shares(owner.map(who), &turned, percent));
    }
}
