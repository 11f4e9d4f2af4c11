//! Signatures that were checked before.
//!
//! Whether a signature is right depends on token and key alone, and a client sends the same token with every request until it
//! ends. Checking it costs more than all else that is done to a token; so the proof is remembered. Everything that changes -
//! times, keys that end, sessions, rights - is looked at every time.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

/// So many proofs are remembered, of 32 bytes each; then all are forgotten.
const MOST: usize = 10_000;

/// What was proven, as fingerprints of token and key.
#[derive(Debug, Default)]
pub struct Proven(Mutex<HashSet<[u8; 32]>>);

impl Proven {
    /// Checks what was not proven before.
    ///
    /// # Errors
    /// Whatever the check says; nothing is remembered then.
    pub fn or_check<E>(
        &self,
        token: [&str; 2],
        key: &str,
        check: impl FnOnce() -> Result<(), E>,
    ) -> Result<(), E> {
        let mut fingerprint = Sha256::new();
        for part in [key, token[0], token[1]] {
            // With its length, so that nothing can move from one part into the next.
            fingerprint.update(part.len().to_le_bytes());
            fingerprint.update(part);
        }
        let fingerprint: [u8; 32] = fingerprint.finalize().into();
        if self.lock().contains(&fingerprint) {
            return Ok(());
        }
        check()?;
        let mut proven = self.lock();
        if proven.len() >= MOST {
            proven.clear();
        }
        proven.insert(fingerprint);
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashSet<[u8; 32]>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    fn asked(proven: &Proven, token: [&str; 2], key: &str, answer: Result<(), ()>) -> bool {
        let asked = Cell::new(false);
        let result = proven.or_check(token, key, || {
            asked.set(true);
            answer
        });
        assert_eq!(result, if asked.get() { answer } else { Ok(()) });
        asked.get()
    }

    #[test]
    fn the_same_token_is_checked_once_by_each_key() {
        let proven = Proven::default();
        assert!(asked(&proven, ["a.b", "c"], "one", Ok(())));
        assert!(!asked(&proven, ["a.b", "c"], "one", Err(())));
        assert!(asked(&proven, ["a.b", "c"], "two", Ok(())));
        assert!(asked(&proven, ["a.b", "d"], "one", Ok(())));
        assert!(asked(&proven, ["a.", "bc"], "one", Ok(())));
    }

    #[test]
    fn what_is_refused_is_checked_again() {
        let proven = Proven::default();
        assert!(asked(&proven, ["a.b", "c"], "one", Err(())));
        assert!(asked(&proven, ["a.b", "c"], "one", Ok(())));
    }

    #[test]
    fn memory_is_bounded() {
        let proven = Proven::default();
        for number in 0..=MOST {
            asked(&proven, ["a.b", &number.to_string()], "one", Ok(()));
        }
        assert_eq!(proven.lock().len(), 1);
    }
}
