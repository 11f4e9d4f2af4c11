//! Everybody who comes into question for some tickets, with what is known of them at a moment.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use entity::enums::{Province, TicketKind, TicketPriority};
use uuid::Uuid;

use super::facts::{Candidate, Label, Needs, Requirement, SkillNeed, skills_needed};

/// A team that somebody is placed in today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The team.
    pub team: Uuid,
    /// The provinces of its region; none when it has no region and serves them all.
    pub provinces: Option<BTreeSet<Province>>,
}

/// Somebody with the places that hold today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What is known.
    pub facts: Candidate,
    /// The teams, the home first.
    pub places: Vec<Place>,
    /// Tickets resolved, by product.
    pub resolved: BTreeMap<Uuid, u32>,
}

/// What the needs and candidates of tickets are made of.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    /// Everybody, by member.
    pub people: BTreeMap<Uuid, Person>,
    /// Which tickets need which skills.
    pub requirements: Vec<Requirement>,
    /// The names of those skills.
    pub skills: HashMap<Uuid, Label>,
}

/// The facts of a ticket that decide what it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What kind of request it is.
    pub kind: TicketKind,
    /// How urgent it is.
    pub priority: TicketPriority,
    /// Where it is to be served.
    pub province: Province,
    /// The team that has it.
    pub team: Option<Uuid>,
    /// The product it is about.
    pub product: Option<Uuid>,
}

impl Pool {
    /// What a ticket needs.
    #[must_use]
    pub fn needs(&self, asked: Asked) -> Needs {
        let skills = skills_needed(&self.requirements, asked.kind, asked.product)
            .into_iter()
            .map(|(skill, level)| SkillNeed {
                skill,
                name: self.skills.get(&skill).cloned().unwrap_or_default(),
                level,
            })
            .collect();
        Needs {
            kind: asked.kind,
            priority: asked.priority,
            province: asked.province,
            team: asked.team,
            product: asked.product,
            skills,
        }
    }

    /// Who comes into question: the members of the ticket's team; without a team everybody with a region that has its
    /// province. A member who is named comes into question in any case.
    #[must_use]
    pub fn candidates(&self, needs: &Needs, named: Option<Uuid>) -> Vec<Candidate> {
        self.people
            .values()
            .filter(|person| {
                let facts = &person.facts;
                let placed = match needs.team {
                    Some(team) => facts.teams.contains(&team),
                    None => facts.provinces.contains(&needs.province),
                };
                placed || named == Some(facts.member)
            })
            .map(|person| Candidate {
                resolved_alike: needs
                    .product
                    .and_then(|product| person.resolved.get(&product))
                    .copied()
                    .unwrap_or(0),
                ..person.facts.clone()
            })
            .collect()
    }

    /// The team by which a member serves a province: the home before others, teams of a region before those for all.
    #[must_use]
    pub fn team_of(&self, member: Uuid, province: Province) -> Option<Uuid> {
        let places = &self.people.get(&member)?.places;
        let regional = places.iter().find(|place| {
            place
                .provinces
                .as_ref()
                .is_some_and(|provinces| provinces.contains(&province))
        });
        regional
            .or_else(|| places.iter().find(|place| place.provinces.is_none()))
            .map(|place| place.team)
    }

    /// Notes that a member received a ticket: the next one finds them with more work.
    pub fn took(&mut self, member: Uuid, priority: TicketPriority, at: DateTime<Utc>) {
        if let Some(person) = self.people.get_mut(&member) {
            let facts = &mut person.facts;
            let open = facts.open.of(priority);
            *open = open.saturating_add(1);
            facts.received = facts.received.saturating_add(1);
            facts.last_assigned = facts.last_assigned.max(Some(at));
        }
    }
}
