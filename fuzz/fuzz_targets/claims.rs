#![no_main]
//! Claims under a good signature.

use aftercare_core::identity::fuzzing::claims;
use chrono::DateTime;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(value) = serde_json::from_slice(bytes) {
        claims(&value, DateTime::UNIX_EPOCH + chrono::TimeDelta::days(1));
    }
});
