#![no_main]
//! A cursor, as text or as what a cursor has in it.

use aftercare_core::db::fuzzing::cursor;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

libfuzzer_sys::fuzz_target!(|text: &str| {
    cursor(text);
    cursor(&URL_SAFE_NO_PAD.encode(text));
    cursor(&URL_SAFE_NO_PAD.encode(format!("[\"t\",{text}]")));
});
