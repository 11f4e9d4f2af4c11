//! Where time goes in one ticket (时间去向): its stretches of time, from its history.
//!
//! - A **stretch** (时段) counts when it has ended, on the day of its end, for the team that had the ticket until then. One
//!   that still runs isn't counted.
//! - In a **step** (步骤) a ticket stays from entering to leaving it, in one at a time: where two stays overlap, the earlier
//!   one ended as the later one began.
//! - It is in a **queue** (排队) while nobody has it: that of a team, or that of no team before it is routed. A ticket that
//!   goes from one team to another untaken has been in two queues.
//! - A **handover** (移交) lasts from the assignment by somebody else until the new assignee does anything with the ticket,
//!   or it is taken away, or it ends. A handover of ownership lasts from the offer to its answer.
//! - It **waits** (等待) for the customer, for parts, or on hold, each by itself.
//!
//! Time in which a ticket waits is nobody's delay: it is taken out of queues and handovers, but not out of steps. Nothing
//! runs while a ticket has ended; reopened, it begins anew. A merged ticket goes on as another one, so what its merging
//! cut short doesn't count. All that happens in one moment happens together.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::enums::TicketState;
use uuid::Uuid;

use super::rules::{Case, occurrence};
use super::{HANDOVER, QUEUE, STEP, WAITING};
use crate::calendars::Calendar;
use crate::metrics::facts::Occurrence;

/// The first member who is assigned.
pub const FIRST: &str = "first";
/// From member to member within the team.
pub const WITHIN_TEAM: &str = "within_team";
/// To a member of another team.
pub const BETWEEN_TEAMS: &str = "between_teams";
/// An offered ownership that was taken on.
pub const OWNERSHIP: &str = "ownership";
/// An offered ownership that was refused.
pub const OWNERSHIP_DECLINED: &str = "ownership_declined";
/// Waits for the customer.
pub const PENDING_CUSTOMER: &str = "pending_customer";
/// Waits for parts.
pub const PENDING_PARTS: &str = "pending_parts";
/// Put on hold by us.
pub const ON_HOLD: &str = "on_hold";

/// What has happened to a ticket, as far as its time goes by it.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// Its stays in steps.
    pub stays: Vec<Stay>,
    /// Its history, oldest first.
    pub entries: Vec<Entry>,
    /// Who has it now.
    pub assignee: Option<Uuid>,
    /// The offers of its ownership that were accepted or declined.
    pub offers: Vec<Offer>,
    /// By which its working time runs, if any clock says so.
    pub calendar: Option<Arc<Calendar>>,
}

/// A stay in a step.
#[derive(Clone, Debug)]
pub struct Stay {
    /// The codes of process and step, with a dot between them.
    pub step: String,
    /// When it began.
    pub from: DateTime<Utc>,
    /// When it ended.
    pub to: Option<DateTime<Utc>>,
}

/// An entry of the history.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// The member who did it; none for outsiders and the server.
    pub by: Option<Uuid>,
    /// What changed.
    pub what: What,
}

/// What changed, from what to what.
#[derive(Clone, Copy, Debug)]
pub enum What {
    /// Whether work goes on, waits or is over.
    State(Option<TicketState>, TicketState),
    /// The team that has it.
    Team(Option<Uuid>, Option<Uuid>),
    /// The member who works on it.
    Assignee(Option<Uuid>, Option<Uuid>),
    /// Anything else: somebody did something.
    Other,
}

/// An answered offer of the ownership.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    /// When it was made.
    pub from: DateTime<Utc>,
    /// When it was answered.
    pub to: DateTime<Utc>,
    /// Was it taken on?
    pub accepted: bool,
}

/// A stretch between two moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
}

/// In which state a ticket waited, from when, and until when if that is over.
type Wait = (TicketState, DateTime<Utc>, Option<DateTime<Utc>>);

/// All that happened in one moment.
#[derive(Clone, Debug)]
struct Moment {
    at: DateTime<Utc>,
    state: Option<TicketState>,
    team: Option<Option<Uuid>>,
    /// To whom it went, and who did that.
    assignee: Option<(Option<Uuid>, Option<Uuid>)>,
    actors: Vec<Uuid>,
}

/// The stretches of a ticket that count.
pub fn stretches(case: &Case) -> Vec<Occurrence> {
    let line = Line::of(case);
    let waits = line.waits();
    let mut all = Vec::new();
    let mut add = |source, detail: Option<String>, team, span: Span, net: &[Span]| {
        // What was cut short by merging goes on in the other ticket.
        if case.merged && case.closed_at.is_some_and(|merged| span.to >= merged) {
            return;
        }
        let parts = all
            .iter()
            .filter(|one: &&Occurrence| one.source == source)
            .count();
        let part = i32::try_from(parts).unwrap_or(i32::MAX);
        let values = [Some(seconds(net)), working(case, net), None, None];
        all.push(Occurrence {
            team,
            detail,
            ..occurrence(case, source, part, span.to, values)
        });
    };
    for (step, span) in stays(case) {
        add(STEP, Some(step), line.team(span), span, &[span]);
    }
    for (team, span) in line.queues() {
        let net = without(span, &waits);
        if seconds(&net) > 0 {
            add(QUEUE, team.map(|team| team.to_string()), team, span, &net);
        }
    }
    for (kind, span) in line.handovers() {
        let net = without(span, &waits);
        if seconds(&net) > 0 {
            add(HANDOVER, Some(kind.to_owned()), line.team(span), span, &net);
        }
    }
    for offer in &case.past.offers {
        let kind = if offer.accepted {
            OWNERSHIP
        } else {
            OWNERSHIP_DECLINED
        };
        let span = span(offer.from, offer.to);
        add(
            HANDOVER,
            Some(kind.to_owned()),
            line.team(span),
            span,
            &[span],
        );
    }
    for (state, from, to) in &waits {
        if let (Some(word), Some(to)) = (word(*state), to) {
            let span = span(*from, *to);
            add(
                WAITING,
                Some(word.to_owned()),
                line.team(span),
                span,
                &[span],
            );
        }
    }
    all
}

/// The stays in steps that have ended, none overlapping the next.
fn stays(case: &Case) -> Vec<(String, Span)> {
    let mut stays: Vec<&Stay> = case.past.stays.iter().collect();
    stays.sort_by_key(|stay| (stay.from, stay.to.unwrap_or(DateTime::<Utc>::MAX_UTC)));
    let mut ended = Vec::new();
    for (place, stay) in stays.iter().enumerate() {
        let next = stays.get(place + 1).map(|next| next.from);
        if let Some(to) = stay.to.into_iter().chain(next).min() {
            ended.push((stay.step.clone(), span(stay.from, to)));
        }
    }
    ended
}

/// A ticket's history moment by moment, and how it was before the first of them.
struct Line {
    opened: DateTime<Utc>,
    state: TicketState,
    team: Option<Uuid>,
    assignee: Option<Uuid>,
    moments: Vec<Moment>,
}

impl Line {
    fn of(case: &Case) -> Self {
        let past = &case.past;
        let (mut state, mut team, mut assignee) = (None, None, None);
        let mut moments: Vec<Moment> = Vec::new();
        for entry in &past.entries {
            if moments.last().is_none_or(|last| last.at != entry.at) {
                moments.push(Moment {
                    at: entry.at,
                    state: None,
                    team: None,
                    assignee: None,
                    actors: Vec::new(),
                });
            }
            let Some(moment) = moments.last_mut() else {
                continue;
            };
            moment.actors.extend(entry.by);
            match entry.what {
                What::State(from, to) => {
                    state.get_or_insert(from.unwrap_or(TicketState::Open));
                    moment.state = Some(to);
                }
                What::Team(from, to) => {
                    team.get_or_insert(from);
                    moment.team = Some(to);
                }
                What::Assignee(from, to) => {
                    assignee.get_or_insert(from);
                    moment.assignee = Some((to, entry.by));
                }
                What::Other => {}
            }
        }
        Self {
            opened: case.created_at,
            // What never changed is as it is now.
            state: state.unwrap_or(case.state),
            team: team.unwrap_or(case.team),
            assignee: assignee.unwrap_or(past.assignee),
            moments,
        }
    }

    /// The team that had the ticket during a stretch; at its end if there were several.
    fn team(&self, span: Span) -> Option<Uuid> {
        let until = self
            .moments
            .iter()
            .take_while(|moment| moment.at < span.to || moment.at <= span.from);
        until
            .filter_map(|moment| moment.team)
            .last()
            .unwrap_or(self.team)
    }

    /// The times in each state of waiting; the last one may go on.
    fn waits(&self) -> Vec<Wait> {
        let mut runs = vec![(self.state, self.opened, None)];
        for moment in &self.moments {
            let Some(state) = moment.state else { continue };
            if let Some(last) = runs.last_mut().filter(|last| last.0 != state) {
                last.2 = Some(moment.at);
                runs.push((state, moment.at, None));
            }
        }
        runs.retain(|(state, ..)| word(*state).is_some());
        runs
    }

    /// The times in queues that have ended, with the team whose queue it was.
    fn queues(&self) -> Vec<(Option<Uuid>, Span)> {
        let (mut state, mut team, mut assignee) = (self.state, self.team, self.assignee);
        let queue = |state, team, assignee: Option<Uuid>| {
            (assignee.is_none() && !ended(state)).then_some(team)
        };
        let mut present = (queue(state, team, assignee), self.opened);
        let mut found = Vec::new();
        for moment in &self.moments {
            state = moment.state.unwrap_or(state);
            team = moment.team.unwrap_or(team);
            assignee = moment.assignee.map_or(assignee, |(to, _)| to);
            let next = queue(state, team, assignee);
            if next != present.0 {
                if let Some(team) = present.0 {
                    found.push((team, span(present.1, moment.at)));
                }
                present = (next, moment.at);
            }
        }
        found
    }

    /// From each assignment by somebody else to what the assignee made of it.
    fn handovers(&self) -> Vec<(&'static str, Span)> {
        let (mut team, mut assignee) = (self.team, self.assignee);
        // Who had it last, and for which team.
        let mut holder = assignee.map(|_| team);
        let mut found = Vec::new();
        for (place, moment) in self.moments.iter().enumerate() {
            team = moment.team.unwrap_or(team);
            let Some((to, by)) = moment.assignee.filter(|(to, _)| *to != assignee) else {
                continue;
            };
            assignee = to;
            let Some(member) = to else { continue };
            let kind = match holder {
                None => FIRST,
                Some(before) if before == team => WITHIN_TEAM,
                Some(_) => BETWEEN_TEAMS,
            };
            holder = Some(team);
            if by == Some(member) {
                continue;
            }
            let over = |later: &&Moment| {
                later.actors.contains(&member)
                    || later.assignee.is_some_and(|(to, _)| to != Some(member))
                    || later.state.is_some_and(ended)
            };
            if let Some(later) = self.moments.iter().skip(place + 1).find(over) {
                found.push((kind, span(moment.at, later.at)));
            }
        }
        found
    }
}

/// What a state of waiting is called; none for others.
const fn word(state: TicketState) -> Option<&'static str> {
    match state {
        TicketState::PendingCustomer => Some(PENDING_CUSTOMER),
        TicketState::PendingParts => Some(PENDING_PARTS),
        TicketState::OnHold => Some(ON_HOLD),
        TicketState::Open | TicketState::Closed | TicketState::Cancelled => None,
    }
}

const fn ended(state: TicketState) -> bool {
    matches!(state, TicketState::Closed | TicketState::Cancelled)
}

/// Never turned round, whatever the rows say.
fn span(from: DateTime<Utc>, to: DateTime<Utc>) -> Span {
    Span {
        from,
        to: to.max(from),
    }
}

/// What of a stretch isn't waiting.
fn without(whole: Span, waits: &[Wait]) -> Vec<Span> {
    let mut left = Vec::new();
    let mut from = whole.from;
    for (_, began, over) in waits {
        if *began > from {
            left.push(span(from, whole.to.min(*began)));
        }
        from = from.max(over.unwrap_or(whole.to));
        if from >= whole.to {
            break;
        }
    }
    if from < whole.to {
        left.push(span(from, whole.to));
    }
    left
}

fn seconds(spans: &[Span]) -> i64 {
    let lengths = spans.iter().map(|span| span.to - span.from);
    lengths.sum::<chrono::TimeDelta>().num_seconds()
}

/// The same by the ticket's calendar.
fn working(case: &Case, spans: &[Span]) -> Option<i64> {
    let calendar = case.past.calendar.as_ref()?;
    let spans = spans.iter();
    let lengths = spans.map(|span| calendar.working_time(span.from, span.to));
    Some(lengths.sum::<chrono::TimeDelta>().num_seconds())
}

#[cfg(test)]
#[path = "stretches_tests.rs"]
mod tests;
