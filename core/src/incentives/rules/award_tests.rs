use super::*;
use crate::incentives::rules::recompute::{Mismatch, recompute};
use crate::incentives::rules::run;
use crate::incentives::rules::testing::{
    compiled, content, facts, id, member, october, payment, person, rule,
};
use crate::incentives::rules::value::FactValue;

/// What a rule gives a member with these facts, or why it gives nothing.
fn given(rule: &Rule, of: &[(&str, &str)]) -> Result<i64, Nothing> {
    let members = [member(1, of)];
    let outcome = run::members(
        std::slice::from_ref(rule),
        october(),
        &run::Surroundings::default(),
        &members,
    )
    .remove(0)
    .1;
    match outcome {
        Outcome::Awards(awards) => {
            assert_eq!(recompute(rule, &awards[0].trace), Ok(awards[0].amount));
            Ok(awards[0].amount)
        }
        Outcome::Nothing(trace) => {
            assert_eq!(recompute(rule, &trace), Ok(0));
            Err(trace.nothing.expect("a reason"))
        }
    }
}

#[test]
fn a_member_gets_what_the_rule_says() {
    let missing = |fact: &str| Err(Nothing::Missing { fact: fact.into() });
    let bonus = rule(
        "goal.progress >= 100",
        "money(goal.progress * 5)",
        "[caps]\nperAward = 60000",
    );
    for (of, amount) in [
        (&[("goal.progress", "100")][..], Ok(50_000)),
        (&[("goal.progress", "101.333")], Ok(50_667)),
        (&[("goal.progress", "150")], Ok(60_000)),
        (&[("goal.progress", "99.9999")], Err(Nothing::Condition)),
        (&[], missing("goal.progress")),
        (
            &[("goal.progress", "excellent")],
            Err(Nothing::Mistyped {
                fact: "goal.progress".into(),
            }),
        ),
    ] {
        assert_eq!(given(&bonus, of), amount, "{of:?}");
    }
    let nought = rule("true", "money(goal.progress - 100)", "");
    assert_eq!(
        given(&nought, &[("goal.progress", "90")]),
        Err(Nothing::Nought)
    );
    assert_eq!(
        given(&nought, &[("goal.progress", "100.001")]),
        Err(Nothing::Nought)
    );
    let kinder = rule("true", "money(coalesce(exam.score, 60) * 2)", "");
    assert_eq!(given(&kinder, &[]), Ok(12_000));
}

#[test]
fn tiers_come_before_the_amount() {
    let rule = rule(
        "true",
        "tiers * coalesce(appraisal.score, 100) / 100",
        "[tiers]\nbase = 'renewal.collected'\nmethod = 'SLICED'\nsteps = [\
         { from = '0', to = '10000', pays = { by = 'RATE', value = '0.03' } },\
         { from = '10000', pays = { by = 'RATE', value = '0.05' } }]",
    );
    for (of, amount) in [
        (&[("renewal.collected", "¥8000")][..], Ok(24_000)),
        (&[("renewal.collected", "¥12000")], Ok(40_000)),
        (
            &[("renewal.collected", "¥12000"), ("appraisal.score", "90")],
            Ok(36_000),
        ),
        (&[("renewal.collected", "¥0")], Err(Nothing::Nought)),
    ] {
        assert_eq!(given(&rule, of), amount, "{of:?}");
    }
}

#[test]
fn only_the_population_gets_something() {
    let department = id(901);
    let bonus = |population: &str| rule("true", "money(1)", &format!("[population]\n{population}"));
    for (population, gets) in [
        (String::new(), true),
        (format!("departments = ['{department}']"), true),
        (format!("departments = ['{}']", id(902)), false),
        (format!("teams = ['{}', '{}']", id(801), id(802)), true),
        (format!("positions = ['{}']", id(5)), false),
        ("leastMonths = 12".into(), true),
        ("leastMonths = 13".into(), false),
    ] {
        let expected = if gets {
            Ok(100)
        } else {
            Err(Nothing::Population)
        };
        assert_eq!(given(&bonus(&population), &[]), expected, "{population}");
    }
}

const COMMISSION: &str = "trigger = { on = 'PER_RECORD', source = 'payment' }\n[split]\nby = 'ROLE'\nunfilled = 'LAPSES'\n\
    roles = [{ role = 'collector', basisPoints = 8000 }, { role = 'seller', basisPoints = 2000 }]";

fn split_of(rule: &Rule, of: &[(&str, &str)], credits: &[(u128, &str, u32)]) -> Vec<(u128, i64)> {
    let people = (1..=4).map(|one| (id(one), member(one, &[]))).collect();
    let records = [payment(1, of, credits)];
    let outcomes = run::records(
        std::slice::from_ref(rule),
        october(),
        &run::Surroundings::default(),
        &people,
        &records,
    );
    outcomes
        .into_iter()
        .flat_map(|(_, outcome)| match outcome {
            Outcome::Awards(awards) => awards,
            Outcome::Nothing(_) => Vec::new(),
        })
        .map(|award| {
            assert_eq!(recompute(rule, &award.trace), Ok(award.amount));
            (award.member.as_u128(), award.amount)
        })
        .collect()
}

#[test]
fn a_commission_is_split_between_roles_to_the_last_fen() {
    let spread = COMMISSION.replace("LAPSES", "SPREAD");
    let paid = [("payment.amount", "¥1000.01")];
    for (more, credits, parts) in [
        // 50.0005 yuan are 50.00: 40.00 and 10.00.
        (
            COMMISSION,
            &[(1, "collector", 10_000), (2, "seller", 10_000)][..],
            &[(1, 4_000), (2, 1_000)][..],
        ),
        (
            COMMISSION,
            &[
                (1, "collector", 3_333),
                (3, "collector", 6_667),
                (2, "seller", 10_000),
            ],
            &[(1, 1_333), (3, 2_667), (2, 1_000)],
        ),
        (COMMISSION, &[(1, "collector", 10_000)], &[(1, 4_000)]),
        (&spread, &[(1, "collector", 10_000)], &[(1, 5_000)]),
        (COMMISSION, &[(1, "assistant", 10_000)], &[]),
        (
            COMMISSION,
            &[(1, "collector", 10_000), (1, "seller", 10_000)],
            &[(1, 4_000), (1, 1_000)],
        ),
        // Nobody knows the ninth, who isn't there any more.
        (
            COMMISSION,
            &[(9, "collector", 10_000), (2, "seller", 10_000)],
            &[(2, 1_000)],
        ),
    ] {
        let rule = rule("true", "payment.amount * 0.05", more);
        assert_eq!(split_of(&rule, &paid, credits), parts, "{credits:?}");
    }
}

#[test]
fn without_a_split_each_one_is_evaluated_by_role_and_share() {
    let rule = rule(
        "payment.role == 'collector' && payment.kind == 'renewal'",
        "payment.amount * 0.04 * payment.share",
        "trigger = { on = 'PER_RECORD', source = 'payment' }",
    );
    let paid = [("payment.amount", "¥10000"), ("payment.kind", "renewal")];
    let credits = [
        (1, "collector", 7_500),
        (2, "collector", 2_500),
        (3, "seller", 10_000),
    ];
    assert_eq!(split_of(&rule, &paid, &credits), [(1, 30_000), (2, 10_000)]);
}

#[test]
fn a_team_shares_equally() {
    let rule = rule(
        "team.goal_progress >= 100",
        "money(100)",
        "split = { by = 'EQUAL' }\n[population]\nleastMonths = 6",
    );
    let fresh = Person {
        months: 1,
        ..person(4)
    };
    let team = run::Team {
        id: id(801),
        members: vec![person(3), fresh, person(1), person(2)],
    };
    let around = run::Surroundings {
        teams: [(id(801), facts(&[("team.goal_progress", "100")]))].into(),
        ..run::Surroundings::default()
    };
    let outcomes = run::teams(std::slice::from_ref(&rule), october(), &around, &[team]);
    let Outcome::Awards(awards) = &outcomes[0].1 else {
        panic!("{outcomes:?}");
    };
    let parts: Vec<(u128, i64)> = awards
        .iter()
        .map(|award| (award.member.as_u128(), award.amount))
        .collect();
    assert_eq!(parts, [(1, 3_334), (2, 3_333), (3, 3_333)]);
}

#[test]
fn a_trace_that_was_changed_does_not_hold() {
    let rule = rule("goal.progress >= 100", "money(goal.progress)", "");
    let outcome = run::members(
        std::slice::from_ref(&rule),
        october(),
        &run::Surroundings::default(),
        &[member(1, &[("goal.progress", "120")])],
    )
    .remove(0)
    .1;
    let Outcome::Awards(mut awards) = outcome else {
        panic!("{outcome:?}");
    };
    let trace = awards.remove(0).trace;
    assert_eq!(
        trace.facts["goal.progress"].records,
        ["record_goal.progress"]
    );
    let json = serde_json::to_string(&trace).expect("JSON");
    assert_eq!(
        serde_json::from_str::<Trace>(&json).ok().as_ref(),
        Some(&trace)
    );
    let more = Trace {
        amount: 12_001,
        ..trace.clone()
    };
    assert_eq!(recompute(&rule, &more), Err(Mismatch::Amount(12_000)));
    let mut other = trace.clone();
    let value = Value::Number("130".parse().expect("a number"));
    other
        .facts
        .insert("goal.progress".into(), FactValue::of(value));
    // The condition holds as it did, but its words and the amount don't.
    assert_eq!(recompute(&rule, &other), Err(Mismatch::Step(1)));
    let mut shorter = trace.clone();
    shorter.steps.pop();
    assert_eq!(recompute(&rule, &shorter), Err(Mismatch::Step(2)));
    let mut longer = trace.clone();
    longer.steps.push(trace.steps[0].clone());
    assert_eq!(recompute(&rule, &longer), Err(Mismatch::Order(3)));
    let newer = compiled(7, content("true", "money(1)", ""));
    assert_eq!(recompute(&newer, &trace), Err(Mismatch::Rule));
}

use crate::incentives::rules::value::Value;
