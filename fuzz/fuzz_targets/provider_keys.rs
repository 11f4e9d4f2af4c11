#![no_main]
//! The key set of an identity provider, and after a NUL a token.

use aftercare_core::identity::fuzzing::provider_keys;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (set, token) = text.split_once('\0').unwrap_or((text, ""));
    if let Ok(set) = serde_json::from_str(set) {
        provider_keys(&set, token);
    }
});
