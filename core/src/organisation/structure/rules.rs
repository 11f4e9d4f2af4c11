//! Where teams stand on which day, and whether a move fits.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::{team, team_place};
use uuid::Uuid;

use crate::organisation::rules::{Span, holds_on};

/// A place in the structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The department.
    pub department: Uuid,
    /// The team above.
    pub parent: Option<Uuid>,
    /// The region.
    pub region: Option<Uuid>,
}

impl Spot {
    /// Where a team was founded.
    #[must_use]
    pub const fn founding(team: &team::Model) -> Self {
        Self {
            department: team.department_id,
            parent: team.parent_id,
            region: team.region_id,
        }
    }

    /// Where a move brought it.
    #[must_use]
    pub const fn moved(place: &team_place::Model) -> Self {
        Self {
            department: place.department_id,
            parent: place.parent_id,
            region: place.region_id,
        }
    }
}

/// Where a team stood over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    founding: Spot,
    moves: BTreeMap<NaiveDate, Spot>,
}

impl Course {
    /// The course of a team with these places; those of other teams are left out.
    #[must_use]
    pub fn of(team: &team::Model, places: &[team_place::Model]) -> Self {
        Self {
            founding: Spot::founding(team),
            moves: places
                .iter()
                .filter(|place| place.team_id == team.id)
                .map(|place| (place.valid_from, Spot::moved(place)))
                .collect(),
        }
    }

    /// Where it stands on a day.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Spot {
        let last = self.moves.range(..=day).next_back();
        last.map_or(self.founding, |(_, spot)| *spot)
    }

    /// All stretches, the first without a beginning and the last without an end.
    #[must_use]
    pub fn stretches(&self) -> Vec<(Option<NaiveDate>, Option<NaiveDate>, Spot)> {
        let starts: Vec<NaiveDate> = self.moves.keys().copied().collect();
        let mut stretches = vec![(None, starts.first().copied(), self.founding)];
        for (index, (from, spot)) in self.moves.iter().enumerate() {
            stretches.push((Some(*from), starts.get(index + 1).copied(), *spot));
        }
        stretches
    }
}

/// The department of every team there is or was, day by day.
#[derive(Clone, Debug, Default)]
pub struct DepartmentsOfTeams(HashMap<Uuid, Course>);

impl DepartmentsOfTeams {
    /// Of these teams with their places.
    #[must_use]
    pub fn of(teams: &[team::Model], places: &[team_place::Model]) -> Self {
        let mut moved: HashMap<Uuid, Vec<team_place::Model>> = HashMap::new();
        for place in places {
            moved.entry(place.team_id).or_default().push(place.clone());
        }
        let course = |team: &team::Model| {
            let places = moved.get(&team.id).map(Vec::as_slice).unwrap_or_default();
            (team.id, Course::of(team, places))
        };
        Self(teams.iter().map(course).collect())
    }

    /// The department of a team on a day.
    #[must_use]
    pub fn on(&self, team: Uuid, day: NaiveDate) -> Option<Uuid> {
        self.0.get(&team).map(|course| course.on(day).department)
    }

    /// The stretches of a team in its departments; none for one that is unknown.
    #[must_use]
    pub fn stretches(&self, team: Uuid) -> Vec<(Option<NaiveDate>, Option<NaiveDate>, Uuid)> {
        let course = self.0.get(&team).map(Course::stretches).unwrap_or_default();
        let within = |(from, to, spot): (_, _, Spot)| (from, to, spot.department);
        course.into_iter().map(within).collect()
    }

    /// The pieces of a span that are spent in one department each, for somebody with a home in that team.
    #[must_use]
    pub fn split(&self, team: Uuid, span: Span) -> Vec<(Span, Uuid)> {
        self.stretches(team)
            .into_iter()
            .filter_map(|(from, to, department)| {
                let from = from.map_or(span.from, |from| from.max(span.from));
                let to = match (to, span.to) {
                    (Some(one), Some(other)) => Some(one.min(other)),
                    (one, other) => one.or(other),
                };
                to.is_none_or(|to| from < to)
                    .then_some((Span { from, to }, department))
            })
            .collect()
    }
}

/// The teams of a day as they stand then: each row with the department, parent and region of that day.
#[must_use]
pub fn as_of(
    teams: Vec<team::Model>,
    places: &[team_place::Model],
    day: NaiveDate,
) -> Vec<team::Model> {
    let holding: HashMap<Uuid, Spot> = places
        .iter()
        .filter(|place| holds_on(place.valid_from, place.valid_to, day))
        .map(|place| (place.team_id, Spot::moved(place)))
        .collect();
    teams
        .into_iter()
        .filter(|team| holds_on(team.valid_from, team.valid_to, day))
        .map(|mut team| {
            if let Some(spot) = holding.get(&team.id) {
                team.department_id = spot.department;
                team.parent_id = spot.parent;
                team.region_id = spot.region;
            }
            team
        })
        .collect()
}

/// Why a team can't stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misplaced {
    /// The team above would be itself or one of those below it.
    BelowItself,
    /// The team above belongs to another department.
    OtherDepartment,
}

/// May a team stand below `parent` in `department`, with the teams as they stand on that day? The teams below it come along.
///
/// # Errors
/// Why not.
pub fn may_stand(
    team: Option<Uuid>,
    department: Uuid,
    parent: Option<Uuid>,
    teams: &[team::Model],
) -> Result<(), Misplaced> {
    let Some(parent) = parent else { return Ok(()) };
    if let Some(team) = team
        && crate::organisation::rules::below(&BTreeSet::from([team]), teams).contains(&parent)
    {
        return Err(Misplaced::BelowItself);
    }
    let above = teams.iter().find(|row| row.id == parent);
    if above.is_some_and(|above| above.department_id != department) {
        return Err(Misplaced::OtherDepartment);
    }
    Ok(())
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
