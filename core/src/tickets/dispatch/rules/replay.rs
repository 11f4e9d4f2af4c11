//! Past assignments once more, by other weights or requirements: who would have got what.
//!
//! Each is tried with the facts that were written down with it. Where an earlier one would have gone to somebody else, the
//! work of both is moved for what comes after it: until the ticket was resolved for the open tickets, for the days that
//! fairness looks at for the tickets received.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::TicketPriority;
use uuid::Uuid;

use super::facts::{Candidate, Needs};
use super::rank::{Judged, best, judge};
use super::score::Weights;

/// A ticket that was given to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// When.
    pub at: DateTime<Utc>,
    /// What it is to need.
    pub needs: Needs,
    /// Who came into question, as known then.
    pub candidates: Vec<Candidate>,
    /// Who got it.
    pub actual: Uuid,
    /// When it was resolved or ended.
    pub over: Option<DateTime<Utc>>,
}

/// What would have become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Who would have got it.
    pub chosen: Option<Uuid>,
    /// All candidates.
    pub ranking: Vec<Judged>,
}

/// Work that would have been somebody's, or wouldn't.
#[derive(Clone, Copy, Debug)]
struct Moved {
    at: DateTime<Utc>,
    over: Option<DateTime<Utc>>,
    priority: TicketPriority,
    gained: bool,
}

/// Goes through assignments from the oldest to the newest.
#[derive(Debug)]
pub struct Replay {
    weights: Weights,
    fairness: TimeDelta,
    moved: HashMap<Uuid, Vec<Moved>>,
}

impl Replay {
    /// By these weights, where fairness looks at so many days.
    #[must_use]
    pub fn new(weights: Weights, fairness_days: u32) -> Self {
        Self {
            weights,
            fairness: TimeDelta::days(fairness_days.into()),
            moved: HashMap::new(),
        }
    }

    /// Tries the next one.
    pub fn next(&mut self, past: Past) -> Trial {
        let candidates = past
            .candidates
            .into_iter()
            .map(|candidate| self.adjusted(candidate, past.at))
            .collect();
        let ranking = judge(&past.needs, candidates, self.weights);
        let chosen = best(&ranking);
        if chosen != Some(past.actual) {
            let mut note = |member: Uuid, gained: bool| {
                self.moved.entry(member).or_default().push(Moved {
                    at: past.at,
                    over: past.over,
                    priority: past.needs.priority,
                    gained,
                });
            };
            note(past.actual, false);
            if let Some(chosen) = chosen {
                note(chosen, true);
            }
        }
        Trial { chosen, ranking }
    }

    fn adjusted(&self, mut candidate: Candidate, now: DateTime<Utc>) -> Candidate {
        for moved in self.moved.get(&candidate.member).into_iter().flatten() {
            let shift = |count: &mut u32| {
                *count = if moved.gained {
                    count.saturating_add(1)
                } else {
                    count.saturating_sub(1)
                };
            };
            if moved.over.is_none_or(|over| now < over) {
                shift(candidate.open.of(moved.priority));
            }
            if now - self.fairness <= moved.at {
                shift(&mut candidate.received);
            }
            if moved.gained {
                candidate.last_assigned = candidate.last_assigned.max(Some(moved.at));
            }
        }
        candidate
    }
}
