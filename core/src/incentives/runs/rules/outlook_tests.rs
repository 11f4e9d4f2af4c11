//! What is missing, as a member would read it.

use super::*;
use crate::incentives::rules::award::Credited;
use crate::incentives::rules::testing::{catalogue, facts, id, number, october, person, rule};
use crate::incentives::rules::trace::Subject;

fn look(rule: &Rule, of: &[(&str, &str)]) -> Outlook {
    let known = facts(of);
    let people = [Credited {
        person: person(1),
        role: None,
        share: 10_000,
    }];
    let case = Case {
        period: october(),
        subject: &Subject::Member { id: id(1) },
        facts: &[&known],
        people: &people,
    };
    outlook(rule, &catalogue(), &case)
}

const STEPS: &str = "[tiers]\nbase = 'metric.tickets_resolved'\nmethod = 'WHOLE'\n\
    steps = [{ from = '50', to = '80', pays = { by = 'AMOUNT', value = '200' } }, { from = '80', pays = { by = 'AMOUNT', value = '500' } }]\n";

#[test]
fn the_next_step_and_how_far_it_is() {
    let rule = rule("true", "tiers", STEPS);
    for (resolved, amount, next) in [
        ("30", 0, Some((0, "50", "20"))),
        ("50", 20_000, Some((1, "80", "30"))),
        ("79", 20_000, Some((1, "80", "1"))),
        ("80", 50_000, None),
    ] {
        let found = look(&rule, &[("metric.tickets_resolved", resolved)]);
        assert_eq!(found.amount, Some(amount), "{resolved}");
        let told = found
            .next
            .map(|next| (next.tier, next.from, next.distance.expect("a distance")));
        let next = next.map(|(tier, from, distance)| (tier, number(from), number(distance)));
        assert_eq!(told, next, "{resolved}");
    }
}

#[test]
fn each_part_of_a_condition_that_fails_with_its_distance() {
    let rule = rule(
        "metric.satisfaction >= 4.5 && incident.count < 1 && 20 <= metric.tickets_resolved && tenure.months > 20",
        "money(100)",
        "",
    );
    let found = look(
        &rule,
        &[
            ("metric.satisfaction", "4.2"),
            ("incident.count", "0"),
            ("metric.tickets_resolved", "15"),
            ("tenure.months", "4"),
        ],
    );
    let told: Vec<(String, Option<Number>, bool)> = found
        .unmet
        .iter()
        .map(|unmet| {
            let fact = unmet.fact.clone().expect("a fact");
            (fact, unmet.distance, unmet.beyond)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("metric.satisfaction".to_owned(), Some(number("0.3")), false),
            (
                "metric.tickets_resolved".to_owned(),
                Some(number("5")),
                false
            ),
            ("tenure.months".to_owned(), Some(number("16")), true),
        ]
    );
    assert_eq!(found.nothing, Some(Nothing::Condition));
}

#[test]
fn what_hangs_on_others_figures_may_hold() {
    let rule = rule(
        "team.satisfaction >= 4.5 && metric.tickets_resolved >= 20",
        "money(100)",
        "",
    );
    let found = look(&rule, &[("metric.tickets_resolved", "15")]);
    let told: Vec<Option<&str>> = found.unmet.iter().map(|one| one.fact.as_deref()).collect();
    assert_eq!(told, [Some("metric.tickets_resolved")]);
    assert_eq!((found.amount, found.nothing), (None, None));
    let found = look(&rule, &[("metric.tickets_resolved", "20")]);
    assert_eq!((found.amount, found.unmet), (None, Vec::new()));
}

#[test]
fn unknown_figures_arent_told() {
    let rule = rule("metric.satisfaction >= 4.5", "money(100)", "");
    let unknown = look(&rule, &[]);
    assert_eq!(unknown.unmet[0].now, None);
    assert_eq!(unknown.unmet[0].wanted, Some(number("4.5")));
    assert_eq!(unknown.amount, Some(0));
}

#[test]
fn what_records_give_is_told_by_its_condition_alone() {
    let trigger = "[trigger]\non = 'PER_RECORD'\nsource = 'payment'\n";
    let rule = rule(
        "payment.kind == \"renewal\" && metric.satisfaction >= 4.5",
        "payment.amount * 0.05",
        trigger,
    );
    let found = look(&rule, &[("metric.satisfaction", "4.2")]);
    assert_eq!(
        (found.amount, found.nothing, found.unmet.len()),
        (None, None, 1)
    );
}

#[test]
fn a_member_reaches_no_more_than_the_cap() {
    let rule = rule("true", "money(100)", "[caps]\nperMember = 6000");
    assert_eq!(look(&rule, &[]).amount, Some(6_000));
}

#[test]
fn a_part_about_one_fact_names_it() {
    for (condition, fact, now) in [
        (
            "has(metric.tickets_resolved)",
            Some("metric.tickets_resolved"),
            None,
        ),
        ("!has(incident.count)", Some("incident.count"), Some("2")),
        (
            "incident.count in [0, 1]",
            Some("incident.count"),
            Some("2"),
        ),
        (
            "!has(incident.count) || incident.count < 1",
            Some("incident.count"),
            Some("2"),
        ),
        ("incident.count < 1 || tenure.months > 60", None, None),
        ("1 > 2", None, None),
    ] {
        let rule = rule(condition, "money(100)", "");
        let found = look(&rule, &[("incident.count", "2"), ("tenure.months", "4")]);
        let [unmet] = found.unmet.try_into().expect("one part");
        assert_eq!(unmet.fact.as_deref(), fact, "{condition}");
        assert_eq!(unmet.now, now.map(number), "{condition}");
        assert_eq!((unmet.wanted, unmet.distance), (None, None), "{condition}");
    }
}
