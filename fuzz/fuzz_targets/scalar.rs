#![no_main]
//! Moments, days, lengths of time, numbers, amounts.

libfuzzer_sys::fuzz_target!(|text: &str| aftercare_fuzz::graphql::scalar(text));
