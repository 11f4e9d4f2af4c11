//! Pages of the facts that changed: they are at hand already, as the causes were told from them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::db::along::Alongside;
use crate::db::keyset::{Listing, Page, Slice};
use crate::error::{ApiError, Result};
use crate::metrics::rules::causes::{Fact, Key};

/// One page of changed facts, in the order of their records.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of such a list.
pub fn page_of(facts: &[(Key, Fact)], page: &Page) -> Result<Listing<(Key, Fact)>> {
    let beyond = page.cursor.as_deref().map(key_of_cursor).transpose();
    let beyond = beyond.map_err(|()| {
        ApiError::bad_input(
            if page.backward { "before" } else { "after" },
            "is no cursor of this list; take one from pageInfo or edges",
            "不是此列表的游标，请使用 pageInfo 或 edges 返回的值",
        )
    })?;
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    // From where to where the page could reach.
    let (from, to) = match (&beyond, page.backward) {
        (None, _) => (0, facts.len()),
        (Some(key), false) => (facts.partition_point(|(one, _)| one <= key), facts.len()),
        (Some(key), true) => (0, facts.partition_point(|(one, _)| one < key)),
    };
    let (from, to) = if page.backward {
        (to.saturating_sub(limit).max(from), to)
    } else {
        (from, from.saturating_add(limit).min(to))
    };
    let rows = facts.get(from..to).unwrap_or_default();
    Ok(Listing {
        slice: Slice {
            rows: rows.to_vec(),
            cursors: rows.iter().map(|(key, _)| cursor_of(key)).collect(),
            has_next: to < facts.len(),
            has_previous: from > 0,
            along: Alongside::default(),
        },
        total: Some(facts.len() as u64),
    })
}

fn cursor_of(key: &Key) -> String {
    let parts = (&key.record_id, &key.source, &key.attribution, key.part);
    URL_SAFE_NO_PAD.encode(serde_json::json!(parts).to_string())
}

fn key_of_cursor(cursor: &str) -> Result<Key, ()> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| ())?;
    let (record_id, source, attribution, part) = serde_json::from_slice(&bytes).map_err(|_| ())?;
    Ok(Key {
        record_id,
        source,
        attribution,
        part,
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn pages_of_changed_facts() {
        let facts: Vec<(Key, Fact)> = (0..5)
            .map(|n| {
                let key = Key {
                    record_id: Uuid::from_u128(n),
                    source: "ticket.rated".to_owned(),
                    attribution: "owner".to_owned(),
                    part: 0,
                };
                (key, Fact::default())
            })
            .collect();
        let of = |first, after, last, before| {
            let page = Page::from_args(first, after, last, before).expect("a page");
            let listing = page_of(&facts, &page).expect("a listing");
            let rows = listing.slice.rows.iter();
            let ids: Vec<u128> = rows.map(|(key, _)| key.record_id.as_u128()).collect();
            (ids, listing.slice.has_previous, listing.slice.has_next)
        };
        let at = |n: usize| Some(cursor_of(&facts[n].0));
        assert_eq!(of(Some(2), None, None, None), (vec![0, 1], false, true));
        assert_eq!(of(Some(2), at(1), None, None), (vec![2, 3], true, true));
        assert_eq!(of(Some(2), at(3), None, None), (vec![4], true, false));
        assert_eq!(of(Some(2), at(4), None, None), (vec![], true, false));
        assert_eq!(of(None, None, Some(2), None), (vec![3, 4], true, false));
        assert_eq!(of(None, None, Some(2), at(3)), (vec![1, 2], true, true));
        assert_eq!(of(None, None, Some(9), at(2)), (vec![0, 1], false, true));
        assert_eq!(of(Some(0), None, None, None), (vec![], false, true));
        for wrong in ["", "nonsense", "W10"] {
            let page = Page::from_args(Some(2), Some(wrong.to_owned()), None, None);
            assert!(page_of(&facts, &page.expect("a page")).is_err(), "{wrong}");
        }
    }
}
