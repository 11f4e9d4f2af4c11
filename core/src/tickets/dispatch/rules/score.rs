//! How good a choice somebody is, in whole points from 0 to 1000: by load, by fit, by fairness.

use entity::enums::TicketPriority;
use serde::{Deserialize, Serialize};

use super::facts::{Candidate, Needs, weight};

/// The best there is.
pub const MOST: u64 = 1_000;

/// How much each kind of points counts. They needn't add up to anything; all zero leaves only the ties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// Of load.
    pub load: u32,
    /// Of fit.
    pub fit: u32,
    /// Of fairness.
    pub fairness: u32,
}

impl Weights {
    /// The weighted mean of points, rounded down; 0 when nothing weighs anything.
    #[must_use]
    pub fn total(self, points: Points) -> u64 {
        let (load, fit, fairness) = (
            u64::from(self.load),
            u64::from(self.fit),
            u64::from(self.fairness),
        );
        let sum = load * points.load + fit * points.fit + fairness * points.fairness;
        sum.checked_div(load + fit + fairness).unwrap_or(0)
    }
}

/// Points of one candidate, each 0 to 1000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Points {
    /// For free capacity.
    pub load: u64,
    /// For the right skills.
    pub fit: u64,
    /// For having received less than the others.
    pub fairness: u64,
}

/// What the candidates who may get the ticket have together: what a fair share is measured by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Together {
    /// Tickets received lately.
    pub received: u64,
    /// Open tickets at most.
    pub capacity: u64,
}

impl Together {
    /// Of some candidates.
    pub fn of<'c>(candidates: impl IntoIterator<Item = &'c Candidate>) -> Self {
        candidates
            .into_iter()
            .fold(Self::default(), |sum, candidate| Self {
                received: sum.received + u64::from(candidate.received),
                capacity: sum.capacity + u64::from(candidate.capacity),
            })
    }
}

/// The points of a candidate among those who may get the ticket.
#[must_use]
pub fn points(needs: &Needs, candidate: &Candidate, together: Together) -> Points {
    Points {
        load: load(candidate),
        fit: fit(needs, candidate),
        fairness: fairness(candidate, together),
    }
}

/// The part of the capacity that is free, where an open ticket takes more of it the more urgent it is: 1000 for an empty
/// desk, 0 for one with as much work as the capacity has in tickets of normal priority, or more.
fn load(candidate: &Candidate) -> u64 {
    let whole = u64::from(candidate.capacity) * weight(TicketPriority::Normal);
    let free = whole.saturating_sub(candidate.open.weight());
    (free * MOST).checked_div(whole).unwrap_or(0)
}

/// The right person for the work (扬长避短): best is one level above what is needed, for high and urgent tickets two;
/// each level off, above or below, takes 200 points, so that experts are kept for what only they can do. With several
/// skills it is their mean; without any it is the same for all. About a product, three tenths of it are experience:
/// 100 points for each ticket about that product that the candidate has resolved, up to ten.
fn fit(needs: &Needs, candidate: &Candidate) -> u64 {
    let best = if needs.priority >= TicketPriority::High {
        2
    } else {
        1
    };
    let of_skill = |level: u8, has: u8| {
        let above = i64::from(has) - i64::from(level);
        MOST.saturating_sub(200 * (above - best).unsigned_abs())
    };
    let skills: Vec<u64> = needs
        .skills
        .iter()
        .map(|need| {
            of_skill(
                need.level,
                candidate.skills.get(&need.skill).copied().unwrap_or(0),
            )
        })
        .collect();
    let sum: u64 = skills.iter().sum();
    let mean = sum.checked_div(skills.len() as u64).unwrap_or(MOST);
    if needs.product.is_none() {
        return mean;
    }
    let experience = u64::from(candidate.resolved_alike.min(10)) * 100;
    (mean * 7 + experience * 3) / 10
}

/// What was received lately against the fair share, which goes by capacity: 1000 for nothing, 500 for exactly the fair
/// share, 0 for twice of it or more. 500 for all when nobody received anything.
fn fairness(candidate: &Candidate, together: Together) -> u64 {
    let fair = together.received * u64::from(candidate.capacity);
    let taken = u64::from(candidate.received) * together.capacity * (MOST / 2);
    taken
        .checked_div(fair)
        .map_or(MOST / 2, |taken| MOST.saturating_sub(taken))
}
