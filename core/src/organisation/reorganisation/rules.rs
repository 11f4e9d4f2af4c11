//! What becomes of a plan, and what its changes would mean for whom.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::enums::{Reach, ReorganisationState};
use entity::{assignment, team};
use uuid::Uuid;

use crate::access::{Grants, Permission, Standing};
use crate::organisation::is_placed_in;
use crate::organisation::rules::stand;

/// What can be done with a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Write it anew.
    Revise,
    /// Have it applied on its day.
    Approve,
    /// Do it.
    Apply,
    /// It didn't fit on its day.
    Fail,
    /// Give it up.
    Cancel,
}

/// From which state which step leads where.
const STEPS: [(ReorganisationState, Step, ReorganisationState); 6] = {
    use ReorganisationState::{Applied, Approved, Cancelled, Draft, Failed};
    [
        (Draft, Step::Revise, Draft),
        (Draft, Step::Approve, Approved),
        (Draft, Step::Cancel, Cancelled),
        (Approved, Step::Apply, Applied),
        (Approved, Step::Fail, Failed),
        (Approved, Step::Cancel, Cancelled),
    ]
};

/// The state after a step; none when it isn't possible.
#[must_use]
pub fn next(state: ReorganisationState, step: Step) -> Option<ReorganisationState> {
    let mut steps = STEPS.iter();
    let found = steps.find(|(from, by, _)| *from == state && *by == step);
    found.map(|(_, _, to)| *to)
}

/// The organisation of a day.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    /// The day.
    pub day: NaiveDate,
    /// All assignments of the day.
    pub assignments: Vec<assignment::Model>,
    /// All teams as they stand on it.
    pub teams: Vec<team::Model>,
}

impl Picture {
    fn members(&self) -> BTreeMap<Uuid, Vec<assignment::Model>> {
        let mut members: BTreeMap<Uuid, Vec<assignment::Model>> = BTreeMap::new();
        for row in &self.assignments {
            members.entry(row.member_id).or_default().push(row.clone());
        }
        members
    }
}

/// The reaches that follow from where somebody is placed.
const PLACED: [Reach; 4] = [
    Reach::Team,
    Reach::TeamTree,
    Reach::Department,
    Reach::Region,
];

/// What somebody gets to see, or no longer, through one reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The reach.
    pub reach: Reach,
    /// The permissions that are held with it.
    pub permissions: Vec<Permission>,
    /// Codes of teams that come into it.
    pub gained: BTreeSet<String>,
    /// Codes of teams that go out of it.
    pub lost: BTreeSet<String>,
}

/// What the changes would mean for one member with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Who.
    pub member: Uuid,
    /// What changes, reach by reach.
    pub shifts: Vec<Shift>,
    /// Members who would be seen as well.
    pub members_gained: BTreeSet<Uuid>,
    /// Members who would be seen no more.
    pub members_lost: BTreeSet<Uuid>,
}

/// The effects on everybody whose access changes. Who holds nothing by a reach of placement is left out.
#[must_use]
pub fn effects(before: &Picture, after: &Picture, holders: &BTreeMap<Uuid, Grants>) -> Vec<Effect> {
    let (then, now) = (after.members(), before.members());
    let codes: HashMap<Uuid, &str> = before
        .teams
        .iter()
        .chain(&after.teams)
        .map(|team| (team.id, team.code.as_str()))
        .collect();
    let named = |ids: BTreeSet<Uuid>| -> BTreeSet<String> {
        ids.iter()
            .filter_map(|id| codes.get(id))
            .map(ToString::to_string)
            .collect()
    };
    let mut effects = Vec::new();
    for (member, grants) in holders {
        let standing = |picture: &Picture, own: Option<&Vec<assignment::Model>>| {
            let own = own.map(Vec::as_slice).unwrap_or_default();
            stand(*member, picture.day, own, &picture.teams)
        };
        let (old, new) = (
            standing(before, now.get(member)),
            standing(after, then.get(member)),
        );
        let mut shifts = Vec::new();
        for reach in PLACED {
            let permissions: Vec<Permission> = grants
                .pairs()
                .filter(|(_, held)| *held == reach)
                .map(|(permission, _)| permission)
                .collect();
            if permissions.is_empty() {
                continue;
            }
            let (had, has) = (teams_of(reach, &old), teams_of(reach, &new));
            let gained: BTreeSet<Uuid> = has.difference(had).copied().collect();
            let lost: BTreeSet<Uuid> = had.difference(has).copied().collect();
            if gained.is_empty() && lost.is_empty() {
                continue;
            }
            shifts.push(Shift {
                reach,
                permissions,
                gained: named(gained),
                lost: named(lost),
            });
        }
        let (saw, sees) = (seen(grants, &old, &now), seen(grants, &new, &then));
        let effect = Effect {
            member: *member,
            shifts,
            members_gained: sees.difference(&saw).copied().collect(),
            members_lost: saw.difference(&sees).copied().collect(),
        };
        if !(effect.shifts.is_empty()
            && effect.members_gained.is_empty()
            && effect.members_lost.is_empty())
        {
            effects.push(effect);
        }
    }
    effects
}

const fn teams_of(reach: Reach, standing: &Standing) -> &BTreeSet<Uuid> {
    match reach {
        Reach::TeamTree => &standing.team_tree,
        Reach::Department => &standing.department_teams,
        Reach::Region => &standing.region_teams,
        _ => &standing.teams,
    }
}

/// The members that somebody sees by placement.
fn seen(
    grants: &Grants,
    standing: &Standing,
    members: &BTreeMap<Uuid, Vec<assignment::Model>>,
) -> BTreeSet<Uuid> {
    let reaches: Vec<Reach> = grants.reaches(Permission::MemberRead).collect();
    if reaches.contains(&Reach::All) {
        return BTreeSet::new();
    }
    members
        .iter()
        .filter(|(_, rows)| {
            let mut placed = reaches.iter().filter(|reach| PLACED.contains(reach));
            placed.any(|reach| is_placed_in(rows, *reach, standing))
        })
        .map(|(id, _)| *id)
        .collect()
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
