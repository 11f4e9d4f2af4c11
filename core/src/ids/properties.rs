//! Whatever is given as an id: it is one, and only in one form, or it is refused.

use proptest::prelude::*;

use super::*;

/// Texts that come near to ids: a prefix in use or something like one, then what could be a suffix.
fn nearly() -> impl Strategy<Value = String> {
    let prefix = prop_oneof![
        proptest::sample::select(PREFIXES).prop_map(str::to_owned),
        "[a-z_]{0,70}",
        "[A-Za-z0-9_-]{0,8}",
    ];
    let suffix = prop_oneof!["[0-9a-hjkmnp-tv-z]{26}", "[0-9A-Za-z]{20,30}", ".{0,26}"];
    (prefix, suffix).prop_map(|(prefix, suffix)| format!("{prefix}_{suffix}"))
}

proptest! {
    #[test]
    fn an_id_leads_back_to_its_row(
        prefix in proptest::sample::select(PREFIXES),
        uuid in any::<u128>().prop_map(Uuid::from_u128),
    ) {
        let text = encode(prefix, uuid);
        prop_assert!(text.is_ascii() && text.len() <= 64, "{}", text);
        prop_assert_eq!(decode(&text), Ok((prefix.to_owned(), uuid)));
    }

    #[test]
    fn ids_of_one_type_are_in_the_order_of_their_rows(
        prefix in proptest::sample::select(PREFIXES),
        one in any::<u128>(),
        other in any::<u128>(),
    ) {
        let (a, b) = (Uuid::from_u128(one), Uuid::from_u128(other));
        prop_assert_eq!(encode(prefix, a).cmp(&encode(prefix, b)), a.cmp(&b));
    }

    #[test]
    fn what_is_read_has_one_form(text in prop_oneof![nearly(), any::<String>()]) {
        if let Ok((prefix, uuid)) = decode(&text) {
            prop_assert_eq!(encode(&prefix, uuid), text);
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
        let text = String::from_utf8_lossy(&bytes);
        if let Err(said) = decode(&text) {
            prop_assert!(!said.en.is_empty() && !said.zh.is_empty());
        }
    }
}
