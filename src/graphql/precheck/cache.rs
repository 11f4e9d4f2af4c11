//! Documents that were read before: clients send the same few texts again and again with other variables. What
//! depends on the variables or the viewer is never kept. Bounded by the length of the texts, which bounds the memory
//! of what they were parsed into; the least recently used go first.

use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;
use sha2::{Digest, Sha256};

use super::Document;

/// The SHA-256 of a text.
type Key = [u8; 32];

/// Parsed and bounded documents by the SHA-256 of their text.
#[derive(Debug)]
pub(super) struct Cache {
    kept: Mutex<Kept>,
    capacity: usize,
}

#[derive(Debug)]
struct Kept {
    documents: LruCache<Key, Arc<Document>>,
    bytes: usize,
}

impl Cache {
    /// A cache for at most so many bytes of text.
    pub(super) fn new(capacity: usize) -> Self {
        let kept = Kept {
            documents: LruCache::unbounded(),
            bytes: 0,
        };
        Self {
            kept: Mutex::new(kept),
            capacity,
        }
    }

    /// The document of a text: kept, or made now.
    ///
    /// # Errors
    /// Whatever making it says; a refusal isn't kept, as finding it again is cheap.
    pub(super) fn get_or_make<E>(
        &self,
        text: &str,
        make: impl FnOnce(Key) -> Result<Document, E>,
    ) -> Result<Arc<Document>, E> {
        let key: Key = Sha256::digest(text).into();
        if let Some(document) = self.lock().documents.get(&key) {
            return Ok(Arc::clone(document));
        }
        // Not under the lock: two requests may parse the same text at once, and that is all.
        let document = Arc::new(make(key)?);
        self.keep(key, Arc::clone(&document));
        Ok(document)
    }

    fn keep(&self, key: Key, document: Arc<Document>) {
        let mut kept = self.lock();
        kept.bytes += document.bytes;
        if let Some((_, replaced)) = kept.documents.push(key, document) {
            kept.bytes -= replaced.bytes;
        }
        while kept.bytes > self.capacity {
            let Some((_, oldest)) = kept.documents.pop_lru() else {
                break;
            };
            kept.bytes -= oldest.bytes;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn made(text: &str) -> Result<Document, ()> {
        let parsed = parse_query(text).unwrap();
        Ok(Document::new(
            parsed,
            text.len(),
            Sha256::digest(text).into(),
        ))
    }

    fn known(cache: &Cache, text: &str) -> bool {
        cache.get_or_make(text, |_| Err(())).is_ok()
    }

    #[test]
    fn the_least_recently_used_go_first() {
        let cache = Cache::new(15);
        for text in ["{aaa}", "{bbb}", "{ccc}"] {
            cache.get_or_make(text, |_| made(text)).unwrap();
        }
        assert!(known(&cache, "{aaa}"));
        cache.get_or_make("{ddd}", |_| made("{ddd}")).unwrap();
        assert_eq!(
            ["{aaa}", "{bbb}", "{ccc}", "{ddd}"].map(|text| known(&cache, text)),
            [true, false, true, true]
        );
    }

    #[test]
    fn what_is_too_large_or_refused_is_not_kept() {
        let cache = Cache::new(15);
        let large = "{ aaaaaaaaaaaaaaaa }";
        cache.get_or_make(large, |_| made(large)).unwrap();
        assert!(!known(&cache, large) && cache.lock().bytes == 0);
        assert!(cache.get_or_make("{a}", |_| Err(())).is_err());
        cache.get_or_make("{a}", |_| made("{a}")).unwrap();
        cache.get_or_make("{a}", |_| Err(())).unwrap();
        assert_eq!(cache.lock().bytes, 3);
    }
}
