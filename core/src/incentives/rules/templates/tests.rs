//! Every template can be saved, and gives what its purpose says: worked examples.

use super::*;
use crate::incentives::rules::award::{Outcome, Person};
use crate::incentives::rules::checking::{faults, together};
use crate::incentives::rules::content::{Kind, Method};
use crate::incentives::rules::monotone::violation;
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::run::{Record, Surroundings, Team, members, records, teams};
use crate::incentives::rules::testing::{
    catalogue, compiled, facts, id, member, october, payment, person,
};

fn template(key: &str) -> Rule {
    let template = all("CNY").into_iter().find(|template| template.key == key);
    compiled(1, template.expect("a template").content)
}

/// What a template gives a member with these facts.
fn gives(key: &str, of: &[(&str, &str)]) -> i64 {
    let rule = template(key);
    let crew = [member(1, of)];
    assert_eq!(violation(&rule, &crew[0].facts), None, "{key}");
    match members(&[rule], october(), &Surroundings::default(), &crew)
        .remove(0)
        .1
    {
        Outcome::Awards(awards) => awards[0].amount,
        Outcome::Nothing(_) => 0,
    }
}

/// What a template gives for a record, by member.
fn pays(key: &str, record: Record) -> Vec<(u128, i64)> {
    let people = (1..=3).map(|one| (id(one), member(one, &[]))).collect();
    match records(
        &[template(key)],
        october(),
        &Surroundings::default(),
        &people,
        &[record],
    )
    .remove(0)
    .1
    {
        Outcome::Awards(awards) => awards
            .iter()
            .map(|award| (award.member.as_u128(), award.amount))
            .collect(),
        Outcome::Nothing(_) => Vec::new(),
    }
}

#[test]
fn every_template_can_be_saved_and_every_method_has_one() {
    let templates = all("CNY");
    assert_eq!(templates.len(), FILES.len());
    for template in &templates {
        assert_eq!(
            faults(&template.content, &catalogue()),
            [],
            "{}",
            template.key
        );
        let json = serde_json::to_string(&template.content).expect("JSON");
        assert_eq!(RuleContent::read(&json).as_ref(), Ok(&template.content));
    }
    for method in [
        Method::Goal,
        Method::Honour,
        Method::Contest,
        Method::PositiveReinforcement,
        Method::NegativeReinforcement,
        Method::Feedback,
        Method::Renewal,
    ] {
        assert!(
            templates
                .iter()
                .any(|template| template.content.method == method),
            "{method:?}"
        );
    }
    let contents: Vec<&RuleContent> = templates.iter().map(|template| &template.content).collect();
    assert_eq!(together(&contents), []);
    let dollars = all("USD");
    assert!(
        dollars
            .iter()
            .all(|template| template.content.currency.as_deref() != Some("CNY"))
    );
    assert!(
        templates
            .iter()
            .any(|template| template.content.kind == Kind::Commission)
    );
}

#[test]
fn goals_pay_in_steps() {
    for (progress, fen) in [
        ("99.9", 0),
        ("100", 100_000),
        ("109.99", 100_000),
        ("110", 150_000),
        ("150", 200_000),
    ] {
        assert_eq!(
            gives("goal_bonus", &[("goal.progress", progress)]),
            fen,
            "{progress}"
        );
    }
}

#[test]
fn a_team_shares_its_bonus() {
    let around = Surroundings {
        teams: [(id(801), facts(&[("team.goal_progress", "104")]))].into(),
        ..Surroundings::default()
    };
    let team = Team {
        id: id(801),
        members: (1..=3).map(person).collect::<Vec<Person>>(),
    };
    let Outcome::Awards(awards) =
        teams(&[template("team_goal_bonus")], october(), &around, &[team])
            .remove(0)
            .1
    else {
        panic!("a bonus");
    };
    let amounts: Vec<i64> = awards.iter().map(|award| award.amount).collect();
    assert_eq!(amounts, [166_667, 166_667, 166_666]);
}

#[test]
fn honours_deductions_and_talks_follow_from_facts() {
    for (key, of, amount) in [
        (
            "star_of_the_quarter",
            &[
                ("appraisal.band", "excellent"),
                ("metric.satisfaction", "4.8"),
            ][..],
            1,
        ),
        (
            "star_of_the_quarter",
            &[
                ("appraisal.band", "excellent"),
                ("metric.satisfaction", "4.4"),
            ],
            0,
        ),
        ("star_of_the_quarter", &[("appraisal.band", "excellent")], 0),
        (
            "star_of_the_quarter",
            &[("appraisal.band", "good"), ("metric.satisfaction", "5")],
            0,
        ),
        (
            "satisfaction_bonus",
            &[
                ("metric.tickets_resolved", "40"),
                ("metric.satisfied", "96.5"),
            ],
            32_500,
        ),
        (
            "satisfaction_bonus",
            &[
                ("metric.tickets_resolved", "19"),
                ("metric.satisfied", "100"),
            ],
            0,
        ),
        (
            "satisfaction_bonus",
            &[
                ("metric.tickets_resolved", "40"),
                ("metric.satisfied", "100"),
            ],
            50_000,
        ),
        (
            "workload_bonus",
            &[
                ("metric.tickets_resolved", "120"),
                ("metric.resolutions_held", "95"),
            ],
            10_000,
        ),
        // 50 at 5 yuan and 10 at 8.
        (
            "workload_bonus",
            &[
                ("metric.tickets_resolved", "160"),
                ("metric.resolutions_held", "95"),
            ],
            33_000,
        ),
        (
            "workload_bonus",
            &[
                ("metric.tickets_resolved", "160"),
                ("metric.resolutions_held", "89"),
            ],
            0,
        ),
        ("suggestion_bonus", &[("suggestion.adopted", "3")], 60_000),
        ("suggestion_bonus", &[("suggestion.adopted", "0")], 0),
        ("conduct_deduction", &[("incident.count", "2")], 20_000),
        ("conduct_deduction", &[("incident.count", "0")], 0),
        ("feedback_talk", &[("appraisal.score", "71.5")], 1),
        ("feedback_talk", &[], 0),
    ] {
        assert_eq!(gives(key, of), amount, "{key} {of:?}");
    }
}

#[test]
fn contests_pay_the_first_three() {
    for (rank, fen) in [("1", 200_000), ("2", 100_000), ("3", 50_000), ("4", 0)] {
        let mut award = payment(
            1,
            &[("contest_award.rank", rank)],
            &[(1, "entrant", 10_000)],
        );
        award.source = "contest_award".into();
        let paid: i64 = pays("contest_prize", award)
            .iter()
            .map(|(_, amount)| amount)
            .sum();
        assert_eq!(paid, fen, "{rank}");
    }
}

/// 10,000 yuan are collected.
#[test]
fn commission_is_paid_on_money_collected_only() {
    let money = |amount: &'static str, kind: &'static str, fresh: &'static str| {
        [
            ("payment.amount", amount),
            ("payment.kind", kind),
            ("payment.new_customer", fresh),
        ]
    };
    let both = [(1, "collector", 10_000), (2, "seller", 10_000)];
    for (key, of, credits, paid) in [
        // 4 % for the collector, 1 % for the seller.
        (
            "renewal_commission",
            money("¥10000", "renewal", "false"),
            &both[..],
            &[(1, 40_000), (2, 10_000)][..],
        ),
        (
            "renewal_commission",
            money("¥10000", "renewal", "false"),
            &both[..1],
            &[(1, 40_000)],
        ),
        (
            "renewal_commission",
            money("¥10000", "new", "true"),
            &both,
            &[],
        ),
        (
            "renewal_commission",
            money("¥-10000", "renewal", "false"),
            &both,
            &[],
        ),
        // 15 %, all of it for the seller where nobody has helped.
        (
            "new_customer_commission",
            money("¥10000", "new", "true"),
            &[(2, "seller", 10_000)],
            &[(2, 150_000)],
        ),
        (
            "new_customer_commission",
            money("¥10000", "new", "true"),
            &[(2, "seller", 10_000), (3, "assistant", 10_000)],
            &[(2, 127_500), (3, 22_500)],
        ),
        (
            "new_customer_commission",
            money("¥10000", "new", "false"),
            &[(2, "seller", 10_000)],
            &[],
        ),
    ] {
        assert_eq!(
            pays(key, payment(1, &of, credits)),
            paid,
            "{key} {of:?} {credits:?}"
        );
    }
}

/// What the bounds of the rates mean for the people.
#[test]
fn rates_stay_within_what_was_agreed() {
    for (key, least, most) in [
        ("renewal_commission", (300, 75), (500, 125)),
        ("new_customer_commission", (0, 850), (0, 1_700)),
    ] {
        let rule = template(key);
        let parameter = &rule.content().parameters[0];
        for (bound, (collector, seller)) in [(parameter.least, least), (parameter.most, most)] {
            let rule = rule
                .with("rate", bound.expect("a bound"))
                .expect("within bounds");
            let people = (1..=2).map(|one| (id(one), member(one, &[]))).collect();
            let fresh = if key == "renewal_commission" {
                "renewal"
            } else {
                "new"
            };
            let of = [
                ("payment.amount", "¥100"),
                ("payment.kind", fresh),
                ("payment.new_customer", "true"),
            ];
            let mut credits = vec![(2, "seller", 10_000)];
            if collector > 0 {
                credits.push((1, "collector", 10_000));
            } else {
                credits.push((1, "assistant", 10_000));
            }
            let (_, outcome) = records(
                &[rule],
                october(),
                &Surroundings::default(),
                &people,
                &[payment(1, &of, &credits)],
            )
            .remove(0);
            let Outcome::Awards(awards) = outcome else {
                panic!("{outcome:?}");
            };
            let of = |member| {
                awards
                    .iter()
                    .find(|award| award.member == id(member))
                    .map_or(0, |award| award.amount)
            };
            assert_eq!(of(2), seller, "{key}");
            if collector > 0 {
                assert_eq!(of(1), collector, "{key}");
            }
        }
        assert_eq!(rule.with("rate", crate::decimal::Decimal(10_000)), None);
    }
}
