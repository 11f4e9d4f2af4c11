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

/// The id of a claw-back: by what is taken back of the award after it in all, and which one it is, counted from 1.
#[must_use]
pub fn claw_back(award: Uuid, taken: i64, times: usize) -> Uuid {
    transaction(
        award,
        &["claw_back", &taken.to_string(), &times.to_string()],
    )
}

/// Do the claw-backs of an award follow from each other? Each one's id says how much is taken back after it, and how many there were;
/// those of older versions only how much.
#[must_use]
pub fn is_chain(award: Uuid, claw_backs: &[(Uuid, i64)]) -> bool {
    let mut left = claw_backs.to_vec();
    let (mut taken, mut times) = (0_i64, 0);
    while !left.is_empty() {
        times += 1;
        let next = left.iter().position(|(id, amount)| {
            let all = taken.saturating_sub(*amount);
            let older = || transaction(award, &["claw_back", &all.to_string()]);
            all >= 0 && (*id == claw_back(award, all, times) || *id == older())
        });
        let Some(next) = next else {
            return false;
        };
        let (_, amount) = left.swap_remove(next);
        taken = taken.saturating_sub(amount);
    }
    true
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

    #[test]
    fn claw_backs_follow_from_each_other() {
        let award = Uuid::from_u128(7);
        let (one, two) = (claw_back(award, 300, 1), claw_back(award, 200, 2));
        let older = transaction(award, &["claw_back", "300"]);
        for (what, rows, is) in [
            ("none", vec![], true),
            ("one", vec![(one, -300)], true),
            ("as older versions booked", vec![(older, -300)], true),
            ("some came back", vec![(two, 100), (one, -300)], true),
            (
                "and after an older one",
                vec![(two, 100), (older, -300)],
                true,
            ),
            ("the first one is gone", vec![(two, 100)], false),
            ("halved", vec![(one, -150)], false),
            (
                "another award's",
                vec![(claw_back(stamp(), 300, 1), -300)],
                false,
            ),
            ("twice", vec![(one, -300), (one, -300)], false),
        ] {
            assert_eq!(is_chain(award, &rows), is, "{what}");
        }
    }

    fn stamp() -> Uuid {
        Uuid::from_u128(8)
    }
}
