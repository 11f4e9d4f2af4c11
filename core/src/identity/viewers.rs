//! Principals already looked up, kept while nothing has changed that could change their rights.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::access::{Principal, Viewer};

/// Whom a token names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A principal of ours, by key.
    Principal(Principal),
    /// A user of ours, by login: what a provider's token names.
    Login(String),
}

/// What decides a viewer, as far as the token says it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Proof {
    /// Whom it names.
    pub subject: Subject,
    /// The session behind it; none for a provider's token.
    pub session_id: Option<Uuid>,
    /// The account's epoch when it was made; none where that isn't known.
    pub epoch: Option<i32>,
    /// The roles to which it cuts the principal down; none for all.
    pub roles: Option<Vec<String>>,
}

/// What decides a viewer beside the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conditions {
    /// The access epoch.
    pub epoch: i64,
    /// The organisation's day.
    pub day: NaiveDate,
}

#[derive(Debug)]
struct Kept {
    viewer: Viewer,
    conditions: Conditions,
    until: Option<DateTime<Utc>>,
}

/// More principals than this are not kept.
const MOST: usize = 10_000;

/// Those that have ended are looked for no sooner than there are this many.
const FEW: usize = 256;

/// Viewers by proof.
#[derive(Debug, Default)]
pub struct Viewers {
    kept: Mutex<Shelf>,
}

#[derive(Debug, Default)]
struct Shelf {
    viewers: HashMap<Proof, Arc<Kept>>,
    /// How many were left the last time that those were taken away that had ended.
    left: usize,
}

impl Viewers {
    /// The viewer of that proof, if it still holds under these conditions.
    pub fn get(&self, proof: &Proof, conditions: Conditions, at: DateTime<Utc>) -> Option<Viewer> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = Arc::clone(kept.viewers.get(proof)?);
        drop(kept);
        let holds = entry.conditions == conditions && entry.until.is_none_or(|until| at < until);
        holds.then(|| entry.viewer.clone())
    }

    /// Keeps a viewer until its conditions change or a moment comes.
    pub fn keep(
        &self,
        proof: Proof,
        conditions: Conditions,
        until: Option<DateTime<Utc>>,
        viewer: Viewer,
        at: DateTime<Utc>,
    ) {
        let mut shelf = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let Shelf { viewers, left } = &mut *shelf;
        // An API client has a session every few minutes; what the past ones hold in memory goes with them.
        if viewers.len() >= FEW.max(*left * 2) {
            viewers.retain(|_, entry| entry.until.is_none_or(|until| at < until));
            *left = viewers.len();
        }
        if viewers.len() >= MOST && !viewers.contains_key(&proof) {
            viewers.retain(|_, entry| entry.conditions == conditions);
            if viewers.len() >= MOST {
                viewers.clear();
            }
        }
        viewers.insert(
            proof,
            Arc::new(Kept {
                viewer,
                conditions,
                until,
            }),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_viewer_is_kept_only_while_nothing_has_changed() {
        let at = |second: i64| DateTime::from_timestamp(1_760_000_000 + second, 0).expect("a time");
        let proof = |epoch| Proof {
            subject: Subject::Login("alice".to_owned()),
            session_id: None,
            epoch: Some(epoch),
            roles: None,
        };
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).expect("a day");
        let conditions = |epoch, d| Conditions { epoch, day: day(d) };
        let viewers = Viewers::default();
        viewers.keep(
            proof(0),
            conditions(7, 1),
            Some(at(100)),
            Viewer::anonymous(),
            at(0),
        );
        for (proof, conditions, at, found) in [
            (proof(0), conditions(7, 1), at(99), true),
            (proof(0), conditions(7, 1), at(100), false),
            (proof(0), conditions(8, 1), at(0), false),
            (proof(0), conditions(7, 2), at(0), false),
            (proof(1), conditions(7, 1), at(0), false),
        ] {
            assert_eq!(viewers.get(&proof, conditions, at).is_some(), found);
        }
    }

    #[test]
    fn ended_viewers_are_not_held() {
        let at = |second: i64| DateTime::from_timestamp(1_760_000_000 + second, 0).expect("a time");
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day");
        let viewers = Viewers::default();
        for second in 0..2_000 {
            let proof = Proof {
                subject: Subject::Login(second.to_string()),
                session_id: None,
                epoch: None,
                roles: None,
            };
            let until = Some(at(second + 10));
            let conditions = Conditions { epoch: 1, day };
            viewers.keep(proof, conditions, until, Viewer::anonymous(), at(second));
        }
        let held = viewers.kept.lock().expect("no panic").viewers.len();
        assert!(held <= FEW, "{held}");
    }
}
