#![no_main]
//! The expression of a derived metric: read, and evaluated within bounds.

use std::collections::BTreeMap;

use aftercare_core::decimal::Decimal;
use aftercare_core::formula::deep;
use aftercare_core::metrics::rules::definition::Unit;
use aftercare_core::metrics::rules::expression::{check, evaluate};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let known = |key: &str| (key.len() < 4).then_some(Unit::Count);
    // One thread for both, as each reading has one of its own otherwise.
    deep(|| match check(text, &known) {
        Ok(checked) => {
            let value = |(place, key): (usize, &String)| {
                let value = (place % 5 != 4).then_some(Decimal(place as i64 * 123_456 - 300_000));
                (key.clone(), value)
            };
            let values: BTreeMap<_, _> = checked.inputs.iter().enumerate().map(value).collect();
            let _ = evaluate(text, &values);
        }
        Err(problems) => {
            assert!(!problems.is_empty());
            let length = text.chars().count();
            for problem in problems {
                assert!(
                    problem.offset + problem.length <= length.max(1),
                    "{problem:?}"
                );
            }
        }
    });
});
