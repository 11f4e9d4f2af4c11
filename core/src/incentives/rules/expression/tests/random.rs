//! Random expressions.

use proptest::prelude::*;

use super::{facts, number, read};
use crate::incentives::rules::expression::{Computed, Given};
use crate::incentives::rules::value::{FactValue, Facts, Number, Value};
use crate::incentives::rules::words::parts;

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

    /// What it comes to; none when it is too large.
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
                prop_assert_eq!(&once.0, &expression.value(&given), "with parts or without");
                // What is written from the tree says the same.
                let again = read(&expression.root.to_string());
                prop_assert_eq!(again.map(|again| again.root), Ok(expression.root.clone()), "{}", expression.root);
                prop_assert!(parts::read(&expression.root.to_string()).is_some(), "{} can be told", expression.root);
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
            ((*key).to_owned(), FactValue::of(Value::Number(value)))
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
