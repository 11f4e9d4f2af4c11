//! Tables of good and bad expressions, hostile ones, and random ones.

use proptest::prelude::*;

use super::*;
use crate::incentives::rules::catalogue::Level;
use crate::incentives::rules::testing::{catalogue, day, facts, number};
use crate::incentives::rules::trace::Nothing;
use crate::incentives::rules::value::{Facts, Number};

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

/// A number as it can be written, and what it comes to, without a parser.
#[derive(Clone, Debug)]
enum Sum {
    Number(i32),
    Fact(usize),
    Two(char, Box<Sum>, Box<Sum>),
    Choice(Box<Sum>, Box<Sum>),
}

const KEYS: [&str; 3] = ["goal.progress", "goal.target", "exam.score"];

impl Sum {
    fn write(&self) -> String {
        match self {
            Self::Number(parts) => format!("{}.{:02}", parts / 100, parts % 100),
            Self::Fact(place) => KEYS[*place].to_owned(),
            Self::Two(sign, one, other) => format!("({} {sign} {})", one.write(), other.write()),
            Self::Choice(one, other) => {
                let (one, other) = (one.write(), other.write());
                format!("({one} < {other} ? {one} : {other})")
            }
        }
    }

    /// In hundredths to the power of how many factors there are; overflows are none.
    fn reckon(&self, values: &[i64; 3]) -> Option<Number> {
        match self {
            Self::Number(parts) => Number::from_minor((*parts).into(), 2),
            Self::Fact(place) => Number::from_minor(values[*place], 4),
            Self::Two(sign, one, other) => {
                let (one, other) = (one.reckon(values)?, other.reckon(values)?);
                match sign {
                    '+' => one.plus(other),
                    '-' => one.minus(other),
                    _ => one.times(other),
                }
            }
            Self::Choice(one, other) => Some(one.reckon(values)?.min(other.reckon(values)?)),
        }
    }
}

fn sums() -> impl Strategy<Value = Sum> {
    let leaf = prop_oneof![
        (0..100_000_i32).prop_map(Sum::Number),
        (0..3_usize).prop_map(Sum::Fact)
    ];
    leaf.prop_recursive(3, 12, 2, |inner| {
        let two = (inner.clone(), inner);
        prop_oneof![
            (prop::sample::select(vec!['+', '-', '*']), two.clone())
                .prop_map(|(sign, (one, other))| Sum::Two(sign, Box::new(one), Box::new(other))),
            two.prop_map(|(one, other)| Sum::Choice(Box::new(one), Box::new(other))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn random_texts_are_refused_or_read_but_never_break(text in ".{0,60}") {
        let _ = read(&text);
    }

    #[test]
    fn random_words_are_refused_or_read_but_never_break(words in prop::collection::vec(
        prop::sample::select(vec!["goal.progress", "payment.amount", "appraisal.band", "rate", "tiers", "1", "0", "2.5", "\"a\"",
            "+", "-", "*", "/", "(", ")", "[", "]", "?", ":", "<", ">=", "==", "in", "!", "&&", "||", ",", "true", "min(",
            "max(", "has(", "coalesce(", "money(", "int(", "day(", "days(", "\n"]), 0..24))
    {
        let text = words.join(" ");
        match read(&text) {
            Ok(expression) => {
                let of = facts(&[("goal.progress", "1.5"), ("payment.amount", "¥5")]);
                let parameters = [("rate".to_owned(), number("0.05"))].into();
                let given = Given { facts: &of, parameters: &parameters, tiers: None };
                let once = expression.evaluate(&given);
                prop_assert_eq!(&once, &expression.evaluate(&given));
                // What is written from the tree says the same.
                let again = read(&expression.root.to_string());
                prop_assert_eq!(again.map(|again| again.root), Ok(expression.root.clone()), "{}", expression.root);
            }
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    prop_assert!(problem.offset + problem.length <= text.chars().count(), "{text}: {problem:?}");
                }
            }
        }
    }

    #[test]
    fn arithmetic_comes_to_what_it_says(sum in sums(), values in prop::array::uniform3(-10_000_000_i64..10_000_000)) {
        let text = sum.write();
        let of: Facts = KEYS.iter().zip(values).map(|(key, value)| {
            let value = Number::from_minor(value, 4).expect("a small number");
            ((*key).to_owned(), crate::incentives::rules::value::FactValue::of(crate::incentives::rules::value::Value::Number(value)))
        }).collect();
        let expression = read(&text).map_err(|found| TestCaseError::fail(format!("{text}: {found:?}")))?;
        let parameters = [].into();
        let given = Given { facts: &of, parameters: &parameters, tiers: None };
        let result = expression.evaluate(&given).0.ok().and_then(Computed::number);
        prop_assert_eq!(result, sum.reckon(&values), "{}", text);
        let again = read(&expression.root.to_string()).map(|again| again.root);
        prop_assert_eq!(again, Ok(expression.root), "{}", text);
    }
}

#[test]
fn keys_of_the_language_are_taken() {
    for word in ["min", "coalesce", "tiers", "true", "in", "has", "money"] {
        assert!(is_reserved(word), "{word}");
    }
    assert!(!is_reserved("rate") && day("2026-10-01") < day("2026-10-02"));
}
