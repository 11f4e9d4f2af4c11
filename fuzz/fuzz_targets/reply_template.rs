#![no_main]
//! A reply template: looked over, and filled when it may be kept.

use std::collections::BTreeMap;

use aftercare_core::tickets::collaboration::templates::rules::{check, fill};

libfuzzer_sys::fuzz_target!(|text: &str| {
    if text.chars().count() > 10_000 {
        return;
    }
    if let Ok(variables) = check(text) {
        for known in [true, false] {
            let value = |name: &&'static str| (*name, known.then(|| "值".to_owned()));
            let values: BTreeMap<_, _> = variables.iter().map(value).collect();
            let _ = fill(text, &values);
        }
    }
});
