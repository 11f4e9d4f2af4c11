use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::incentives::definitions::simulations::result::Row;
use crate::incentives::rules::simulation::{Given, compare};

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Members 1, 2, 3 ... with what they get before and after.
fn outcome(amounts: &[(i64, i64)], people: u64) -> Outcome {
    let given = |side: fn(&(i64, i64)) -> i64| -> Vec<Given> {
        (1..)
            .zip(amounts)
            .map(|(member, amount)| Given {
                rule: id(100),
                member: id(member),
                currency: Some("CNY".to_owned()),
                amount: side(amount),
            })
            .filter(|one| one.amount != 0)
            .collect()
    };
    let compared = compare(&given(|one| one.0), &given(|one| one.1));
    let comparisons = compared.into_iter().map(|one| Compared {
        currency: one.currency,
        members: one
            .members
            .iter()
            .map(|row| Row(row.member, row.before, row.after))
            .collect(),
        gainers: Some(one.gainers),
        losers: Some(one.losers),
        before: Some(one.before.into()),
        after: Some(one.after.into()),
    });
    let comparisons: Vec<Compared> = comparisons.collect();
    let rule = OfRule {
        version: id(200),
        currency: Some("CNY".to_owned()),
        candidate: true,
        people,
        cases: people,
        missing: BTreeMap::new(),
        against: None,
        before: None,
        after: comparisons.first().and_then(|one| one.after.clone()),
    };
    Outcome {
        comparisons,
        rules: vec![rule],
        ..Outcome::default()
    }
}

fn nobody() -> Sight {
    Sight::Of(BTreeSet::new())
}

#[test]
fn who_may_see_pay_sees_everything() {
    let all = outcome(&[(100, 200)], 1);
    assert_eq!(shown(all.clone(), &Sight::All, 3), all);
}

#[test]
fn others_see_totals_of_enough_people_and_no_single_amounts() {
    for (amounts, people, seen, why) in [
        (
            &[(100, 200), (100, 200), (100, 200)][..],
            9,
            true,
            "three gain",
        ),
        (&[(100, 200), (100, 200)][..], 9, false, "two get something"),
        (
            &[(100, 200), (100, 100), (100, 100), (100, 100)][..],
            9,
            false,
            "one gains",
        ),
        (
            &[(100, 100), (100, 100), (100, 100), (0, 100)][..],
            9,
            false,
            "one is new",
        ),
        (
            &[(100, 100), (100, 100), (100, 100)][..],
            9,
            true,
            "nothing changes",
        ),
        (
            &[(100, 200), (100, 200), (100, 200)][..],
            2,
            false,
            "the rule is for two",
        ),
    ] {
        let shown = shown(outcome(amounts, people), &nobody(), 3);
        let one = &shown.comparisons[0];
        assert_eq!(one.members, [], "{why}");
        assert_eq!(one.after.is_some(), seen, "{why}");
        assert_eq!(one.gainers.is_some(), seen, "{why}");
        if let Some(after) = &one.after {
            assert_eq!((after.quantiles, after.top_tenth), (None, None), "{why}");
        }
    }
}

#[test]
fn rows_of_ones_own_people_are_shown_unless_the_rest_is_few() {
    let four = [(100, 200); 4];
    let of = |members: &[u128]| Sight::Of(members.iter().map(|one| id(*one)).collect());
    let one = shown(outcome(&four, 9), &of(&[1]), 3);
    assert_eq!(one.comparisons[0].members, [Row(id(1), 100, 200)]);
    assert!(one.comparisons[0].after.is_some());
    // Who knows two of four knows the sum of the two others from the total.
    let two = shown(outcome(&four, 9), &of(&[1, 2]), 3);
    assert_eq!(two.comparisons[0].members.len(), 2);
    assert!(two.comparisons[0].after.is_none());
}

proptest! {
    #[test]
    fn nothing_shown_depends_on_how_amounts_are_spread_within_a_group(
        amounts in prop::collection::vec((1..1_000_i64, 1..1_000_i64), 1..12), least in 2..6_usize)
    {
        // Two members who gain or lose alike swap what they get: totals stay, and so must all that is shown.
        let mut swapped = amounts.clone();
        swapped.reverse();
        let one = shown(outcome(&amounts, 99), &nobody(), least);
        let other = shown(outcome(&swapped, 99), &nobody(), least);
        prop_assert_eq!(&one, &other);
        for compared in &one.comparisons {
            for spread in [&compared.before, &compared.after].into_iter().flatten() {
                prop_assert!(spread.members >= least);
            }
        }
    }
}
