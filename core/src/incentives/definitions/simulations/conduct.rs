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
    /// About which of them a rating was asked.
    pub asked: HashSet<Uuid>,
    /// From whom how many went to others.
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
            let others = others(known, *member);
            let mut counts = Counts {
                member: *member,
                repeats: repeats(tickets, from),
                held: load.get(member).map_or(Decimal(0), |load| load.mean),
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

/// The others of the member's team.
fn others(known: &Known, member: Uuid) -> BTreeSet<Uuid> {
    let team = known.teams.iter().find(|team| team.contains(&member));
    let mut others = team.cloned().unwrap_or_default();
    others.remove(&member);
    others
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
        let mut seconds = 0;
        let mut days = BTreeSet::new();
        for ticket in tickets {
            let begins = ticket.created_at.max(from);
            let ends = ticket.closed_at.map_or(to, |closed| closed.min(to));
            if begins < ends {
                seconds += i128::from((ends - begins).num_seconds());
                days.extend((begins - from).num_days()..=(ends - from).num_days());
            }
        }
        let mean = i64::try_from(seconds * i128::from(SCALE) / whole).unwrap_or(i64::MAX);
        Self {
            mean: Decimal(mean),
            days,
        }
    }
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
            .any(|one| load.get(one).is_none_or(|load| !load.days.contains(*day)))
    };
    own.days.iter().filter(free).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_409_600, 0).expect("a time") + TimeDelta::hours(hours)
    }

    fn ticket(number: u128, owner: u128, opened: i64, closed: Option<i64>) -> Held {
        Held {
            id: id(number),
            owner_id: id(owner),
            customer_id: id(50),
            unit_id: None,
            subject: "No power".to_owned(),
            state: TicketState::Open,
            reopened: 0,
            breached_at: None,
            created_at: at(opened),
            closed_at: closed.map(at),
        }
    }

    #[test]
    fn members_are_counted_by_what_they_answer_for() {
        let mut reopened = ticket(4, 1, 60, Some(70));
        reopened.reopened = 1;
        let known = Known {
            // Member 1 holds the first ticket for all ten days; the second one follows within hours.
            tickets: vec![
                ticket(1, 1, 0, None),
                ticket(2, 1, 5, Some(15)),
                ticket(3, 1, 40, Some(50)),
                reopened,
                ticket(5, 2, 0, Some(24)),
            ],
            asked: HashSet::from([id(2), id(3)]),
            given_up: HashMap::from([(id(1), 2)]),
            teams: vec![BTreeSet::from([id(1), id(2), id(3)])],
        };
        let counts = counts(&known, (at(0), at(240)));
        let first = counts[0];
        assert_eq!((first.tickets, first.repeats), (4, 1));
        assert_eq!(
            (first.good, first.good_asked, first.bad, first.bad_asked),
            (2, 2, 1, 0)
        );
        // 240 + 10 + 10 + 10 of 240 hours; member 2 held one ticket for a tenth of them, member 3 none.
        assert_eq!(
            (first.held, first.held_by_others),
            (Decimal(11_250), Decimal(500))
        );
        assert_eq!((first.days_others_idle, first.reassigned), (11, 2));
        assert_eq!(counts[1].tickets, 1);
    }
}
