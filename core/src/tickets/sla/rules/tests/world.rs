//! A ticket with its clocks, to which things happen: the rules are asked as the actions ask them.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::enums::{
    CustomerTier, Province, SlaClockKind, SlaReason, TicketKind, TicketPriority, TicketStage,
    TicketState,
};
use uuid::Uuid;

use super::calendars::named;
use crate::tickets::sla::rules::clock::Clock;
use crate::tickets::sla::rules::policy::{
    Facts, Level, Matches, PriorityKey, Promise, Targets, choose, reason_for,
};
use crate::tickets::sla::rules::turn::{self, Reply, Situation, Turn};

/// What happens to a ticket.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    Opened,
    Answered,
    CustomerWrites,
    SolutionGiven,
    Waits(TicketState),
    GoesOn,
    Enters(TicketStage),
    Closed,
    Cancelled,
    Reopened,
    Merged,
    Priority(TicketPriority),
    Tier(CustomerTier),
    /// The admin gives the usual policy another target, for open tickets too.
    Policy(i64),
    /// The calendar of all policies gets a new version.
    Calendar(&'static str),
    /// Nothing; somebody looks.
    Look,
}

/// How policies are laid out: a usual one, one for very important customers before it.
#[derive(Clone, Debug)]
pub struct Layout {
    pub calendar: &'static str,
    pub usual: i64,
    pub urgent: i64,
    pub vip: Option<i64>,
    pub pauses_on: Vec<TicketState>,
}

pub struct World {
    pub layout: Layout,
    pub now: Situation,
    pub facts: Facts,
    pub clocks: Vec<Clock>,
    versions: u128,
    active: Vec<Arc<Level>>,
}

impl World {
    pub fn new(layout: Layout) -> Self {
        let mut world = Self {
            layout,
            now: Situation {
                stage: TicketStage::Intake,
                state: TicketState::Open,
                priority: TicketPriority::Normal,
                resolved: false,
                merged: false,
                answered: false,
                proposed: false,
            },
            facts: Facts {
                kind: TicketKind::FaultRepair,
                priority: TicketPriority::Normal,
                tier: CustomerTier::Standard,
                province: Province::Shanghai,
            },
            clocks: Vec::new(),
            versions: 0,
            active: Vec::new(),
        };
        world.publish();
        world
    }

    pub fn clock(&self, kind: SlaClockKind) -> &Clock {
        self.clocks
            .iter()
            .find(|clock| clock.kind == kind)
            .expect("the clock was started")
    }

    /// New versions of all policies.
    fn publish(&mut self) {
        self.versions += 10;
        let calendar = named(self.layout.calendar).calendar;
        let promise = |seconds| Promise {
            first_response: seconds,
            preliminary_solution: seconds,
            resolution: seconds,
        };
        let level = |policy: u128, matches, usual, urgent| {
            Arc::new(Level {
                policy: Uuid::from_u128(policy),
                policy_version: Uuid::from_u128(self.versions + policy),
                calendar_version: Uuid::from_u128(self.versions + 5),
                calendar: Arc::clone(&calendar),
                matches,
                region_provinces: Vec::new(),
                targets: Targets {
                    usual: promise(usual),
                    by_priority: BTreeMap::from([(PriorityKey::Urgent, promise(urgent))]),
                },
                pauses_on: self.layout.pauses_on.clone(),
                warn_percent: 75,
            })
        };
        let vip = self.layout.vip.map(|vip| {
            let matches = Matches {
                tiers: vec![CustomerTier::Vip],
                ..Matches::default()
            };
            level(1, matches, vip, vip.min(self.layout.urgent))
        });
        let usual = level(2, Matches::default(), self.layout.usual, self.layout.urgent);
        self.active = vip.into_iter().chain([usual]).collect();
    }

    pub fn happens(&mut self, event: &Event, at: DateTime<Utc>) {
        let (was, was_facts) = (self.now, self.facts);
        let mut reply = None;
        match event {
            Event::Look => return,
            Event::Policy(target) => {
                self.layout.usual = *target;
                self.publish();
                return self.renew(SlaReason::PolicyChanged, at);
            }
            Event::Calendar(name) => {
                self.layout.calendar = name;
                self.publish();
                return self.renew(SlaReason::CalendarChanged, at);
            }
            Event::Opened => {}
            Event::Answered => reply = Some((true, false)),
            Event::SolutionGiven => reply = Some((true, true)),
            Event::CustomerWrites => reply = Some((false, false)),
            Event::Waits(state) => self.now.state = *state,
            Event::GoesOn => self.now.state = TicketState::Open,
            Event::Enters(stage) => {
                self.now.stage = *stage;
                self.now.resolved = *stage == TicketStage::Feedback;
            }
            Event::Closed => self.now.state = TicketState::Closed,
            Event::Cancelled => self.now.state = TicketState::Cancelled,
            Event::Merged => self.now.merged = true,
            Event::Reopened => {
                self.now.state = TicketState::Open;
                self.now.stage = TicketStage::Analysis;
                self.now.resolved = false;
            }
            Event::Priority(priority) => {
                self.now.priority = *priority;
                self.facts.priority = *priority;
            }
            Event::Tier(tier) => self.facts.tier = *tier,
        }
        let opened = *event == Event::Opened;
        let again = was.over() && !self.now.over();
        let reason = if opened {
            Some(SlaReason::Started)
        } else {
            reason_for(was_facts, self.facts).or(again.then_some(SlaReason::Reopened))
        };
        let held = turn::level_held(&self.clocks);
        let terms = reason
            .and_then(|reason| choose(&self.active, held, self.facts).map(|level| (level, reason)));
        let turn = Turn {
            was: (!opened).then_some(was),
            now: self.now,
            reply: reply.map(|(by_staff, solution)| Reply { by_staff, solution }),
            terms,
        };
        turn::follow(&mut self.clocks, &turn, at);
        let done = self.now.done();
        self.now.answered |= done || reply.is_some_and(|(by_staff, _)| by_staff);
        self.now.proposed |= done || self.now.solution_known() || reply == Some((true, true));
    }

    /// What the worker does when an admin lets open tickets come under new versions.
    fn renew(&mut self, reason: SlaReason, at: DateTime<Utc>) {
        let policy = turn::level_held(&self.clocks).map(|level| level.policy);
        let level = self
            .active
            .iter()
            .find(|level| Some(level.policy) == policy)
            .cloned();
        if let Some(level) = level {
            turn::renew(&mut self.clocks, &level, reason, self.now, at);
        }
    }
}
