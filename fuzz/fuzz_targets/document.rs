#![no_main]
//! A document, and after a NUL its variables as JSON.

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (document, variables) = text.split_once('\0').unwrap_or((text, "{}"));
    aftercare_fuzz::graphql::document(document, variables);
});
