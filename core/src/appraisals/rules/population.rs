//! Who is appraised in a cycle, by which family's template and for which team: joiners, leavers, movers and leave by rule
//! (参评范围).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::enums::{AppraisalExclusion, JobFamily};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who takes part in a cycle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    /// Only members of these departments; of all when none is named.
    #[serde(default)]
    pub departments: BTreeSet<Uuid>,
    /// Whoever was at work on fewer days of the period has no appraisal.
    pub least_days: u32,
    /// Are those appraised who left before the end?
    pub leavers: bool,
    /// Where somebody belongs who moved within the period.
    pub movers: Movers,
}

/// Where somebody belongs who moved within the period (调岗处理).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Movers {
    /// Where they were at the end (按期末).
    AtTheEnd,
    /// Where they were for most of the days at work; of as many days where they came last (按在岗天数最多).
    MostDays,
}

/// Days from the first one to before the second; without an end when it is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: NaiveDate,
    /// The first day after it.
    pub to: Option<NaiveDate>,
}

impl Span {
    /// Is the day within?
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

/// Where somebody was, and as what, for some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// When.
    pub span: Span,
    /// In which team.
    pub team: Option<Uuid>,
    /// In which department.
    pub department: Option<Uuid>,
    /// The family of the position.
    pub family: Option<JobFamily>,
}

/// What is known of somebody.
#[derive(Clone, Debug)]
pub struct Person {
    /// From joining to leaving.
    pub employed: Span,
    /// Whole days of leave that count as absence.
    pub leave: Vec<Span>,
    /// Homes in their order.
    pub seats: Vec<Seat>,
}

/// Whether somebody takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Takes part.
    In {
        /// By the template of this family.
        family: JobFamily,
        /// For this team.
        team: Option<Uuid>,
        /// And this department.
        department: Option<Uuid>,
        /// Days at work within the period.
        days: i32,
    },
    /// Doesn't.
    Out {
        /// Why.
        cause: AppraisalExclusion,
        /// Days at work within the period.
        days: i32,
    },
}

/// Whether somebody takes part in a cycle over these days; none when they weren't employed on any of them.
#[must_use]
pub fn verdict(
    rule: &Rule,
    (from, until): (NaiveDate, NaiveDate),
    person: &Person,
    templates: &BTreeSet<JobFamily>,
) -> Option<Verdict> {
    let days = || from.iter_days().take_while(|day| *day < until);
    let employed = days().filter(|day| person.employed.holds(*day)).count();
    if employed == 0 {
        return None;
    }
    let away = |day: NaiveDate| person.leave.iter().any(|leave| leave.holds(day));
    let at_work: Vec<NaiveDate> = days()
        .filter(|day| person.employed.holds(*day) && !away(*day))
        .collect();
    let present = i32::try_from(at_work.len()).unwrap_or(i32::MAX);
    let out = |cause| {
        Some(Verdict::Out {
            cause,
            days: present,
        })
    };
    let left = person.employed.to.is_some_and(|to| to < until);
    let Some(seat) = seat(rule.movers, person, &at_work, until) else {
        return out(AppraisalExclusion::OutOfScope);
    };
    let in_scope = rule.departments.is_empty()
        || seat
            .department
            .is_some_and(|department| rule.departments.contains(&department));
    if !in_scope {
        return out(AppraisalExclusion::OutOfScope);
    }
    if left && !rule.leavers {
        return out(AppraisalExclusion::Left);
    }
    let least = usize::try_from(rule.least_days).unwrap_or(usize::MAX);
    if at_work.len() < least {
        return out(if employed >= least {
            AppraisalExclusion::OnLeave
        } else if left {
            AppraisalExclusion::Left
        } else {
            AppraisalExclusion::JoinedLate
        });
    }
    match seat.family.filter(|family| templates.contains(family)) {
        Some(family) => Some(Verdict::In {
            family,
            team: seat.team,
            department: seat.department,
            days: present,
        }),
        None => out(AppraisalExclusion::NoTemplate),
    }
}

/// The seat by which somebody is appraised.
fn seat<'p>(
    movers: Movers,
    person: &'p Person,
    at_work: &[NaiveDate],
    until: NaiveDate,
) -> Option<&'p Seat> {
    let held = |day: NaiveDate| person.seats.iter().rposition(|seat| seat.span.holds(day));
    let last_day = match person.employed.to {
        Some(to) if to < until => to.pred_opt(),
        _ => until.pred_opt(),
    };
    let at_the_end = last_day.and_then(held);
    let place = match movers {
        Movers::AtTheEnd => at_the_end,
        Movers::MostDays => {
            let mut days: BTreeMap<usize, u32> = BTreeMap::new();
            for seat in at_work.iter().filter_map(|day| held(*day)) {
                *days.entry(seat).or_default() += 1;
            }
            let most = days.into_iter().max_by_key(|(place, days)| (*days, *place));
            most.map(|(place, _)| place).or(at_the_end)
        }
    };
    person.seats.get(place?)
}

#[cfg(test)]
#[path = "population_tests.rs"]
mod tests;
