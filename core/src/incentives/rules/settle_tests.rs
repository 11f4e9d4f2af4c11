use super::*;
use crate::incentives::rules::content::RuleContent;
use crate::incentives::rules::testing::{compiled, content, day, id};

fn pending(rule: u128, member: u128, amount: i64) -> Pending {
    Pending {
        rule: id(rule),
        member: id(member),
        day: day("2026-10-01"),
        subject: id(member).to_string(),
        part: 0,
        amount,
    }
}

fn amounts(rules: &[RuleContent], pending: &[Pending], spent: i64) -> Vec<i64> {
    let rules: Vec<Rule> = (1..)
        .zip(rules)
        .map(|(number, content)| compiled(number, content.clone()))
        .collect();
    let rules: Vec<&Rule> = rules.iter().collect();
    settle(&rules, pending, &|_| spent)
        .into_iter()
        .map(|settled| {
            assert_eq!(settled.amount == 0, settled.nothing.is_some());
            settled.amount
        })
        .collect()
}

fn plain(more: &str) -> RuleContent {
    content("true", "money(1)", more)
}

#[test]
fn caps_of_members_come_in_the_order_of_days() {
    let rules = [plain("[caps]\nperMember = 1000")];
    let later = Pending {
        day: day("2026-10-09"),
        ..pending(1, 1, 800)
    };
    let first = Pending {
        day: day("2026-10-02"),
        ..pending(1, 1, 700)
    };
    assert_eq!(
        amounts(&rules, &[later, first, pending(1, 2, 900)], 0),
        [300, 700, 900]
    );
}

#[test]
fn one_rule_of_a_group_gives_or_all_do() {
    let stacked = |mode: &str, priority: u32, more: &str| {
        plain(&format!(
            "stacking = {{ group = 'g', mode = '{mode}', priority = {priority} }}\n{more}"
        ))
    };
    let asks = [
        pending(1, 1, 500),
        pending(2, 1, 300),
        pending(1, 2, 50),
        pending(3, 1, 7),
    ];
    for (mode, more, left) in [
        ("EXCLUSIVE", "", [0, 300, 50, 7]),
        ("BEST", "", [500, 0, 50, 7]),
        ("SUM", "", [500, 300, 50, 7]),
        // What a cap leaves counts, not what it was before.
        ("BEST", "[caps]\nperMember = 200", [0, 300, 50, 7]),
    ] {
        let rules = [stacked(mode, 2, more), stacked(mode, 1, ""), plain("")];
        assert_eq!(amounts(&rules, &asks, 0), left, "{mode} {more}");
    }
}

#[test]
fn budgets_run_out_in_three_ways() {
    let asks = [pending(1, 1, 300), pending(1, 2, 300), pending(1, 3, 100)];
    for (way, spent, left) in [
        ("PRO_RATA", 0, [300, 300, 100]),
        ("PRO_RATA", 300, [300, 300, 100]),
        ("PRO_RATA", 650, [150, 150, 50]),
        ("FIRST_COME", 500, [300, 200, 0]),
        ("STOP", 500, [300, 0, 0]),
        ("STOP", 1_000, [0, 0, 0]),
    ] {
        let rules = [plain(&format!(
            "budget = {{ amount = 1000, period = 'YEAR', exhausted = '{way}' }}"
        ))];
        assert_eq!(amounts(&rules, &asks, spent), left, "{way} {spent}");
    }
}

#[test]
fn the_cap_of_a_rule_comes_before_its_budget() {
    let rules = [plain(
        "caps = { perRule = 600 }\nbudget = { amount = 300, period = 'MONTH', exhausted = 'FIRST_COME' }",
    )];
    let asks = [pending(1, 1, 800), pending(1, 2, 400)];
    assert_eq!(amounts(&rules, &asks, 0), [300, 0]);
}

#[test]
fn awards_of_unknown_rules_stay_as_they_are() {
    assert_eq!(amounts(&[], &[pending(9, 1, 5)], 0), [5]);
}
