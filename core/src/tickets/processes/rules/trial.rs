//! A version held against past tickets: which would have been late, and where.
//!
//! What is measured is the working time of each stay, without the time in which the ticket waited (for the customer, for
//! parts, on hold). A stay in a stage counts step by step where the ticket was in steps of the same code; otherwise as a
//! whole, against the sum of the stage's limits - which is none as soon as one of its steps has none. A stay that lasts
//! on counts only when it is late already.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::enums::TicketStage;
use uuid::Uuid;

use super::steps::Step;
use crate::tickets::rules::stages::STAGES;

/// The most late stays that are named.
pub const LATE_MAX: usize = 100;

/// From when to when; without an end it lasts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// When it began.
    pub from: DateTime<Utc>,
    /// When it ended.
    pub to: Option<DateTime<Utc>>,
}

/// A past ticket with its stays.
#[derive(Clone, Debug)]
pub struct Past {
    /// The ticket.
    pub id: Uuid,
    /// Its number for people.
    pub number: i64,
    /// Its stays in stages, in order.
    pub stages: Vec<(TicketStage, Span)>,
    /// Its stays in steps by their codes, in order.
    pub steps: Vec<(String, Span)>,
    /// When it waited.
    pub waits: Vec<Span>,
}

/// What is judged: a step of the version, or a stage as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The stage as a whole, by its place in the order.
    Stage(usize),
    /// The step, by its place in the version.
    Step(usize),
}

/// What was found at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where.
    pub place: Place,
    /// How many stays.
    pub count: usize,
    /// How many of them were longer than the limit.
    pub late: usize,
    /// Half of the stays were no longer than this.
    pub median_seconds: Option<i64>,
    /// Nine of ten stays were no longer than this.
    pub p90_seconds: Option<i64>,
    /// The limit.
    pub limit_seconds: Option<i64>,
}

/// A stay that would have been late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Late {
    /// The ticket.
    pub id: Uuid,
    /// Its number for people.
    pub number: i64,
    /// Where.
    pub place: Place,
    /// When the stay began.
    pub entered_at: DateTime<Utc>,
    /// How long it took.
    pub seconds: i64,
    /// By how much it was over the limit.
    pub over_seconds: i64,
}

/// What the trial found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many tickets were looked at.
    pub tickets: usize,
    /// How many of them were late anywhere.
    pub late_tickets: usize,
    /// Each step, in order, after its stage where that was judged as a whole.
    pub lines: Vec<Line>,
    /// The late stays, the longest over the limit first; at most [`LATE_MAX`].
    pub late: Vec<Late>,
}

/// Holds the steps against the tickets; `working` tells how much working time lies between two moments.
#[must_use]
pub fn run(
    steps: &[Step],
    tickets: &[Past],
    now: DateTime<Utc>,
    working: impl Fn(DateTime<Utc>, DateTime<Utc>) -> i64,
) -> Outcome {
    let mut times: BTreeMap<Place, Vec<i64>> = BTreeMap::new();
    let mut late = Vec::new();
    let mut late_tickets = 0;
    for ticket in tickets {
        let before = late.len();
        for (place, span) in judged(steps, ticket) {
            let limit = limit(steps, place);
            let seconds = time(span, &ticket.waits, now, &working);
            let over = limit.map(|limit| seconds - limit).filter(|over| *over > 0);
            if span.to.is_none() && over.is_none() {
                continue;
            }
            times.entry(place).or_default().push(seconds);
            late.extend(over.map(|over_seconds| Late {
                id: ticket.id,
                number: ticket.number,
                place,
                entered_at: span.from,
                seconds,
                over_seconds,
            }));
        }
        late_tickets += usize::from(late.len() > before);
    }
    late.sort_by_key(|late| (-late.over_seconds, late.number, late.place));
    let mut late_at: BTreeMap<Place, usize> = BTreeMap::new();
    for found in &late {
        *late_at.entry(found.place).or_default() += 1;
    }
    late.truncate(LATE_MAX);
    let lines = places(steps)
        .filter(|place| matches!(place, Place::Step(_)) || times.contains_key(place))
        .map(|place| {
            let mut seconds = times.get(&place).cloned().unwrap_or_default();
            seconds.sort_unstable();
            Line {
                place,
                count: seconds.len(),
                late: late_at.get(&place).copied().unwrap_or_default(),
                median_seconds: percentile(&seconds, 50),
                p90_seconds: percentile(&seconds, 90),
                limit_seconds: limit(steps, place),
            }
        })
        .collect();
    Outcome {
        tickets: tickets.len(),
        late_tickets,
        lines,
        late,
    }
}

/// Every stage, followed by its steps.
fn places(steps: &[Step]) -> impl Iterator<Item = Place> {
    (0..STAGES.len()).flat_map(move |stage| {
        let its = move |(_, step): &(usize, &Step)| step.stage == STAGES[stage];
        let its = steps.iter().enumerate().filter(its);
        std::iter::once(Place::Stage(stage)).chain(its.map(|(at, _)| Place::Step(at)))
    })
}

/// The stays of a ticket, each with the place by which it is judged.
fn judged(steps: &[Step], ticket: &Past) -> Vec<(Place, Span)> {
    let mut judged = Vec::new();
    for (stage, stay) in &ticket.stages {
        let within = |span: &Span| {
            span.from >= stay.from
                && (span.from == stay.from || stay.to.is_none_or(|to| span.from < to))
        };
        let known = ticket.steps.iter().filter(|(_, span)| within(span));
        let known: Vec<(Place, Span)> = known
            .filter_map(|(code, span)| {
                let at = steps
                    .iter()
                    .position(|step| step.code == *code && step.stage == *stage)?;
                Some((Place::Step(at), *span))
            })
            .collect();
        if known.is_empty() {
            let place = STAGES.iter().position(|other| other == stage);
            judged.extend(place.map(|place| (Place::Stage(place), *stay)));
        } else {
            judged.extend(known);
        }
    }
    judged
}

/// The limit of a step, or the sum of a stage's limits; none when there is a step without one.
fn limit(steps: &[Step], place: Place) -> Option<i64> {
    match place {
        Place::Step(at) => steps.get(at)?.limit_seconds,
        Place::Stage(stage) => {
            let mut its = steps
                .iter()
                .filter(|step| step.stage == STAGES[stage])
                .peekable();
            its.peek()?;
            its.map(|step| step.limit_seconds).sum()
        }
    }
}

/// The working time of a stay, without the time in which the ticket waited.
fn time(
    stay: Span,
    waits: &[Span],
    now: DateTime<Utc>,
    working: impl Fn(DateTime<Utc>, DateTime<Utc>) -> i64,
) -> i64 {
    let end = stay.to.unwrap_or(now).max(stay.from);
    let mut seconds = 0;
    let mut from = stay.from;
    for wait in waits {
        let (begin, over) = (
            wait.from.clamp(from, end),
            wait.to.unwrap_or(end).clamp(from, end),
        );
        if over > begin {
            seconds += working(from, begin);
            from = over;
        }
    }
    seconds + working(from, end)
}

/// The smallest of the sorted values that so many percent of them don't exceed.
fn percentile(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}
