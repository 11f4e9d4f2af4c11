//! A set of rules over everybody's facts: the part that can be done in batches of members, teams or records (批量计算).
//!
//! What comes out depends on nothing but what is handed in, in whatever batches: repeated, it is the same to the byte. Once all
//! batches of a period are done, [`super::settle`] holds the awards together.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::award::{Case, Credited, Outcome, Person, evaluate};
use super::content::{Split, Trigger};
use super::rule::Rule;
use super::trace::{Span, Subject};
use super::value::{FactValue, Facts, Number, Value};

/// A member with what is known of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who and where.
    pub person: Person,
    /// In which region.
    pub region: Option<Uuid>,
    /// The facts of the member in the period.
    pub facts: Facts,
}

/// What is known of teams, regions and the company in the period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Of teams.
    pub teams: BTreeMap<Uuid, Facts>,
    /// Of regions.
    pub regions: BTreeMap<Uuid, Facts>,
    /// Of the company.
    pub company: Facts,
}

/// A record that triggers rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its source, such as `payment`.
    pub source: String,
    /// Its id, as clients see it.
    pub id: String,
    /// On which day it counts.
    pub day: NaiveDate,
    /// What is known of it.
    pub facts: Facts,
    /// Whom it credits.
    pub credits: Vec<Credit>,
}

/// Somebody whom a record credits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// Who.
    pub member: Uuid,
    /// In which role, such as `collector`.
    pub role: String,
    /// The share within the role, in ten-thousandths.
    pub share: u32,
}

/// A team with its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Which one.
    pub id: Uuid,
    /// Who belongs to it.
    pub members: Vec<Person>,
}

/// What comes out for a rule, by its place among the rules that were handed in.
pub type Outcomes = Vec<(usize, Outcome)>;

/// What rules that are triggered by the period give to members; others are passed over.
#[must_use]
pub fn members(
    rules: &[Rule],
    period: Span,
    around: &Surroundings,
    members: &[Member],
) -> Outcomes {
    let none = Facts::new();
    let mut outcomes = Vec::new();
    for member in members {
        let subject = Subject::Member {
            id: member.person.id,
        };
        let people = [alone(member.person)];
        let facts = layers(member, around, &none);
        for (place, rule) in rules.iter().enumerate() {
            let content = rule.content();
            if content.trigger == Trigger::PerPeriod && content.split.is_none() {
                let case = Case {
                    period,
                    subject: &subject,
                    facts: &facts,
                    people: &people,
                };
                outcomes.push((place, evaluate(rule, &case)));
            }
        }
    }
    outcomes
}

/// What rules that are split within a team give to teams; others are passed over.
#[must_use]
pub fn teams(rules: &[Rule], period: Span, around: &Surroundings, teams: &[Team]) -> Outcomes {
    let none = Facts::new();
    let mut outcomes = Vec::new();
    for team in teams {
        let subject = Subject::Team { id: team.id };
        let mut people: Vec<Credited> = team.members.iter().copied().map(alone).collect();
        people.sort_by_key(|credited| credited.person.id);
        let facts = [around.teams.get(&team.id).unwrap_or(&none), &around.company];
        for (place, rule) in rules.iter().enumerate() {
            let content = rule.content();
            if content.trigger == Trigger::PerPeriod && content.split == Some(Split::Equal) {
                let case = Case {
                    period,
                    subject: &subject,
                    facts: &facts,
                    people: &people,
                };
                outcomes.push((place, evaluate(rule, &case)));
            }
        }
    }
    outcomes
}

/// What rules that are triggered by records give; others are passed over. Whoever is credited and isn't among `people` gets
/// nothing.
#[must_use]
pub fn records(
    rules: &[Rule],
    period: Span,
    around: &Surroundings,
    people: &BTreeMap<Uuid, Member>,
    records: &[Record],
) -> Outcomes {
    let mut outcomes = Vec::new();
    for record in records {
        let subject = Subject::Record {
            source: record.source.clone(),
            id: record.id.clone(),
            day: record.day,
        };
        let mut credits: Vec<(&Credit, &Member)> = record
            .credits
            .iter()
            .filter_map(|credit| Some((credit, people.get(&credit.member)?)))
            .collect();
        credits.sort_by_key(|(credit, _)| (&credit.role, credit.member));
        let all: Vec<Credited> = credits
            .iter()
            .map(|(credit, member)| credited(credit, member))
            .collect();
        for (place, rule) in rules.iter().enumerate() {
            let content = rule.content();
            let triggered = matches!(&content.trigger, Trigger::PerRecord { source } if *source == record.source);
            if !triggered {
                continue;
            }
            if content.split.is_some() {
                let case = Case {
                    period,
                    subject: &subject,
                    facts: &[&record.facts, &around.company],
                    people: &all,
                };
                outcomes.push((place, evaluate(rule, &case)));
                continue;
            }
            for (part, (credit, member)) in credits.iter().enumerate() {
                let own = of_credit(&record.source, credit);
                let mut facts = vec![&own, &record.facts];
                facts.extend(layers(member, around, &own));
                let case = Case {
                    period,
                    subject: &subject,
                    facts: &facts,
                    people: std::slice::from_ref(&all[part]),
                };
                outcomes.push((place, numbered(evaluate(rule, &case), part)));
            }
        }
    }
    outcomes
}

/// Of a record without a split each one who is credited has a part of their own, so that two roles of one member stay apart.
fn numbered(outcome: Outcome, part: usize) -> Outcome {
    match outcome {
        Outcome::Awards(mut awards) => {
            for award in &mut awards {
                award.part = part;
            }
            Outcome::Awards(awards)
        }
        nothing => nothing,
    }
}

const fn alone(person: Person) -> Credited {
    Credited {
        person,
        role: None,
        share: 10_000,
    }
}

fn credited(credit: &Credit, member: &Member) -> Credited {
    Credited {
        person: member.person,
        role: Some(credit.role.clone()),
        share: credit.share,
    }
}

fn layers<'f>(member: &'f Member, around: &'f Surroundings, none: &'f Facts) -> [&'f Facts; 4] {
    let of = |all: &'f BTreeMap<Uuid, Facts>, id: Option<Uuid>| {
        id.and_then(|id| all.get(&id)).unwrap_or(none)
    };
    [
        &member.facts,
        of(&around.teams, member.person.team),
        of(&around.regions, member.region),
        &around.company,
    ]
}

/// The facts of somebody whom a record credits: `<source>.role`, and `<source>.share` as a part of one.
fn of_credit(source: &str, credit: &Credit) -> Facts {
    let share = Number::from_minor(i64::from(credit.share), 4).unwrap_or_default();
    Facts::from([
        (
            format!("{source}.role"),
            FactValue::of(Value::Text(credit.role.clone())),
        ),
        (
            format!("{source}.share"),
            FactValue::of(Value::Number(share)),
        ),
    ])
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
