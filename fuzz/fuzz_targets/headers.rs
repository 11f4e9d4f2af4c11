#![no_main]
//! Headers, a line each: media types, languages, origins, forwarded addresses, tokens.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| aftercare_fuzz::http::headers(bytes));
