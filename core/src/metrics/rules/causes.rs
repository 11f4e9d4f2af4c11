//! Why a figure isn't any more what it was when it was frozen (差异原因).
//!
//! What changed is put in order, and the figure is computed again after each step; what it gains there is the effect of
//! that step. So the effects add up to the difference, also for means, rates and derived metrics. A step after which the
//! figure isn't known has no effect of its own: it goes to the next one after which it is.

use std::collections::BTreeMap;

use entity::metric_fact;
use uuid::Uuid;

use super::cells::sums_of;
use super::definition::{Base, Sums};
use crate::decimal::Decimal;

/// What made figures differ, in the order in which it is reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Records count that didn't count before: they are new, or were counted late.
    Came,
    /// Records count with another measure, share or people.
    Corrected,
    /// Records came over from another group or day.
    MovedIn,
    /// Records went over to another group or day.
    MovedOut,
    /// Records don't count any more: reopened, cancelled, merged.
    Went,
    /// Regions were said to be made of other provinces.
    Regions,
    /// The metric is computed in another way.
    Definition,
}

/// Which fact of which record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The record.
    pub record_id: Uuid,
    /// The source of the fact.
    pub source: String,
    /// The word of its rule of attribution.
    pub attribution: String,
    /// Which of the facts of that source.
    pub part: i32,
}

/// A fact of a record within one group, on both sides: only the rows of it that differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fact {
    /// Its rows as they were frozen.
    pub then: Vec<metric_fact::Model>,
    /// Its rows of today.
    pub now: Vec<metric_fact::Model>,
    /// Was there any such fact when the figures were frozen, or is there one today, where these rows aren't?
    pub elsewhere: bool,
}

impl Fact {
    /// What happened to it.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match (self.then.is_empty(), self.now.is_empty(), self.elsewhere) {
            (false, false, _) => Kind::Corrected,
            (true, _, true) => Kind::MovedIn,
            (true, _, false) => Kind::Came,
            (false, true, true) => Kind::MovedOut,
            (false, true, false) => Kind::Went,
        }
    }
}

/// What the metrics from facts that a figure stands on add up to, by their keys.
pub type State = BTreeMap<String, Sums>;

/// What changed for one of the metrics that a figure stands on: fact by fact.
#[derive(Clone, Debug)]
pub struct Changes<'b> {
    /// What it counts.
    pub base: &'b Base,
    /// The place of its measure.
    pub measure: Option<usize>,
    /// The facts.
    pub facts: BTreeMap<Key, Fact>,
}

/// One step from the frozen figure to today's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What happened.
    pub kind: Kind,
    /// What everything adds up to after it.
    pub after: State,
    /// To which facts; to none where it wasn't facts that changed.
    pub facts: BTreeMap<Key, Fact>,
}

/// The steps that changed facts make. What changed without changing a sum isn't one.
#[must_use]
pub fn steps(then: &State, changes: &BTreeMap<String, Changes<'_>>) -> Vec<Step> {
    let mut by_kind: BTreeMap<Kind, (State, BTreeMap<Key, Fact>)> = BTreeMap::new();
    for (metric, changes) in changes {
        for (key, fact) in &changes.facts {
            let gain = gain(changes, fact);
            if gain == Sums::default() {
                continue;
            }
            let (gains, facts) = by_kind.entry(fact.kind()).or_default();
            gains.entry(metric.clone()).or_default().add(gain);
            // Two metrics may look at the same fact, and at other rows of it.
            let all = facts.entry(key.clone()).or_default();
            all.elsewhere |= fact.elsewhere;
            for (rows, more) in [(&mut all.then, &fact.then), (&mut all.now, &fact.now)] {
                for row in more {
                    if !rows.contains(row) {
                        rows.push(row.clone());
                    }
                }
            }
        }
    }
    let mut state = then.clone();
    by_kind
        .into_iter()
        .map(|(kind, (gains, facts))| {
            for (metric, gain) in gains {
                state.entry(metric).or_default().add(gain);
            }
            Step {
                kind,
                after: state.clone(),
                facts,
            }
        })
        .collect()
}

/// What a metric gains by a changed fact.
fn gain(changes: &Changes<'_>, fact: &Fact) -> Sums {
    let mut gain = Sums::default();
    for row in &fact.now {
        gain.add(sums_of(changes.base, changes.measure, row));
    }
    for row in &fact.then {
        let lost = sums_of(changes.base, changes.measure, row);
        gain.add(Sums {
            weight: -lost.weight,
            counted: -lost.counted,
            total: -lost.total,
        });
    }
    gain
}

/// The effect of each step, from the figure before all of them and the figures after each. Where the first or the last one
/// isn't known there is no difference to share out.
#[must_use]
pub fn effects(then: Option<Decimal>, after: &[Option<Decimal>]) -> Vec<Option<Decimal>> {
    let (Some(mut last), Some(Some(_))) = (then, after.last()) else {
        return vec![None; after.len()];
    };
    after
        .iter()
        .map(|figure| {
            let figure = (*figure)?;
            let effect = Decimal(figure.0.saturating_sub(last.0));
            last = figure;
            Some(effect)
        })
        .collect()
}

#[cfg(test)]
mod tests;
