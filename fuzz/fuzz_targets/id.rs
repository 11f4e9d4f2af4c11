#![no_main]
//! An id; it has one form.

use aftercare_core::ids::{decode, encode};

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok((prefix, uuid)) = decode(text) {
        assert_eq!(encode(&prefix, uuid), text);
    }
});
