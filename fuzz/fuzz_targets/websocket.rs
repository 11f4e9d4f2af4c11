#![no_main]
//! A message of `graphql-transport-ws`.

libfuzzer_sys::fuzz_target!(|text: &str| aftercare_fuzz::http::message(text));
