//! What a page of members, teams or records comes to (模拟批次).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::incentives::rules::award::{Outcome, belongs};
use crate::incentives::rules::monotone::{Violation, violation};
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::run::{Member, Outcomes};
use crate::incentives::rules::settle::Pending;
use crate::incentives::rules::trace::{Nothing, Trace};

/// So many cases of a page are tried for whether more of a fact brings less: each is reckoned up to some thousand times.
const PROBED: usize = 5;
/// So many members, teams or records are evaluated at a time: the traces of all of them never stand in memory together.
const SOME: usize = 25;

/// What a page came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// What is given before anything is held together.
    pub kept: Vec<Kept>,
    /// By slot: how it went.
    pub seen: BTreeMap<usize, Seen>,
}

/// What a slot gives a member: slot, member, day, subject, part, amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept(
    pub usize,
    pub Uuid,
    pub NaiveDate,
    pub String,
    pub usize,
    pub i64,
);

/// How a slot went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// How many members it is for.
    #[serde(default)]
    pub people: u64,
    /// For how many members, teams or records it was evaluated that it is for.
    pub cases: u64,
    /// By fact: for how many of them it wasn't known.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub missing: BTreeMap<String, u64>,
    /// A case in which more of a fact brings less, against what the rule says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Against>,
}

/// A case in which more of a fact brings less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Against {
    /// The fact.
    pub fact: String,
    /// How much of it brings more.
    pub less: String,
    /// What that brings, in minor units or things; none where it is withheld.
    pub brings: Option<i64>,
    /// How much of it brings less.
    pub more: String,
    /// What that brings; none where it is withheld.
    pub brings_only: Option<i64>,
}

impl From<Violation> for Against {
    fn from(found: Violation) -> Self {
        Self {
            fact: found.fact,
            less: found.less.to_string(),
            brings: Some(found.brings),
            more: found.more.to_string(),
            brings_only: Some(found.brings_only),
        }
    }
}

impl Seen {
    /// Takes over how it went in another page.
    pub fn add(&mut self, other: Self) {
        self.people += other.people;
        self.cases += other.cases;
        for (fact, count) in other.missing {
            *self.missing.entry(fact).or_default() += count;
        }
        if self.against.is_none() {
            self.against = other.against;
        }
    }
}

impl Batch {
    /// What a page of members, teams or records came to, some of which `look` evaluates at a time; `rules` are in the order of the
    /// slots.
    #[must_use]
    pub fn of<T>(rules: &[Rule], page: &[T], look: impl Fn(&[T]) -> Outcomes) -> Self {
        let mut batch = Self::default();
        let mut probes = vec![PROBED; rules.len()];
        for some in page.chunks(SOME) {
            for (slot, outcome) in look(some) {
                batch.take(slot, &rules[slot], outcome, &mut probes[slot]);
            }
        }
        batch
    }

    fn take(&mut self, slot: usize, rule: &Rule, outcome: Outcome, probes: &mut usize) {
        let seen = self.seen.entry(slot).or_default();
        if let Some(trace) = told(&outcome) {
            seen.note(trace);
            let tries = !rule.content().monotone_in.is_empty() && seen.against.is_none();
            if tries && *probes > 0 {
                *probes -= 1;
                seen.against = violation(rule, &trace.facts).map(Into::into);
            }
        }
        if let Outcome::Awards(awards) = outcome {
            let kept = awards.iter().map(|award| Kept::of(slot, award.into()));
            self.kept.extend(kept);
        }
    }

    /// Takes over what another page of the period came to.
    pub fn add(&mut self, other: Self) {
        self.kept.extend(other.kept);
        for (slot, seen) in other.seen {
            self.seen.entry(slot).or_default().add(seen);
        }
    }

    /// Notes of a page of members for how many of them each rule is.
    pub fn count(&mut self, rules: &[Rule], members: &[Member]) {
        for (slot, rule) in rules.iter().enumerate() {
            let population = &rule.content().population;
            let people = members
                .iter()
                .filter(|one| belongs(population, &one.person));
            self.seen.entry(slot).or_default().people += people.count() as u64;
        }
    }
}

fn told(outcome: &Outcome) -> Option<&Trace> {
    match outcome {
        Outcome::Awards(awards) => awards.first().map(|award| &award.trace),
        Outcome::Nothing(trace) => Some(trace),
    }
}

impl Seen {
    fn note(&mut self, trace: &Trace) {
        match &trace.nothing {
            Some(Nothing::Population) => return,
            Some(Nothing::Missing { fact }) => {
                *self.missing.entry(fact.clone()).or_default() += 1;
            }
            _ => {}
        }
        self.cases += 1;
    }
}

impl Kept {
    fn of(slot: usize, pending: Pending) -> Self {
        Self(
            slot,
            pending.member,
            pending.day,
            pending.subject,
            pending.part,
            pending.amount,
        )
    }

    /// The same for whoever holds awards together.
    #[must_use]
    pub fn pending(&self, rule: Uuid) -> Pending {
        Pending {
            rule,
            member: self.1,
            day: self.2,
            subject: self.3.clone(),
            part: self.4,
            amount: self.5,
        }
    }
}
