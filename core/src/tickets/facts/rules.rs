//! What counts of one ticket: from its rows to facts.

use chrono::{DateTime, Utc};
use entity::enums::{Province, SlaClockKind, SlaClockState, TicketStage, TicketState};
use uuid::Uuid;

use super::stretches::{Past, stretches};
use super::{ENDED, OPENED, RATED, RESOLUTION, RESOLVED};
use crate::metrics::facts::{MEASURES, Occurrence};

/// A ticket with everything that counts of it.
#[derive(Clone, Debug)]
pub struct Case {
    /// The ticket.
    pub id: Uuid,
    /// Who answers for it.
    pub owner: Option<Uuid>,
    /// The team that has it.
    pub team: Option<Uuid>,
    /// Where it is served.
    pub province: Province,
    /// The product.
    pub product: Option<Uuid>,
    /// By which way it came in, as the database writes it.
    pub channel: String,
    /// What it is about, as the database writes it.
    pub kind: String,
    /// Whether work goes on, waits or is over.
    pub state: TicketState,
    /// Does it go on as another ticket?
    pub merged: bool,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When the customer got the first answer from a person.
    pub first_responded_at: Option<DateTime<Utc>>,
    /// When it was resolved; none while it isn't.
    pub resolved_at: Option<DateTime<Utc>>,
    /// When it was closed or cancelled.
    pub closed_at: Option<DateTime<Utc>>,
    /// Which stages it entered when, oldest first.
    pub stages: Vec<(TicketStage, DateTime<Utc>)>,
    /// How its promises stand.
    pub promises: Vec<Promise>,
    /// The shares that hold now, of all rounds.
    pub credits: Vec<Credit>,
    /// What customers said.
    pub answers: Vec<Answer>,
    /// Where its time went.
    pub past: Past,
}

/// A clock of the service level.
#[derive(Clone, Copy, Debug)]
pub struct Promise {
    /// What it measures.
    pub kind: SlaClockKind,
    /// Whether it runs.
    pub state: SlaClockState,
    /// Whether it was kept; none while that isn't decided.
    pub met: Option<bool>,
    /// Was the target missed already?
    pub breached: bool,
    /// Working time so far; altogether, once it has stopped.
    pub ran_seconds: i64,
}

/// A share of a resolution.
#[derive(Clone, Copy, Debug)]
pub struct Credit {
    /// 0 for the first resolution, counted up by each reopening.
    pub round: i32,
    /// Who.
    pub member: Uuid,
    /// In ten-thousandths of the resolution.
    pub share: i32,
}

/// The answer to a survey.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// The round of the resolution that was asked about.
    pub round: i32,
    /// When.
    pub at: DateTime<Utc>,
    /// Overall.
    pub rating: i32,
    /// How quick it was.
    pub response: Option<i32>,
    /// How friendly it was.
    pub attitude: Option<i32>,
    /// How good the solution was.
    pub solution: Option<i32>,
}

/// A comment, as far as it may count.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// When its request came.
    pub at: DateTime<Utc>,
    /// The member who wrote it; none when somebody else did.
    pub by: Option<Uuid>,
    /// Does it give a preliminary solution, for which a clock may wait?
    pub solution: bool,
}

/// Can a comment have changed what counts of its ticket, which had this assignee and was last changed then, and which nothing that
/// follows from a comment has changed? It can as the first thing that the assignee does with the ticket; anybody else's is only read.
#[must_use]
pub fn comment_counts(said: Said, assignee: Option<Uuid>, changed_at: DateTime<Utc>) -> bool {
    // Who waited for a change to be written stands before it in the history, when somebody else may have been the assignee.
    let late = said.at <= changed_at;
    late || said.solution || said.by.is_some() && said.by == assignee
}

/// Everything that counts of a ticket as it is now.
#[must_use]
pub fn occurrences(case: &Case) -> Vec<Occurrence> {
    let mut all = vec![opened(case)];
    all.extend(resolved(case));
    all.extend(resolutions(case));
    all.extend(case.answers.iter().map(|answer| rated(case, answer)));
    all.extend(ended(case));
    all.extend(stretches(case));
    all
}

fn opened(case: &Case) -> Occurrence {
    let resolved = (!given_up(case)).then_some(i64::from(case.resolved_at.is_some()));
    let values = [
        resolved,
        case.first_responded_at.map(|at| since_opened(case, at)),
        in_time(case, SlaClockKind::FirstResponse),
        in_time(case, SlaClockKind::PreliminarySolution),
    ];
    occurrence(case, OPENED, 0, case.created_at, values)
}

fn resolved(case: &Case) -> Option<Occurrence> {
    let at = case.resolved_at.filter(|_| !given_up(case))?;
    let worked = promise(case, SlaClockKind::Resolution)
        .filter(|promise| promise.state == SlaClockState::Stopped)
        .map(|promise| promise.ran_seconds);
    let values = [
        Some(since_opened(case, at)),
        worked,
        in_time(case, SlaClockKind::Resolution),
        None,
    ];
    let latest = case.credits.iter().map(|credit| credit.round).max();
    Some(Occurrence {
        shares: latest.map_or_else(Vec::new, |round| shares(case, round)),
        ..occurrence(case, RESOLVED, 0, at, values)
    })
}

fn resolutions(case: &Case) -> impl Iterator<Item = Occurrence> {
    let entries = case.stages.iter();
    let times: Vec<DateTime<Utc>> = entries
        .filter(|(stage, _)| *stage == TicketStage::Feedback)
        .map(|(_, at)| *at)
        .collect();
    let last = times.len();
    (0..).zip(times).filter_map(move |(part, at)| {
        let is_last = usize::try_from(part).is_ok_and(|part: usize| part + 1 == last);
        let stands = is_last && case.resolved_at.is_some();
        let held = [Some(i64::from(stands)), None, None, None];
        // One that was given up while it stood neither held nor was it undone.
        let counts = !(stands && given_up(case));
        counts.then(|| occurrence(case, RESOLUTION, part, at, held))
    })
}

fn rated(case: &Case, answer: &Answer) -> Occurrence {
    let values = [
        Some(i64::from(answer.rating)),
        answer.response.map(i64::from),
        answer.attitude.map(i64::from),
        answer.solution.map(i64::from),
    ];
    Occurrence {
        shares: shares(case, answer.round),
        ..occurrence(case, RATED, answer.round, answer.at, values)
    }
}

fn ended(case: &Case) -> Option<Occurrence> {
    let at = case.closed_at.filter(|_| !case.merged)?;
    let cancelled = match case.state {
        TicketState::Cancelled => 1,
        TicketState::Closed => 0,
        _ => return None,
    };
    let values = [Some(cancelled), None, None, None];
    Some(occurrence(case, ENDED, 0, at, values))
}

/// Was it given up, or taken elsewhere? Then it was neither solved nor left unsolved, at whatever stage it was.
fn given_up(case: &Case) -> bool {
    case.merged || case.state == TicketState::Cancelled
}

/// Was the promise kept? Decided when its clock has stopped with a verdict, and lost as soon as the target is missed.
fn in_time(case: &Case, kind: SlaClockKind) -> Option<i64> {
    let promise = promise(case, kind)?;
    match promise.met {
        Some(met) => Some(i64::from(met)),
        None if promise.breached && promise.state != SlaClockState::Stopped => Some(0),
        None => None,
    }
}

fn promise(case: &Case, kind: SlaClockKind) -> Option<&Promise> {
    case.promises.iter().find(|promise| promise.kind == kind)
}

fn shares(case: &Case, round: i32) -> Vec<(Uuid, i32)> {
    let credits = case.credits.iter();
    credits
        .filter(|credit| credit.round == round)
        .map(|credit| (credit.member, credit.share))
        .collect()
}

/// Whole seconds from the opening.
fn since_opened(case: &Case, at: DateTime<Utc>) -> i64 {
    (at - case.created_at).num_seconds()
}

/// Something that happened to a ticket at a time.
pub(super) fn occurrence(
    case: &Case,
    source: &'static str,
    part: i32,
    at: DateTime<Utc>,
    values: [Option<i64>; MEASURES],
) -> Occurrence {
    Occurrence {
        source,
        record_id: case.id,
        part,
        at,
        owner: case.owner,
        shares: Vec::new(),
        team: case.team,
        province: Some(case.province),
        product: case.product,
        channel: Some(case.channel.clone()),
        kind: Some(case.kind.clone()),
        detail: None,
        values,
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
