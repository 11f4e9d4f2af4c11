#![no_main]
//! The body of a POST, or the query string of a GET.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| aftercare_fuzz::http::request(bytes));
