use super::*;
use crate::incentives::rules::award::Outcome;
use crate::incentives::rules::run::{Surroundings, members};
use crate::incentives::rules::testing::{id, member, october, rule};

fn given(member: u128, amount: i64) -> Given {
    Given {
        rule: id(1),
        member: id(member),
        currency: Some("CNY".into()),
        amount,
    }
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a number")
}

/// Four get 100, 200, 300 and 400; then the first gets nothing, the last 500 more, and a fifth 50.
#[test]
fn members_are_compared_before_and_after() {
    let before = [given(1, 100), given(2, 200), given(3, 300), given(4, 400)];
    let after = [
        given(2, 150),
        given(2, 50),
        given(3, 300),
        given(4, 900),
        given(5, 50),
    ];
    let compared = compare(&before, &after);
    assert_eq!(compared.len(), 1);
    let compared = &compared[0];
    let changes: Vec<(u128, i64, i64)> = compared
        .members
        .iter()
        .map(|one| (one.member.as_u128(), one.before, one.after))
        .collect();
    assert_eq!(
        changes,
        [
            (1, 100, 0),
            (2, 200, 200),
            (3, 300, 300),
            (4, 400, 900),
            (5, 0, 50)
        ]
    );
    assert_eq!((compared.gainers, compared.losers), (2, 1));
    assert_eq!(
        (compared.before.total, compared.after.total),
        (1_000, 1_450)
    );
    assert_eq!(compared.before.quantiles, Some([100, 100, 200, 300, 400]));
    assert_eq!(compared.before.gini, Some(decimal("0.25")));
    assert_eq!(compared.before.top_tenth, Some(decimal("40")));
}

#[test]
fn currencies_are_compared_apart() {
    let places = Given {
        currency: None,
        ..given(1, 1)
    };
    let compared = compare(&[places], &[given(1, 5)]);
    let currencies: Vec<Option<&str>> =
        compared.iter().map(|one| one.currency.as_deref()).collect();
    assert_eq!(currencies, [None, Some("CNY")]);
}

#[test]
fn spread_is_measured_exactly() {
    for (amounts, gini, top) in [
        (vec![100; 20], Some("0"), Some("10")),
        (vec![1, 1, 1, 97], Some("0.72"), Some("97")),
        (vec![100, -50], Some("0"), Some("100")),
        (vec![0, 0], None, None),
        (vec![-5], None, None),
    ] {
        let spread = distribution(amounts.clone());
        assert_eq!(spread.gini, gini.map(decimal), "{amounts:?}");
        assert_eq!(spread.top_tenth, top.map(decimal), "{amounts:?}");
    }
    assert_eq!(distribution([]).quantiles, None);
    assert_eq!(distribution([40, -70, 60]).largest, 70);
    assert_eq!(distribution(1..=10).quantiles, Some([1, 3, 5, 8, 9]));
}

/// 1 yuan for each point above the goal: the higher the goal, the less it costs.
#[test]
fn one_parameter_is_varied() {
    let rule = rule(
        "goal.progress > goal_line",
        "money(goal.progress - goal_line)",
        "parameters = [{ key = 'goal_line', name = 'Goal', nameZh = '目标', value = '100', least = '50', most = '150' }]",
    );
    let crew = [
        member(1, &[("goal.progress", "120")]),
        member(2, &[("goal.progress", "100")]),
    ];
    let run = |rule: &Rule| -> Vec<Given> {
        members(
            std::slice::from_ref(rule),
            october(),
            &Surroundings::default(),
            &crew,
        )
        .into_iter()
        .filter_map(|(_, outcome)| match outcome {
            Outcome::Awards(mut awards) => awards.pop(),
            Outcome::Nothing(_) => None,
        })
        .map(|award| Given {
            rule: award.rule.rule,
            member: award.member,
            currency: award.currency,
            amount: award.amount,
        })
        .collect()
    };
    let values = ["90", "100", "130", "200"].map(decimal);
    let points = sensitivity(&rule, "goal_line", &values, run);
    let totals: Vec<Option<(usize, i128)>> = points
        .iter()
        .map(|point| {
            let costs = point.costs.as_ref()?;
            Some(
                costs
                    .first()
                    .map_or((0, 0), |(_, spread)| (spread.members, spread.total)),
            )
        })
        .collect();
    assert_eq!(
        totals,
        [Some((2, 4_000)), Some((1, 2_000)), Some((0, 0)), None]
    );
}

#[test]
fn a_budget_that_is_hit_is_told() {
    let rule = rule(
        "true",
        "money(1)",
        "budget = { amount = 1000, period = 'YEAR', exhausted = 'PRO_RATA' }",
    );
    let used = budget_use(&rule, 400, [(500, 300), (500, 300)]).expect("a budget");
    assert!(used.is_exhausted());
    assert_eq!(used.percent(), Some(decimal("100")));
    let enough = budget_use(&rule, 0, [(500, 500)]).expect("a budget");
    assert!(!enough.is_exhausted());
    assert_eq!(enough.percent(), Some(decimal("50")));
}
