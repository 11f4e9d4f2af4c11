//! Ids that follow from what they are about, so that whatever is repeated finds the same row.

use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use crate::incentives::rules::award::Award;
use crate::incentives::rules::trace::Subject;

/// The id of an award of a run.
#[must_use]
pub fn award(run: Uuid, award: &Award) -> Uuid {
    let (kind, id) = match &award.subject {
        Subject::Member { id } => ("member", id.to_string()),
        Subject::Team { id } => ("team", id.to_string()),
        Subject::Record { source, id, .. } => ("record", format!("{source}:{id}")),
    };
    let part = award.part.to_string();
    let rule = award.rule.rule.to_string();
    let member = award.member.to_string();
    following(run, &["award", &rule, kind, &id, &part, &member])
}

/// The id of a transaction that happens once for what it is about.
#[must_use]
pub fn transaction(stamp: Uuid, about: &[&str]) -> Uuid {
    following(stamp, about)
}

/// An id that follows from these words; it has the time of the stamp, so that rows that belong together lie together.
fn following(stamp: Uuid, words: &[&str]) -> Uuid {
    let mut digest = Sha256::new();
    digest.update(stamp.as_bytes());
    for word in words {
        digest.update(word.len().to_be_bytes());
        digest.update(word.as_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.finalize()[..16]);
    bytes[..6].copy_from_slice(&stamp.as_bytes()[..6]);
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// The digest of a set of versions of rules.
#[must_use]
pub fn rule_set(versions: &[Uuid]) -> String {
    let mut digest = Sha256::new();
    for version in versions {
        digest.update(version.as_bytes());
    }
    digest
        .finalize()
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_the_same_and_words_dont_run_together() {
        let stamp = Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0001);
        let one = transaction(stamp, &["ab", "c"]);
        assert_eq!(one, transaction(stamp, &["ab", "c"]));
        assert_ne!(one, transaction(stamp, &["a", "bc"]));
        assert_ne!(one, transaction(Uuid::from_u128(1), &["ab", "c"]));
        assert_eq!(one.as_bytes()[..6], stamp.as_bytes()[..6]);
        assert_ne!(rule_set(&[stamp]), rule_set(&[]));
    }
}
