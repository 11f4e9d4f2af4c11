//! How members worked with tickets in the simulated time: counts for the guard rails (工作行为统计).
//!
//! Tickets are counted for who answers for them now; a ticket counts in the days between its opening and its end.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::TicketState;
use uuid::Uuid;

use crate::decimal::{Decimal, SCALE};
use crate::incentives::rules::guard_rails::Counts;
use crate::tickets::store::Held;

/// A ticket about the same that is opened sooner than this after another one may have been split off.
const SOON: TimeDelta = TimeDelta::hours(12);

/// What is known of tickets in a time.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Those that were open at some time of it.
    pub tickets: Vec<Held>,
    /// About which of those that were closed in it a rating was asked, whenever that was.
    pub asked: HashSet<Uuid>,
    /// From whom how many somebody else gave to others.
    pub given_up: HashMap<Uuid, u64>,
    /// Members by team.
    pub teams: Vec<BTreeSet<Uuid>>,
}

/// The counts of everybody who answered for a ticket, by member.
#[must_use]
pub fn counts(known: &Known, (from, to): (DateTime<Utc>, DateTime<Utc>)) -> Vec<Counts> {
    let mut of: BTreeMap<Uuid, Vec<&Held>> = BTreeMap::new();
    for ticket in &known.tickets {
        of.entry(ticket.owner_id).or_default().push(ticket);
    }
    let load: BTreeMap<Uuid, Load> = of
        .iter()
        .map(|(member, tickets)| (*member, Load::of(tickets, (from, to))))
        .collect();
    of.iter()
        .map(|(member, tickets)| {
            let others = others(known, *member, &load);
            let mut counts = Counts {
                member: *member,
                repeats: repeats(tickets, from),
                held: load.get(member).map_or(Decimal(0), |load| load.mean),
                others: others.len() as u64,
                held_by_others: mean(&others, &load),
                days_others_idle: idle(*member, &others, &load),
                reassigned: known.given_up.get(member).copied().unwrap_or(0),
                ..Counts::default()
            };
            for ticket in tickets {
                counts.tickets += 1;
                let open = ticket.closed_at.is_none_or(|closed| closed >= to);
                if open || ticket.state == TicketState::Cancelled {
                    continue;
                }
                let asked = u64::from(known.asked.contains(&ticket.id));
                if ticket.reopened == 0 && ticket.breached_at.is_none() {
                    counts.good += 1;
                    counts.good_asked += asked;
                } else {
                    counts.bad += 1;
                    counts.bad_asked += asked;
                }
            }
            counts
        })
        .collect()
}

/// The others of the member's team who answer for tickets: who never does so isn't idle without one.
fn others(known: &Known, member: Uuid, load: &BTreeMap<Uuid, Load>) -> BTreeSet<Uuid> {
    let team = known.teams.iter().find(|team| team.contains(&member));
    let others = team.into_iter().flatten().copied();
    others
        .filter(|one| *one != member && load.contains_key(one))
        .collect()
}

/// How many tickets follow another one of the same customer, unit and subject soon.
fn repeats(tickets: &[&Held], from: DateTime<Utc>) -> u64 {
    let mut alike: BTreeMap<(Uuid, Option<Uuid>, String), Vec<DateTime<Utc>>> = BTreeMap::new();
    for ticket in tickets {
        let subject = ticket.subject.trim().to_lowercase();
        let about = (ticket.customer_id, ticket.unit_id, subject);
        alike.entry(about).or_default().push(ticket.created_at);
    }
    let mut repeats = 0;
    for times in alike.values_mut() {
        times.sort_unstable();
        let soon = |pair: &&[DateTime<Utc>]| pair[1] - pair[0] < SOON && pair[1] >= from;
        repeats += times.windows(2).filter(soon).count() as u64;
    }
    repeats
}

/// How many tickets somebody held.
struct Load {
    /// On average at any moment.
    mean: Decimal,
    /// On which days at least one.
    days: BTreeSet<i64>,
}

impl Load {
    fn of(tickets: &[&Held], (from, to): (DateTime<Utc>, DateTime<Utc>)) -> Self {
        let whole = i128::from((to - from).num_seconds().max(1));
        let last = (days(to - from) - 1).max(0);
        let day = |at: DateTime<Utc>| (at - from).num_days().min(last);
        let mut seconds = 0;
        let mut held = BTreeSet::new();
        for ticket in tickets {
            let begins = ticket.created_at.max(from);
            let ends = ticket.closed_at.map_or(to, |closed| closed.min(to));
            if begins < ends {
                seconds += i128::from((ends - begins).num_seconds());
                // The moment at which it ends isn't held any more.
                held.extend(day(begins)..=day(ends - TimeDelta::nanoseconds(1)));
            }
        }
        let mean = i64::try_from(seconds * i128::from(SCALE) / whole).unwrap_or(i64::MAX);
        Self {
            mean: Decimal(mean),
            days: held,
        }
    }
}

/// How many days so long a time has; the clock goes forward or back by less than half a day.
const fn days(time: TimeDelta) -> i64 {
    (time.num_hours() + 12) / 24
}

fn mean(others: &BTreeSet<Uuid>, load: &BTreeMap<Uuid, Load>) -> Decimal {
    let held = |one: &Uuid| load.get(one).map_or(0, |load| load.mean.0);
    let sum: i64 = others.iter().map(held).sum();
    let count = i64::try_from(others.len().max(1)).unwrap_or(i64::MAX);
    Decimal(sum / count)
}

/// On how many days the member held a ticket and somebody else of the team none.
fn idle(member: Uuid, others: &BTreeSet<Uuid>, load: &BTreeMap<Uuid, Load>) -> u64 {
    let Some(own) = load.get(&member) else {
        return 0;
    };
    let free = |day: &&i64| {
        others
            .iter()
            .any(|one| load.get(one).is_some_and(|load| !load.days.contains(*day)))
    };
    own.days.iter().filter(free).count() as u64
}

#[cfg(test)]
#[path = "conduct_tests.rs"]
mod tests;
