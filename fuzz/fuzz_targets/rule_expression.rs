#![no_main]
//! The expression of an incentive rule: read, and evaluated with and without the facts that it names. What comes out lies where
//! it was said to lie.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aftercare_core::formula::deep;
use aftercare_core::incentives::rules::catalogue::{Catalogue, FactType, Level};
use aftercare_core::incentives::rules::expression::{
    Bounds, Computed, Expression, Given, Scope, Shape,
};
use aftercare_core::incentives::rules::facts::{of_metric, standard};
use aftercare_core::incentives::rules::value::{FactValue, Facts, Money, Number, Value};

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let metrics = ["tickets_resolved", "satisfaction"];
    let metrics = metrics.iter().flat_map(|key| of_metric(key, key, "指标"));
    Catalogue::new(standard("CNY").into_iter().chain(metrics))
});
const LEVELS: [Level; 6] = [
    Level::Member,
    Level::Team,
    Level::Region,
    Level::Company,
    Level::Record,
    Level::Credit,
];

/// A value for each fact that is named, another one in each round; none in the first.
fn facts(expression: &Expression, round: usize) -> Facts {
    let value = |(place, key): (usize, &String)| {
        let at = round + place;
        let value = match &CATALOGUE.get(key)?.kind {
            FactType::Number => Value::Number(number(["0", "1", "-2.5", "1000000"][at % 4])),
            FactType::Money { currency } => Value::Money(Money {
                amount: [0, 1, -250, 100_000_000][at % 4],
                currency: currency.clone().unwrap_or_else(|| "CNY".to_owned()),
            }),
            FactType::Text => Value::Text("service_desk".to_owned()),
            FactType::Bool => Value::Bool(at % 2 == 0),
            FactType::Day => Value::Day(chrono::NaiveDate::default()),
        };
        Some((key.clone(), FactValue::of(value)))
    };
    let named = expression.facts.iter().enumerate();
    named.filter_map(value).filter(|_| round > 0).collect()
}

fn number(text: &str) -> Number {
    text.parse().expect("a number")
}

libfuzzer_sys::fuzz_target!(|text: &str| {
    let share = Bounds {
        least: Some(Number::ZERO),
        most: Some(Number::ONE),
    };
    let parameters: BTreeMap<String, Bounds> = [
        ("rate".to_owned(), share),
        ("bonus".to_owned(), Bounds::default()),
    ]
    .into();
    for currency in [None, Some("CNY")] {
        let scope = Scope {
            catalogue: &CATALOGUE,
            levels: &LEVELS,
            source: Some("payment"),
            currency,
            parameters: &parameters,
            tiers: currency.map(|currency| Shape::Money(currency.to_owned())),
        };
        match deep(|| Expression::read(text, &scope, None)).expect("a thread") {
            Ok(expression) => {
                for round in 0..5 {
                    let facts = facts(&expression, round);
                    let (rate, bonus) = [("0", "0"), ("1", "-120.5"), ("0.5", "120.5")][round % 3];
                    let given = Given {
                        facts: &facts,
                        parameters: &[("rate", rate), ("bonus", bonus)]
                            .map(|(key, text)| (key.to_owned(), number(text)))
                            .into(),
                        tiers: currency.map(|_| Computed::Money(number("120.5"))),
                    };
                    let (came, lines) = expression.evaluate(&given);
                    assert!(lines.len() <= 1_000, "no more steps than parts");
                    assert_eq!(came, expression.value(&given));
                    if let Ok(Some(number)) = came.map(Computed::number) {
                        assert!(expression.least.is_none_or(|least| least <= number));
                        assert!(expression.most.is_none_or(|(most, beyond)| {
                            number < most || number == most && !beyond
                        }));
                    }
                }
            }
            Err(problems) => assert!(!problems.is_empty()),
        }
    }
});
