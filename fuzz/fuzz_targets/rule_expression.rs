#![no_main]
//! The expression of an incentive rule: read, and evaluated within bounds. A number for each fact and parameter comes of the
//! text itself.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aftercare_core::formula::deep;
use aftercare_core::incentives::rules::catalogue::{Catalogue, Level};
use aftercare_core::incentives::rules::expression::{
    Bounds, Computed, Expression, Given, Scope, Shape,
};
use aftercare_core::incentives::rules::facts::{of_metric, standard};
use aftercare_core::incentives::rules::value::{Facts, Number};

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

libfuzzer_sys::fuzz_target!(|text: &str| {
    let parameters: BTreeMap<String, Bounds> = [
        ("rate".to_owned(), Bounds::default()),
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
                let number: Number = "120.5".parse().expect("a number");
                let parameters = parameters.keys().map(|key| (key.clone(), number)).collect();
                let facts = Facts::default();
                let given = Given {
                    facts: &facts,
                    parameters: &parameters,
                    tiers: currency.map(|_| Computed::Money(number)),
                };
                let (_, lines) = expression.evaluate(&given);
                assert!(lines.len() <= 1_000, "no more steps than parts");
            }
            Err(problems) => assert!(!problems.is_empty()),
        }
    }
});
