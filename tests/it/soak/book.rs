//! What was asked for, and what was said about it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::durability::Heard;

/// Tickets that people still come back to.
const REMEMBERED: usize = 25;

/// How a change ended, by what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// It is done.
    Done,
    /// It isn't.
    Refused,
    /// It is refused, but an earlier try went without an answer, and that one may have done it.
    Unclear,
}

/// One change that somebody asked for, however often.
#[derive(Debug)]
pub struct Deed {
    /// The mutation.
    pub what: &'static str,
    /// The ids of the requests: each try has its own.
    pub requests: Vec<String>,
    /// How it ended.
    pub said: Said,
    /// The id of what it made or changed.
    pub id: Option<String>,
    /// The text that nothing else has, where it made something.
    pub text: Option<String>,
    /// The version that it was told it made.
    pub version: Option<i64>,
}

/// What one subscription heard of somebody who sees every ticket.
pub struct Followed {
    /// Who.
    pub who: &'static str,
    /// All of it, in that order.
    pub heard: Vec<Heard>,
    /// From where to where it was calm.
    pub calm: Vec<Range<usize>>,
}

/// Everything that people asked for.
#[derive(Default)]
pub struct Book(Mutex<Pages>);

/// What is in it.
#[derive(Default)]
pub struct Pages {
    /// All changes.
    pub deeds: Vec<Deed>,
    /// Tickets that were made here, the latest ones.
    pub tickets: Vec<String>,
    /// What followers heard.
    pub heard: BTreeSet<Heard>,
    /// What those of them heard who see everything.
    pub followed: Vec<Followed>,
    /// How often somebody signed out, and the token was good for nothing then.
    pub left: u64,
    versions: BTreeSet<(String, i64)>,
    questions: u64,
    excused: u64,
    subscriptions: u64,
}

impl Book {
    /// Opens it for good, when nobody writes any more.
    pub fn take(&self) -> Pages {
        std::mem::take(&mut *self.pages())
    }

    /// Opens it.
    pub fn pages(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes down how a change ended. No two may be told that they made the same version of the same thing.
    pub fn write(&self, deed: Deed) {
        let mut pages = self.pages();
        if let (Some(id), Some(version)) = (&deed.id, deed.version) {
            let new = pages.versions.insert((id.clone(), version));
            assert!(new, "two made version {version} of {id}: {deed:?}");
        }
        if let (Said::Done, "ticketCreate", Some(id)) = (deed.said, deed.what, &deed.id) {
            let id = id.clone();
            pages.tickets.push(id);
            if pages.tickets.len() > REMEMBERED {
                pages.tickets.remove(0);
            }
        }
        pages.deeds.push(deed);
    }

    /// Notes an answer to a question.
    pub fn answered(&self) {
        self.pages().questions += 1;
    }

    /// Notes a failure that the weather excuses.
    pub fn excuse(&self) {
        self.pages().excused += 1;
    }

    /// Notes that a token went with its session.
    pub fn leave(&self) {
        self.pages().left += 1;
    }

    /// Notes what one subscription has heard; nothing came twice in it.
    pub fn hear(&self, who: &str, heard: &[Heard]) {
        let different: BTreeSet<&Heard> = heard.iter().collect();
        assert_eq!(different.len(), heard.len(), "{who} heard something twice");
        let mut pages = self.pages();
        pages.subscriptions += 1;
        pages.heard.extend(heard.iter().cloned());
    }

    /// Notes where somebody who sees everything can have missed nothing.
    pub fn compare(&self, followed: Followed) {
        self.pages().followed.push(followed);
    }

    /// What happened, in numbers.
    pub fn summary(&self) -> String {
        let pages = self.pages();
        let mut counts: BTreeMap<(&str, Said), u64> = BTreeMap::new();
        for deed in &pages.deeds {
            *counts.entry((deed.what, deed.said)).or_default() += 1;
        }
        let tries: usize = pages.deeds.iter().map(|deed| deed.requests.len()).sum();
        format!(
            "{} changes in {tries} requests, {} questions, {} excused failures, {} sign-outs, {} events heard by {} subscriptions: {counts:?}",
            pages.deeds.len(),
            pages.questions,
            pages.excused,
            pages.left,
            pages.heard.len(),
            pages.subscriptions,
        )
    }
}
