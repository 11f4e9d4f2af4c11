#![no_main]
//! An access token in compact form, as it is and put together of a header and claims that are still JSON.

use aftercare_core::identity::fuzzing::token;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let at = DateTime::from_timestamp(1_790_000_000, 0).expect("a time");
    token(text, at);
    if let Some((header, claims)) = text.split_once('.') {
        let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
        token(&format!("{}.{}.AAAA", part(header), part(claims)), at);
    }
});
