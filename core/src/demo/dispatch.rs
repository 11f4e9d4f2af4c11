//! Why the tickets of the last weeks went to whom: a decision for each assignment, and which skills tickets need.
//!
//! What was known of the candidates then is made up (nobody counted the open tickets of every moment), but the decision
//! follows from it by the rules of the server: where the ranking says somebody else, a person chose, and says why.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::enums::{DispatchMode, TicketKind};
use entity::{
    dispatch_candidate, dispatch_decision, dispatch_requirement, member, team, ticket_change,
};
use uuid::Uuid;

use super::calendar::{at_hour, day_of, opening_day};
use super::company::Company;
use super::customers::Customers;
use super::partners::{Line, line_of};
use super::random::Chance;
use super::tickets::TicketRows;
use super::workforce::Workforce;
use crate::ids::Node;
use crate::ids::decode;
use crate::tickets::dispatch::rules::{
    Candidate, Label, Needs, Open, Requirement, SkillNeed, Weights, best, judge, skills_needed,
};
use crate::tickets::dispatch::store::candidate_row;

/// For how long before the as-of date decisions are there.
const DAYS: i64 = 30;
/// The shipped weights.
const WEIGHTS: Weights = Weights {
    load: 40,
    fit: 40,
    fairness: 20,
};
/// Why somebody else than the first of the ranking got a ticket.
const REASONS: [&str; 5] = [
    "熟悉该客户情况。Knows the customer.",
    "同一设备上次由其处理。Looked after the same unit last time.",
    "就近上门。Lives nearest to the site.",
    "客户指定。The customer asked for this colleague.",
    "带教安排。Part of the mentoring plan.",
];

/// The decisions about one ticket, with their candidates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decisions {
    /// The decisions.
    pub decisions: Vec<dispatch_decision::Model>,
    /// Everybody who was looked at.
    pub candidates: Vec<dispatch_candidate::Model>,
}

impl Decisions {
    /// Adds those of another ticket.
    pub fn append(&mut self, other: Self) {
        self.decisions.extend(other.decisions);
        self.candidates.extend(other.candidates);
    }
}

/// Repairs, at home and on the site, need somebody who knows the line of products; complaints need somebody who can take
/// them.
#[must_use]
pub fn requirements(
    seed: u64,
    today: NaiveDate,
    customers: &Customers,
    workforce: &Workforce,
) -> Vec<dispatch_requirement::Model> {
    let at = at_hour(opening_day(today), 9);
    let mut chance = Chance::of(seed, "requirements", 0);
    let mut rows = Vec::new();
    let mut add = |kind, product_id, skill: &str, min_level| {
        rows.push(dispatch_requirement::Model {
            id: chance.id(at),
            kind: Some(kind),
            product_id,
            skill_id: workforce.skill(skill),
            min_level,
            version: 1,
            created_at: at,
            updated_at: at,
        });
    };
    for (place, product) in customers.products.iter().enumerate() {
        let skill = match line_of(place) {
            Line::Climate => "climate.repair",
            Line::Water => "water.repair",
            Line::Charging => "charging.repair",
            Line::Solar => "solar.repair",
        };
        for kind in [TicketKind::FaultRepair, TicketKind::OnSiteService] {
            add(kind, Some(product.id), skill, 2);
        }
    }
    add(TicketKind::OnSiteService, None, "electric.low", 1);
    add(TicketKind::Complaint, None, "complaints", 2);
    rows
}

/// Adds the decisions about a ticket of the last weeks.
pub fn add(company: &Company, index: u64, rows: &mut TicketRows) {
    if company.as_of - rows.ticket.created_at > TimeDelta::days(DAYS) {
        return;
    }
    let mut chance = Chance::of(company.seed, "dispatch", index);
    let mut found = Decisions::default();
    let mut team = None;
    let mut waiting_since = rows.ticket.created_at;
    for change in &rows.changes {
        match change.field.as_deref() {
            Some("teamId") => team = id_of::<team::Entity>(change),
            Some("assigneeId") => {
                if let (Some(team), Some(chosen)) = (team, id_of::<member::Entity>(change)) {
                    let waited = if change.old_value.is_some() {
                        0
                    } else {
                        (change.at - waiting_since).num_seconds()
                    };
                    let of = (team, chosen, waited);
                    if let Some(decision) = decide(company, rows, change, of, &mut chance) {
                        found.append(decision);
                    }
                }
                waiting_since = change.at;
            }
            _ => {}
        }
    }
    rows.dispatch = found;
}

/// The id that a change says.
fn id_of<E: Node>(change: &ticket_change::Model) -> Option<Uuid> {
    let text = change.new_value.as_ref()?.as_str()?;
    decode(text)
        .ok()
        .filter(|(prefix, _)| prefix == E::PREFIX)
        .map(|(_, id)| id)
}

/// One decision; none where the desk took in what only others can solve: nobody there could have had it by the rules.
fn decide(
    company: &Company,
    rows: &TicketRows,
    change: &ticket_change::Model,
    (team, chosen, waited): (Uuid, Uuid, i64),
    chance: &mut Chance,
) -> Option<Decisions> {
    let place = company
        .organisation
        .teams
        .iter()
        .position(|row| row.id == team)?;
    let needs = needs(company, rows, team);
    let mut candidates: Vec<Candidate> = company
        .people
        .members_of(place, day_of(change.at))
        .into_iter()
        .map(|member| candidate(company, place, member, change.at, chance))
        .collect();
    // Whoever got it was there, and had room for it.
    let of_chosen = candidates.iter_mut().find(|one| one.member == chosen)?;
    of_chosen.on_shift = true;
    of_chosen.open = Open::default();
    of_chosen.received = of_chosen.received.min(4);
    let ranking = judge(&needs, candidates, WEIGHTS);
    let (mode, reason) = if best(&ranking)? == chosen {
        (DispatchMode::Automatic, None)
    } else {
        (DispatchMode::Manual, Some(chance.pick(&REASONS).to_owned()))
    };
    let id = chance.id(change.at);
    let decision = dispatch_decision::Model {
        id,
        ticket_id: rows.ticket.id,
        at: change.at,
        mode,
        chosen_member_id: Some(chosen),
        actor_kind: change.actor_kind,
        actor_id: change.actor_id,
        actor_name: change.actor_name.clone(),
        reason,
        requirements: serde_json::to_value(&needs).ok()?,
        weights: serde_json::to_value(WEIGHTS).ok()?,
        waited_seconds: waited,
    };
    let candidates = ranking
        .iter()
        .filter_map(|judged| candidate_row(chance.id(change.at), id, judged).ok())
        .collect();
    Some(Decisions {
        decisions: vec![decision],
        candidates,
    })
}

fn needs(company: &Company, rows: &TicketRows, team: Uuid) -> Needs {
    let ticket = &rows.ticket;
    let rules: Vec<Requirement> = company
        .requirements
        .iter()
        .map(|row| Requirement {
            kind: row.kind,
            product: row.product_id,
            skill: row.skill_id,
            level: u8::try_from(row.min_level).unwrap_or(1),
        })
        .collect();
    let skills = skills_needed(&rules, ticket.kind, ticket.product_id)
        .into_iter()
        .map(|(skill, level)| {
            let row = company.workforce.skills.iter().find(|row| row.id == skill);
            SkillNeed {
                skill,
                name: row
                    .map(|row| Label {
                        en: row.name.clone(),
                        zh: row.name_zh.clone(),
                    })
                    .unwrap_or_default(),
                level,
            }
        })
        .collect();
    Needs {
        kind: ticket.kind,
        priority: ticket.priority,
        province: ticket.province,
        team: Some(team),
        product: ticket.product_id,
        skills,
    }
}

fn candidate(
    company: &Company,
    team: usize,
    place: usize,
    at: DateTime<Utc>,
    chance: &mut Chance,
) -> Candidate {
    let (member, team) = (
        &company.people.members[place],
        &company.organisation.teams[team],
    );
    let day = day_of(at);
    let provinces = company
        .organisation
        .region_provinces
        .iter()
        .filter(|row| Some(row.region_id) == team.region_id)
        .filter(|row| row.valid_from <= day && row.valid_to.is_none_or(|to| day < to))
        .map(|row| row.province)
        .collect();
    let skills: BTreeMap<Uuid, u8> = company
        .workforce
        .member_skills
        .iter()
        .filter(|row| row.member_id == member.id)
        .map(|row| (row.skill_id, u8::try_from(row.level).unwrap_or(1)))
        .collect();
    let capacity = company
        .workforce
        .member_capacities
        .iter()
        .find(|row| row.member_id == member.id)
        .map_or(20, |row| u32::try_from(row.open_tickets).unwrap_or(20));
    let mut few = |most: i64| u32::try_from(chance.between(0, most)).unwrap_or(0);
    let open = Open {
        low: few(2),
        normal: few(5),
        high: few(2),
        urgent: few(1),
    };
    let (resolved_alike, received) = (few(8), 2 + few(8));
    Candidate {
        member: member.id,
        number: member.number.clone(),
        teams: [team.id].into(),
        everywhere: team.region_id.is_none(),
        provinces,
        skills,
        lapsed: BTreeMap::new(),
        on_shift: chance.percent(85),
        leave: None,
        capacity,
        open,
        resolved_alike,
        received,
        last_assigned: Some(at - TimeDelta::minutes(chance.between(20, 3_000))),
    }
}
