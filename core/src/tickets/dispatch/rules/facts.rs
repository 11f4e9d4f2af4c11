//! What a ticket needs and what is known of somebody who might get it, as plain values. They are stored with every
//! decision, so that it can be read, and tried again, years later.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use entity::enums::{Province, TicketKind, TicketPriority};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::Text;

/// A name in both languages, as it was then.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// English.
    pub en: String,
    /// 中文.
    pub zh: String,
}

impl Label {
    /// The name for a reader.
    #[must_use]
    pub fn text(&self) -> Text {
        Text::new(self.en.clone(), self.zh.clone())
    }
}

/// A rule of the house: tickets of that kind and about that product need this skill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The kind of ticket; none for all.
    pub kind: Option<TicketKind>,
    /// The product; none for all.
    pub product: Option<Uuid>,
    /// The skill.
    pub skill: Uuid,
    /// The least level, 1 to 5.
    pub level: u8,
}

/// The skills that a ticket needs: all requirements that match its kind and its product hold, each skill at the highest
/// level that any of them asks for.
#[must_use]
pub fn skills_needed(
    requirements: &[Requirement],
    kind: TicketKind,
    product: Option<Uuid>,
) -> BTreeMap<Uuid, u8> {
    let mut needed = BTreeMap::new();
    for rule in requirements {
        let matches = rule.kind.is_none_or(|only| only == kind)
            && rule.product.is_none_or(|only| product == Some(only));
        if matches {
            let level = needed.entry(rule.skill).or_insert(rule.level);
            *level = rule.level.max(*level);
        }
    }
    needed
}

/// A skill that a ticket needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillNeed {
    /// The skill.
    pub skill: Uuid,
    /// Its name.
    pub name: Label,
    /// The least level, 1 to 5.
    pub level: u8,
}

/// What a ticket asks of whoever gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needs {
    /// What kind of request it is.
    pub kind: TicketKind,
    /// How urgent it is.
    pub priority: TicketPriority,
    /// Where it is to be served.
    pub province: Province,
    /// The team that has it; without one every member whose region has the province comes into question.
    pub team: Option<Uuid>,
    /// The product it is about.
    pub product: Option<Uuid>,
    /// The skills it needs.
    pub skills: Vec<SkillNeed>,
}

/// How many open tickets somebody has, by priority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// Of low priority.
    pub low: u32,
    /// Of normal priority.
    pub normal: u32,
    /// Of high priority.
    pub high: u32,
    /// Urgent ones.
    pub urgent: u32,
}

impl Open {
    /// How many there are.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.low
            .saturating_add(self.normal)
            .saturating_add(self.high)
            .saturating_add(self.urgent)
    }

    /// What they weigh, see [`weight`].
    #[must_use]
    pub fn weight(self) -> u64 {
        use TicketPriority::{High, Low, Normal, Urgent};
        [
            (self.low, Low),
            (self.normal, Normal),
            (self.high, High),
            (self.urgent, Urgent),
        ]
        .into_iter()
        .map(|(count, priority)| u64::from(count) * weight(priority))
        .sum()
    }

    /// The count of one priority.
    pub const fn of(&mut self, priority: TicketPriority) -> &mut u32 {
        match priority {
            TicketPriority::Low => &mut self.low,
            TicketPriority::Normal => &mut self.normal,
            TicketPriority::High => &mut self.high,
            TicketPriority::Urgent => &mut self.urgent,
        }
    }
}

/// What a ticket of a priority weighs: a normal one 2, a low one half of that, a high one half more, an urgent one twice.
#[must_use]
pub const fn weight(priority: TicketPriority) -> u64 {
    match priority {
        TicketPriority::Low => 1,
        TicketPriority::Normal => 2,
        TicketPriority::High => 3,
        TicketPriority::Urgent => 4,
    }
}

/// A time of leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// Since when.
    pub from: DateTime<Utc>,
    /// Until when.
    pub until: DateTime<Utc>,
}

/// Somebody who might get a ticket, as known at that moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The member.
    pub member: Uuid,
    /// The number for people, which breaks the last ties.
    pub number: String,
    /// The teams of today's assignments.
    pub teams: BTreeSet<Uuid>,
    /// Is one of them a team without a region, so that the member serves every province for it?
    pub everywhere: bool,
    /// The provinces of the regions of today's assignments and their teams.
    pub provinces: BTreeSet<Province>,
    /// The levels of skills that count today.
    pub skills: BTreeMap<Uuid, u8>,
    /// The levels that would count with a valid certificate.
    pub lapsed: BTreeMap<Uuid, u8>,
    /// At work now?
    pub on_shift: bool,
    /// On leave now?
    pub leave: Option<Away>,
    /// Open tickets at most.
    pub capacity: u32,
    /// Open tickets now.
    pub open: Open,
    /// How many tickets about this product the member has resolved.
    pub resolved_alike: u32,
    /// Tickets received within the days that fairness looks at.
    pub received: u32,
    /// When the member last received a ticket; none when that was long ago.
    pub last_assigned: Option<DateTime<Utc>>,
}

impl Candidate {
    /// Does the member serve a province?
    #[must_use]
    pub fn serves(&self, province: Province) -> bool {
        self.everywhere || self.provinces.contains(&province)
    }
}
