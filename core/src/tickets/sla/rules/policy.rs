//! Policies: for which tickets one holds, and what it promises (服务级别策略).

use std::collections::BTreeMap;
use std::sync::Arc;

use entity::enums::{
    CustomerTier, Province, SlaClockKind, SlaReason, TicketKind, TicketPriority, TicketState,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calendars::rules::Calendar;

/// What policies look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What kind of request it is.
    pub kind: TicketKind,
    /// How urgent it is.
    pub priority: TicketPriority,
    /// The customer's tier.
    pub tier: CustomerTier,
    /// Where it is to be served.
    pub province: Province,
}

/// For which tickets a policy is; an empty list is for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Matches {
    /// Kinds of request.
    pub kinds: Vec<TicketKind>,
    /// Priorities.
    pub priorities: Vec<PriorityKey>,
    /// Tiers of customers.
    pub tiers: Vec<CustomerTier>,
    /// Provinces.
    pub provinces: Vec<Province>,
    /// Regions: their provinces of the day count besides those that are named.
    pub regions: Vec<Uuid>,
}

/// A priority by its name; the database sorts priorities as numbers, people read names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriorityKey {
    /// Can wait.
    Low,
    /// The usual.
    Normal,
    /// Before the others.
    High,
    /// At once.
    Urgent,
}

impl From<TicketPriority> for PriorityKey {
    fn from(priority: TicketPriority) -> Self {
        match priority {
            TicketPriority::Low => Self::Low,
            TicketPriority::Normal => Self::Normal,
            TicketPriority::High => Self::High,
            TicketPriority::Urgent => Self::Urgent,
        }
    }
}

impl From<PriorityKey> for TicketPriority {
    fn from(key: PriorityKey) -> Self {
        match key {
            PriorityKey::Low => Self::Low,
            PriorityKey::Normal => Self::Normal,
            PriorityKey::High => Self::High,
            PriorityKey::Urgent => Self::Urgent,
        }
    }
}

impl Matches {
    /// Is the policy for such a ticket? `region_provinces` are the provinces of the named regions today.
    #[must_use]
    pub fn hold_for(&self, facts: Facts, region_provinces: &[Province]) -> bool {
        let anywhere = self.provinces.is_empty() && self.regions.is_empty();
        among(&self.kinds, &facts.kind)
            && among(&self.priorities, &facts.priority.into())
            && among(&self.tiers, &facts.tier)
            && (anywhere
                || self.provinces.contains(&facts.province)
                || region_provinces.contains(&facts.province))
    }
}

fn among<T: PartialEq>(list: &[T], value: &T) -> bool {
    list.is_empty() || list.contains(value)
}

/// Working seconds that a policy allows for its promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Promise {
    /// Until the first answer.
    pub first_response: i64,
    /// Until a preliminary solution.
    pub preliminary_solution: i64,
    /// Until the matter is resolved.
    pub resolution: i64,
}

/// What a policy promises, by priority where it differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Targets {
    /// For priorities that have none of their own.
    pub usual: Promise,
    /// For these priorities instead.
    #[serde(default)]
    pub by_priority: BTreeMap<PriorityKey, Promise>,
}

impl Targets {
    /// What is promised at a priority.
    #[must_use]
    pub fn at(&self, priority: TicketPriority) -> Promise {
        self.by_priority
            .get(&priority.into())
            .copied()
            .unwrap_or(self.usual)
    }
}

/// The promises that every ticket has; steps are measured besides them.
pub const PROMISES: [SlaClockKind; 3] = [
    SlaClockKind::FirstResponse,
    SlaClockKind::PreliminarySolution,
    SlaClockKind::Resolution,
];

/// The service level of a ticket: one version of a policy, counted by one version of its calendar.
#[derive(Clone, Debug)]
pub struct Level {
    /// The policy.
    pub policy: Uuid,
    /// Its version.
    pub policy_version: Uuid,
    /// The version of its calendar.
    pub calendar_version: Uuid,
    /// When there is work.
    pub calendar: Arc<Calendar>,
    /// For which tickets it is.
    pub matches: Matches,
    /// The provinces of the regions in `matches` today.
    pub region_provinces: Vec<Province>,
    /// What it promises.
    pub targets: Targets,
    /// States in which clocks wait.
    pub pauses_on: Vec<TicketState>,
    /// After what part of the target a warning is due.
    pub warn_percent: i32,
}

impl Level {
    /// Is it the same version of policy and calendar?
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.policy_version == other.policy_version
            && self.calendar_version == other.calendar_version
    }

    /// Is it for such a ticket?
    #[must_use]
    pub fn holds_for(&self, facts: Facts) -> bool {
        self.matches.hold_for(facts, &self.region_provinces)
    }

    /// Working seconds that it allows a clock; none for a step, whose limit is the process's.
    #[must_use]
    pub fn target(&self, kind: SlaClockKind, priority: TicketPriority) -> Option<i64> {
        let promise = self.targets.at(priority);
        match kind {
            SlaClockKind::FirstResponse => Some(promise.first_response),
            SlaClockKind::PreliminarySolution => Some(promise.preliminary_solution),
            SlaClockKind::Resolution => Some(promise.resolution),
            SlaClockKind::Step => None,
        }
    }

    /// Why a clock waits while the ticket is in that state; none when it runs. The first response never waits: a
    /// customer who hasn't been answered can't be waited for.
    #[must_use]
    pub fn waits(&self, kind: SlaClockKind, state: TicketState) -> Option<SlaReason> {
        let reason = match state {
            TicketState::PendingCustomer => SlaReason::WaitingCustomer,
            TicketState::PendingParts => SlaReason::WaitingParts,
            TicketState::OnHold => SlaReason::OnHold,
            TicketState::Open | TicketState::Closed | TicketState::Cancelled => return None,
        };
        (kind != SlaClockKind::FirstResponse && self.pauses_on.contains(&state)).then_some(reason)
    }
}

/// Which level holds for a ticket: the first of the active ones, by rank, that is for such tickets. A ticket that has a
/// version of that policy keeps it as long as it still fits; none when no policy is for it.
#[must_use]
pub fn choose(
    active: &[Arc<Level>],
    held: Option<&Arc<Level>>,
    facts: Facts,
) -> Option<Arc<Level>> {
    let chosen = active.iter().find(|level| level.holds_for(facts))?;
    match held {
        Some(held) if held.policy == chosen.policy && held.holds_for(facts) => {
            Some(Arc::clone(held))
        }
        _ => Some(Arc::clone(chosen)),
    }
}

/// Why the terms change when the facts do; none when they are the same.
#[must_use]
pub fn reason_for(was: Facts, now: Facts) -> Option<SlaReason> {
    if was.priority != now.priority {
        Some(SlaReason::PriorityChanged)
    } else if was != now {
        Some(SlaReason::FactsChanged)
    } else {
        None
    }
}
