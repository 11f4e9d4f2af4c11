//! Documents by their hash, as clients have sent them. Bounded in number and bytes, for all and for each principal, so
//! that whoever sends ever new documents pushes out its own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;
use uuid::Uuid;

use crate::config::PersistedSettings;

/// The SHA-256 of a text.
type Hash = [u8; 32];

/// The part of all bytes that one principal may have.
const SHARE: usize = 8;

/// The documents that are remembered.
#[derive(Debug)]
pub(super) struct Memory {
    settings: PersistedSettings,
    kept: Mutex<Kept>,
}

#[derive(Debug)]
struct Kept {
    documents: LruCache<Hash, Remembered>,
    bytes: usize,
    owners: HashMap<Uuid, Owned>,
}

#[derive(Debug)]
struct Remembered {
    text: Arc<str>,
    /// Who sent it first.
    owner: Uuid,
}

/// What one principal has sent first.
#[derive(Debug)]
struct Owned {
    hashes: LruCache<Hash, ()>,
    bytes: usize,
}

impl Memory {
    pub(super) fn new(settings: PersistedSettings) -> Self {
        let kept = Kept {
            documents: LruCache::unbounded(),
            bytes: 0,
            owners: HashMap::new(),
        };
        Self {
            settings,
            kept: Mutex::new(kept),
        }
    }

    /// The text behind a hash.
    pub(super) fn get(&self, hash: &Hash) -> Option<Arc<str>> {
        let mut kept = self.lock();
        let Remembered { text, owner } = kept.documents.get(hash)?;
        let (text, owner) = (Arc::clone(text), *owner);
        if let Some(owned) = kept.owners.get_mut(&owner) {
            owned.hashes.promote(hash);
        }
        Some(text)
    }

    /// Remembers a text. What was used longest ago goes: of this principal, if it has too much, else of all.
    pub(super) fn keep(&self, hash: Hash, text: &str, owner: Uuid) {
        let share = self.settings.bytes / SHARE;
        let mut kept = self.lock();
        if kept.documents.contains(&hash) || text.len() > share {
            return;
        }
        kept.add(hash, text, owner);
        while kept.owners.get(&owner).is_some_and(|owned| {
            owned.bytes > share || owned.hashes.len() > self.settings.per_principal
        }) {
            let oldest = kept
                .owners
                .get(&owner)
                .and_then(|owned| owned.hashes.peek_lru());
            let Some(oldest) = oldest.map(|(hash, ())| *hash) else {
                break;
            };
            kept.forget(&oldest);
        }
        while kept.bytes > self.settings.bytes || kept.documents.len() > self.settings.documents {
            let Some(oldest) = kept.documents.peek_lru().map(|(hash, _)| *hash) else {
                break;
            };
            kept.forget(&oldest);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn add(&mut self, hash: Hash, text: &str, owner: Uuid) {
        let remembered = Remembered {
            text: text.into(),
            owner,
        };
        self.documents.put(hash, remembered);
        self.bytes += text.len();
        let owned = self.owners.entry(owner).or_insert_with(|| Owned {
            hashes: LruCache::unbounded(),
            bytes: 0,
        });
        owned.hashes.put(hash, ());
        owned.bytes += text.len();
    }

    fn forget(&mut self, hash: &Hash) {
        let Some(Remembered { text, owner }) = self.documents.pop(hash) else {
            return;
        };
        self.bytes -= text.len();
        let Some(owned) = self.owners.get_mut(&owner) else {
            return;
        };
        owned.hashes.pop(hash);
        owned.bytes -= text.len();
        if owned.hashes.is_empty() {
            self.owners.remove(&owner);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn memory(documents: usize, bytes: usize, per_principal: usize) -> Memory {
        Memory::new(PersistedSettings {
            automatic: true,
            documents,
            bytes,
            per_principal,
        })
    }

    fn hash(n: u8) -> Hash {
        [n; 32]
    }

    fn who(n: u8) -> Uuid {
        Uuid::from_u128(u128::from(n))
    }

    fn known(memory: &Memory, hashes: &[u8]) -> Vec<u8> {
        let kept = memory.lock();
        let known = hashes.iter().copied();
        known
            .filter(|n| kept.documents.contains(&hash(*n)))
            .collect()
    }

    #[test]
    fn the_least_recently_used_go_first() {
        let memory = memory(3, 800, 10);
        for n in 0..3 {
            memory.keep(hash(n), "{a}", who(n));
        }
        assert_eq!(memory.get(&hash(0)).as_deref(), Some("{a}"));
        memory.keep(hash(3), "{b}", who(0));
        assert_eq!(known(&memory, &[0, 1, 2, 3]), [0, 2, 3]);
        assert_eq!(memory.get(&hash(1)), None);
    }

    #[test]
    fn a_principal_pushes_out_its_own() {
        let memory = memory(100, 800, 3);
        memory.keep(hash(0), "{a}", who(0));
        for n in 1..=4 {
            memory.keep(hash(n), "{a}", who(1));
        }
        assert_eq!(known(&memory, &[0, 1, 2, 3, 4]), [0, 2, 3, 4]);
        memory.get(&hash(2));
        memory.keep(hash(5), "{a}", who(1));
        assert_eq!(known(&memory, &[0, 2, 3, 4, 5]), [0, 2, 4, 5]);
        // An eighth of the bytes is 100.
        memory.keep(hash(6), &"a".repeat(99), who(1));
        assert_eq!(known(&memory, &[0, 2, 4, 5, 6]), [0, 6]);
        memory.keep(hash(7), &"a".repeat(101), who(2));
        assert!(known(&memory, &[7]).is_empty());
    }

    proptest! {
        /// Whatever is sent and asked for, the memory is within its bounds and its books are right.
        #[test]
        fn the_books_are_right(steps in prop::collection::vec((0_u8..30, 0_u8..4, 1_usize..40, any::<bool>()), 0..200)) {
            let memory = memory(10, 240, 4);
            for (n, owner, length, sends) in steps {
                if sends {
                    memory.keep(hash(n), &"a".repeat(length), who(owner));
                } else {
                    memory.get(&hash(n));
                }
                let kept = memory.lock();
                prop_assert!(kept.documents.len() <= 10 && kept.bytes <= 240);
                let bytes: usize = kept.documents.iter().map(|(_, document)| document.text.len()).sum();
                prop_assert_eq!(bytes, kept.bytes);
                let owned: usize = kept.owners.values().map(|owned| owned.hashes.len()).sum();
                prop_assert_eq!(owned, kept.documents.len());
                for (owner, owned) in &kept.owners {
                    let theirs = kept.documents.iter().filter(|(_, document)| document.owner == *owner);
                    let bytes: usize = theirs.map(|(_, document)| document.text.len()).sum();
                    prop_assert_eq!(bytes, owned.bytes);
                    prop_assert!(owned.hashes.len() <= 4 && owned.bytes <= 30 && !owned.hashes.is_empty());
                }
            }
        }
    }
}
