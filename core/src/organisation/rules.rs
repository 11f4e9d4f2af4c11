//! Which assignments hold on a day, whether another one fits, and what follows from them.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::enums::AssignmentKind;
use entity::{assignment, team};
use uuid::Uuid;

use crate::access::Standing;

/// The most of a member's working time that can be given away, in percent.
pub const WHOLE_TIME: i32 = 100;

/// Does something hold on a day? The end is the first day on which it no longer does.
#[must_use]
pub fn holds_on(from: NaiveDate, to: Option<NaiveDate>, day: NaiveDate) -> bool {
    from <= day && to.is_none_or(|end| day < end)
}

/// A span of days, open at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: NaiveDate,
    /// The first day after it; none while no end is known.
    pub to: Option<NaiveDate>,
}

impl Span {
    /// The span of an assignment.
    #[must_use]
    pub fn of(row: &assignment::Model) -> Self {
        Self {
            from: row.valid_from,
            to: row.valid_to,
        }
    }

    /// Do two spans share a day?
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        other.to.is_none_or(|end| self.from < end) && self.to.is_none_or(|end| other.from < end)
    }
}

/// Why an assignment doesn't fit beside the others of its member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// There would be two homes on this day.
    SecondHome {
        /// The first such day.
        day: NaiveDate,
    },
    /// The shares would add up to more than the whole.
    TooMuch {
        /// The first such day.
        day: NaiveDate,
        /// What they would add up to.
        percent: i32,
    },
}

/// Does an assignment of that kind, span and share fit beside the `others` of the same member?
///
/// # Errors
/// The first day on which it doesn't, and why.
pub fn fits(
    kind: AssignmentKind,
    span: Span,
    percent: i32,
    others: &[assignment::Model],
) -> Result<(), Misfit> {
    let beside: Vec<&assignment::Model> = others
        .iter()
        .filter(|other| Span::of(other).overlaps(span))
        .collect();
    if kind == AssignmentKind::Home
        && let Some(home) = beside
            .iter()
            .filter(|other| other.kind == AssignmentKind::Home)
            .min_by_key(|other| other.valid_from)
    {
        return Err(Misfit::SecondHome {
            day: home.valid_from.max(span.from),
        });
    }
    // The sum only rises on a day on which something starts.
    let mut starts: Vec<NaiveDate> = beside
        .iter()
        .map(|other| other.valid_from.max(span.from))
        .chain([span.from])
        .collect();
    starts.sort_unstable();
    starts.dedup();
    for day in starts {
        let sum = percent + percent_on(&beside, day);
        if sum > WHOLE_TIME {
            return Err(Misfit::TooMuch { day, percent: sum });
        }
    }
    Ok(())
}

fn percent_on(rows: &[&assignment::Model], day: NaiveDate) -> i32 {
    rows.iter()
        .filter(|row| holds_on(row.valid_from, row.valid_to, day))
        .map(|row| row.percent)
        .sum()
}

/// The department that an assignment names itself. A home with a team is where the team is, which may have moved.
#[must_use]
pub fn own_department(row: &assignment::Model) -> Option<Uuid> {
    match (row.kind, row.team_id) {
        (AssignmentKind::Home, Some(_)) => None,
        _ => row.department_id,
    }
}

/// What follows from a member's assignments on a day, with the teams as they stand on that day. The provinces of the
/// regions come from elsewhere.
#[must_use]
pub fn stand(
    member_id: Uuid,
    day: NaiveDate,
    assignments: &[assignment::Model],
    teams: &[team::Model],
) -> Standing {
    let by_id: HashMap<Uuid, &team::Model> = teams.iter().map(|team| (team.id, team)).collect();
    let placed: Vec<&assignment::Model> = assignments
        .iter()
        .filter(|row| row.member_id == member_id && holds_on(row.valid_from, row.valid_to, day))
        .collect();
    let mine: BTreeSet<Uuid> = placed
        .iter()
        .filter_map(|row| row.team_id)
        .filter(|id| by_id.contains_key(id))
        .collect();
    let my_teams = || mine.iter().filter_map(|id| by_id.get(id));
    let departments: BTreeSet<Uuid> = placed
        .iter()
        .filter_map(|row| own_department(row))
        .chain(my_teams().map(|team| team.department_id))
        .collect();
    let regions: BTreeSet<Uuid> = placed
        .iter()
        .filter_map(|row| row.region_id)
        .chain(my_teams().filter_map(|team| team.region_id))
        .collect();
    Standing {
        member_id: Some(member_id),
        team_tree: below(&mine, teams),
        team_line: above(&mine, &by_id),
        department_teams: teams
            .iter()
            .filter(|team| departments.contains(&team.department_id))
            .map(|team| team.id)
            .collect(),
        region_teams: teams
            .iter()
            .filter(|team| {
                team.region_id
                    .is_some_and(|region| regions.contains(&region))
            })
            .map(|team| team.id)
            .collect(),
        teams: mine,
        departments,
        regions,
        day: Some(day),
        ..Standing::default()
    }
}

/// Those teams and all below them; a circle in the data ends the walk instead of the server.
#[must_use]
pub fn below(roots: &BTreeSet<Uuid>, teams: &[team::Model]) -> BTreeSet<Uuid> {
    let mut children: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for team in teams {
        if let Some(parent) = team.parent_id {
            children.entry(parent).or_default().push(team.id);
        }
    }
    let mut reached = roots.clone();
    let mut open: Vec<Uuid> = roots.iter().copied().collect();
    while let Some(team) = open.pop() {
        for child in children.get(&team).into_iter().flatten() {
            if reached.insert(*child) {
                open.push(*child);
            }
        }
    }
    reached
}

/// Those teams and all above them; a circle in the data ends the walk here too.
fn above(roots: &BTreeSet<Uuid>, teams: &HashMap<Uuid, &team::Model>) -> BTreeSet<Uuid> {
    let mut reached = BTreeSet::new();
    for root in roots {
        let mut next = Some(*root);
        while let Some(team) = next.filter(|id| reached.insert(*id)) {
            next = teams.get(&team).and_then(|team| team.parent_id);
        }
    }
    reached
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
