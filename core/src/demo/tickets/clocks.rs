//! Gives tickets their clocks: the rules that the server goes by are asked at every step of a ticket's course, so that
//! each due time of the demo explains itself as any other.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{AlertKind, SlaClockKind, SlaReason, SlaStanding, TicketStage, TicketState};
use entity::{sla_clock, ticket_alert};
use uuid::Uuid;

use super::TicketRows;
use super::course::{Action, Step};
use super::request::Request;
use crate::demo::company::Company;
use crate::demo::random::Chance;
use crate::demo::text::replies::Moment;
use crate::tickets::sla::rules::clock::Clock;
use crate::tickets::sla::rules::policy::{Facts, Level, choose};
use crate::tickets::sla::rules::standing::summary;
use crate::tickets::sla::rules::turn::{self, Reply, Situation, Turn};
use crate::tickets::sla::store::{clock_row, interval_row};

/// Steps are measured on tickets that were worked on within so many days: older ones keep their promises only, or a
/// million tickets would have ten million clocks.
const STEPS_MEASURED: TimeDelta = TimeDelta::days(60);
/// How soon the server escalates.
const ESCALATED_AFTER: TimeDelta = TimeDelta::seconds(18);

/// What moves clocks, in the order of one moment: the process first.
#[derive(Clone, Copy)]
enum What {
    Left(usize),
    Entered(usize),
    Opened,
    Taken(Action),
}

/// Lets the clocks of a ticket follow its course.
pub fn follow(
    company: &Company,
    request: &Request,
    steps: &[Step],
    index: u64,
    rows: &mut TicketRows,
) {
    let mut account = Account {
        company,
        facts: Facts {
            kind: request.kind,
            priority: request.priority,
            tier: company.customers.customers[request.customer].tier,
            province: rows.ticket.province,
        },
        now: Situation {
            stage: TicketStage::Intake,
            state: TicketState::Open,
            priority: request.priority,
            resolved: false,
            merged: false,
            answered: false,
            proposed: false,
        },
        clocks: Vec::new(),
    };
    for (at, what) in timeline(company, steps, rows) {
        account.take(at, what, rows);
    }
    let mut chance = Chance::of(company.seed, "ticket clocks", index);
    write(company, account.clocks, rows, &mut chance);
}

/// Everything that moves clocks, in order.
fn timeline(company: &Company, steps: &[Step], rows: &TicketRows) -> Vec<(DateTime<Utc>, What)> {
    let opened = rows.ticket.created_at;
    let mut all = vec![(opened, What::Opened)];
    all.extend(steps.iter().map(|step| (step.at, What::Taken(step.action))));
    let measured = rows
        .ticket
        .closed_at
        .is_none_or(|closed| closed + STEPS_MEASURED > company.as_of);
    if measured {
        for (place, stay) in rows.steps.iter().enumerate() {
            all.push((stay.entered_at, What::Entered(place)));
            all.extend(stay.left_at.map(|left| (left, What::Left(place))));
        }
    }
    all.sort_by_key(|(at, what)| {
        let order = match what {
            What::Left(_) => 0,
            What::Entered(_) => 1,
            What::Opened | What::Taken(_) => 2,
        };
        (*at, order)
    });
    all
}

/// The account that is kept of a ticket.
struct Account<'c> {
    company: &'c Company,
    facts: Facts,
    now: Situation,
    clocks: Vec<Clock>,
}

impl Account<'_> {
    fn level(&self) -> Option<Arc<Level>> {
        let held = turn::level_held(&self.clocks);
        choose(&self.company.levels, held, self.facts)
    }

    fn take(&mut self, at: DateTime<Utc>, what: What, rows: &mut TicketRows) {
        match what {
            What::Left(place) => {
                let stay = rows.steps[place].id;
                let verdict = !self.now.given_up();
                self.clocks
                    .iter_mut()
                    .filter(|clock| clock.step_entry == Some(stay))
                    .for_each(|clock| clock.stop(verdict, at));
            }
            What::Entered(place) => {
                let stay = &rows.steps[place];
                let limit = self
                    .company
                    .processes
                    .iter()
                    .find_map(|process| process.limit_of(stay.step_id));
                if let (Some(limit), Some(level)) = (limit, self.level()) {
                    let kind = SlaClockKind::Step;
                    let waits = level.waits(kind, self.now.state);
                    let clock = Clock::start(kind, Some(stay.id), level, limit, waits, at);
                    self.clocks.push(clock);
                }
            }
            What::Opened => self.turn(at, None, None, rows),
            What::Taken(action) => self.act(at, action, rows),
        }
    }

    fn act(&mut self, at: DateTime<Utc>, action: Action, rows: &mut TicketRows) {
        let was = self.now;
        let mut reply = None;
        match action {
            Action::ToDesk | Action::ToTeam | Action::ToHandler => return,
            Action::Say(moment) => {
                let by_staff = matches!(moment, Moment::Received | Moment::Planned | Moment::Done);
                reply = by_staff.then_some(Reply {
                    by_staff,
                    solution: false,
                });
            }
            Action::Stage(to) => {
                self.now.stage = to;
                self.now.resolved = to == TicketStage::Feedback;
            }
            Action::Hold(to) => self.now.state = to,
            Action::Resume => self.now.state = TicketState::Open,
            Action::Close => self.now.state = TicketState::Closed,
            Action::Cancel => self.now.state = TicketState::Cancelled,
            Action::Reopen => {
                self.now.state = TicketState::Open;
                self.now.stage = TicketStage::Analysis;
                self.now.resolved = false;
            }
        }
        self.turn(at, Some(was), reply, rows);
    }

    fn turn(
        &mut self,
        at: DateTime<Utc>,
        was: Option<Situation>,
        reply: Option<Reply>,
        rows: &mut TicketRows,
    ) {
        let reason = match was {
            None => Some(SlaReason::Started),
            Some(was) if was.over() && !self.now.over() => Some(SlaReason::Reopened),
            Some(_) => None,
        };
        let terms = reason.and_then(|reason| Some((self.level()?, reason)));
        let turn = Turn {
            was,
            now: self.now,
            reply,
            terms,
        };
        turn::follow(&mut self.clocks, &turn, at);
        let done = self.now.done();
        let ticket = &mut rows.ticket;
        if done || reply.is_some() {
            self.now.answered = true;
            ticket.first_responded_at.get_or_insert(at);
        }
        if done || self.now.solution_known() {
            self.now.proposed = true;
            ticket.solution_proposed_at.get_or_insert(at);
        }
    }
}

/// Writes the clocks down, with the alerts of those that are open.
fn write(company: &Company, clocks: Vec<Clock>, rows: &mut TicketRows, chance: &mut Chance) {
    let mut clocks = clocks;
    for clock in &mut clocks {
        clock.note_breach(company.as_of);
        let Some(started_at) = clock.started_at() else {
            continue;
        };
        let id = chance.id(started_at);
        alerts(company, clock, id, rows, chance);
        let intervals = clock
            .intervals
            .iter()
            .map(|interval| interval_row(interval, chance.id(interval.from), id, rows.ticket.id));
        rows.intervals.extend(intervals);
        rows.clocks.push(sla_clock::Model {
            updated_at: clock
                .intervals
                .last()
                .map_or(started_at, |last| last.to.unwrap_or(last.from)),
            ..clock_row(clock, id, rows.ticket.id, None, started_at)
        });
    }
    let shown = summary(&clocks);
    let ticket = &mut rows.ticket;
    ticket.sla_standing = shown.standing;
    ticket.due_at = shown.due;
    ticket.warn_at = shown.warn;
    ticket.breached_at = shown.breached;
    debug_assert!(ticket.closed_at.is_none() || shown.standing != Some(SlaStanding::Running));
}

/// What the server has told of a clock that still runs.
fn alerts(
    company: &Company,
    clock: &mut Clock,
    id: Uuid,
    rows: &mut TicketRows,
    chance: &mut Chance,
) {
    let told = [
        (AlertKind::Warning, clock.warn(), TimeDelta::zero()),
        (AlertKind::Breach, clock.due(), ESCALATED_AFTER),
    ];
    for (kind, at, after) in told {
        let Some(at) = at.filter(|at| *at + after < company.as_of) else {
            continue;
        };
        let raised_at = at + after;
        let ticket = &rows.ticket;
        let member_id = match kind {
            AlertKind::Warning => {
                clock.warned_at = Some(raised_at);
                ticket.assignee_id.or(ticket.owner_id)
            }
            AlertKind::Breach => {
                clock.escalated_at = Some(raised_at);
                None
            }
        };
        rows.alerts.push(ticket_alert::Model {
            id: chance.id(raised_at),
            ticket_id: ticket.id,
            clock_id: id,
            kind,
            at,
            raised_at,
            late: false,
            member_id,
            team_id: ticket.team_id,
            told_at: Some(raised_at),
            acknowledged_by: None,
            acknowledged_at: None,
            version: 1,
            created_at: raised_at,
            updated_at: raised_at,
        });
    }
}
