//! Tables of good and bad expressions, and hostile ones.

mod checks;
mod random;

use super::*;
use crate::incentives::rules::catalogue::Level;
use crate::incentives::rules::testing::{catalogue, day, facts, number};
use crate::incentives::rules::trace::Nothing;
use crate::incentives::rules::value::Facts;

const LEVELS: [Level; 6] = [
    Level::Member,
    Level::Team,
    Level::Region,
    Level::Company,
    Level::Record,
    Level::Credit,
];

fn read(text: &str) -> Result<Expression, Vec<Problem>> {
    read_as(text, Some("CNY"), None)
}

fn read_as(
    text: &str,
    currency: Option<&str>,
    condition: Option<&str>,
) -> Result<Expression, Vec<Problem>> {
    let bounds = |least: &str, most: &str| Bounds {
        least: Some(number(least)),
        most: Some(number(most)),
    };
    let parameters = [
        ("rate".to_owned(), bounds("0.01", "0.2")),
        ("bonus".to_owned(), Bounds::default()),
    ]
    .into();
    let catalogue = catalogue();
    let scope = Scope {
        catalogue: &catalogue,
        levels: &LEVELS,
        source: Some("payment"),
        currency,
        parameters: &parameters,
        tiers: currency.map(|currency| Shape::Money(currency.to_owned())),
    };
    let condition =
        condition.map(|text| Expression::read(text, &scope, None).expect("a condition"));
    Expression::read(
        text,
        &scope,
        condition.as_ref().map(|condition| &condition.root),
    )
}

/// The first mistake: its place, and its text in English.
fn wrong(text: &str) -> (usize, usize, String) {
    let problems = read(text).expect_err(text);
    for problem in &problems {
        assert!(!problem.text.zh.is_empty() && problem.text.zh != problem.text.en);
    }
    let first = &problems[0];
    (first.offset, first.length, first.text.en.to_string())
}

/// What it comes to as words, with everything that isn't known as `?`.
fn came(text: &str, facts: &Facts) -> String {
    let expression = read(text).unwrap_or_else(|found| panic!("{text}: {found:?}"));
    let parameters = [
        ("rate".to_owned(), number("0.05")),
        ("bonus".to_owned(), number("300")),
    ]
    .into();
    let given = Given {
        facts,
        parameters: &parameters,
        tiers: Some(Computed::Money(number("120"))),
    };
    match expression.evaluate(&given).0 {
        Ok(Computed::Number(number)) => number.to_string(),
        Ok(Computed::Money(number)) => format!("¥{number}"),
        Ok(Computed::Truth(truth)) => truth.to_string(),
        Ok(Computed::Text(text)) => text.to_owned(),
        Ok(Computed::Day(day)) => day.to_string(),
        Err(Nothing::Missing { fact }) => format!("?{fact}"),
        Err(nothing) => format!("{nothing:?}"),
    }
}

#[test]
fn figures_are_exact_and_what_is_missing_stays_missing() {
    let facts = facts(&[
        ("payment.amount", "¥1234.56"),
        ("payment.day", "2026-10-15"),
        ("payment.kind", "renewal"),
        ("payment.new_customer", "false"),
        ("goal.progress", "103.5"),
        ("goal.target", "0"),
        ("appraisal.band", "good"),
    ]);
    for (text, result) in [
        ("payment.amount * rate", "¥61.728"),
        ("0.1 + 0.2", "0.3"),
        ("payment.amount / 3 * 3", "¥1234.56"),
        ("1 / 3", "0.3333333333333333333333333333"),
        ("int(goal.progress / 10) - 12", "-2"),
        ("-goal.progress", "-103.5"),
        ("money(bonus) + tiers", "¥420"),
        ("payment.amount / money(2)", "617.28"),
        ("days(payment.day, day(\"2026-11-01\"))", "17"),
        (
            "payment.day < day(\"2026-10-16\") && payment.kind != \"new\"",
            "true",
        ),
        ("appraisal.band in [\"excellent\", \"good\"]", "true"),
        ("appraisal.band in []", "false"),
        ("goal.progress in [1, 103.50]", "true"),
        ("max(goal.progress, 5, bonus)", "300"),
        ("min(payment.amount, money(500))", "¥500"),
        ("!payment.new_customer", "true"),
        // What isn't known stays so ...
        ("exam.score + 1", "?exam.score"),
        ("exam.score > 60 ? 1 : 0", "?exam.score"),
        ("max(exam.score, 5)", "?exam.score"),
        ("exam.score > 60 && true", "?exam.score"),
        // ... unless somebody asks, or it doesn't matter.
        ("has(exam.score) ? exam.score : 7", "7"),
        ("has(goal.target)", "true"),
        ("coalesce(exam.score, exam.passed, 7)", "7"),
        ("coalesce(exam.score, exam.passed)", "?exam.passed"),
        ("coalesce(goal.progress, 7)", "103.5"),
        ("exam.score > 60 || true", "true"),
        ("false && exam.score > 60", "false"),
        ("exam.score > 60 && false", "false"),
        ("goal.target > 0 ? 1 / goal.target : -1", "-1"),
        ("999999999999999 * 10", "TooLarge"),
        ("coalesce(999999999999999 * 10, 1)", "TooLarge"),
    ] {
        assert_eq!(came(text, &facts), result, "{text}");
    }
}

#[test]
fn what_does_not_fit_the_catalogue_comes_to_nothing() {
    let mut of = facts(&[("goal.progress", "good")]);
    assert_eq!(
        came("goal.progress + 1", &of),
        "Mistyped { fact: \"goal.progress\" }"
    );
    let dollars = crate::incentives::rules::value::Money {
        amount: 5,
        currency: "USD".into(),
    };
    let value = crate::incentives::rules::value::Value::Money(dollars);
    of.insert(
        "payment.amount".into(),
        crate::incentives::rules::value::FactValue::of(value),
    );
    assert_eq!(
        came("payment.amount * 2", &of),
        "OtherCurrency { fact: \"payment.amount\" }"
    );
    let expression =
        read("1 / (goal.target * 1 > 0 ? goal.target : 1)").expect_err("a guard of something else");
    assert!(expression[0].text.en.contains("may be nought"));
}

#[test]
fn every_part_is_told_in_its_order() {
    let facts = facts(&[("goal.progress", "120"), ("goal.target", "50")]);
    let expression =
        read("goal.progress > 100 ? money(goal.progress - 100) * 5 : money(0)").expect("an amount");
    let parameters = [].into();
    let given = Given {
        facts: &facts,
        parameters: &parameters,
        tiers: None,
    };
    let (_, lines) = expression.evaluate(&given);
    let parts: Vec<&str> = lines.iter().map(|line| line.part.as_str()).collect();
    assert_eq!(
        parts,
        [
            "goal.progress > 100",
            "goal.progress - 100",
            "money(goal.progress - 100)",
            "money(goal.progress - 100) * 5",
            "goal.progress > 100 ? money(goal.progress - 100) * 5 : money(0)",
        ]
    );
}

#[test]
fn hostile_expressions_are_refused_at_once() {
    let deep = |n: usize| format!("{}1{}", "(".repeat(n), ")".repeat(n));
    assert!(read(&deep(DEEPEST)).is_ok());
    assert!(wrong(&deep(DEEPEST + 1)).2.contains("deep"));
    assert!(wrong(&deep(400)).2.contains("deep"));
    let long = |n: usize| format!("1{}", "+1".repeat(n));
    assert!(read(&long(OPERATORS)).is_ok());
    assert!(wrong(&long(OPERATORS + 1)).2.contains("operators"));
    assert!(wrong(&"1+".repeat(5_000_000)).2.contains("too long"));
    assert!(wrong(&"[".repeat(900)).2.contains("deep"));
    let many = vec!["\"a\""; OPERATORS + 2].join(",");
    assert!(
        wrong(&format!("appraisal.band in [{many}]"))
            .2
            .contains("operators")
    );
    for text in [
        "[1,2].map(x, x*x)",
        "has([1].exists(x, true))",
        "{\"a\": 1}.a",
        "\"a\".matches(\"(a+)+$\")",
        "timestamp(\"2026-01-01\") > 1",
        "bytes(\"aaaa\")",
        "goal.progress[0]",
        "goal.progress.map(x, x)",
        "goal..progress",
        "null",
        "\u{0}",
        "1 \u{202e}+ 2",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
    let nested = format!("{}1", "goal.progress > 1 ? 2 : ".repeat(OPERATORS / 3));
    assert!(read(&nested).is_ok());
    let nested = format!("{}1{}", "min(2, ".repeat(DEEPEST), ")".repeat(DEEPEST));
    assert!(read(&nested).is_ok());
    assert!(read(&format!("{}goal.progress", "-".repeat(OPERATORS))).is_ok());
    // Each doubles what the one within it comes to.
    let growing = format!(
        "{}goal.progress{}",
        "(2*".repeat(DEEPEST),
        ")".repeat(DEEPEST)
    );
    assert_eq!(came(&growing, &facts(&[("goal.progress", "1")])), "4096");
}

#[test]
fn keys_of_the_language_are_taken() {
    for word in ["min", "coalesce", "tiers", "true", "in", "has", "money"] {
        assert!(is_reserved(word), "{word}");
    }
    assert!(!is_reserved("rate") && day("2026-10-01") < day("2026-10-02"));
}
