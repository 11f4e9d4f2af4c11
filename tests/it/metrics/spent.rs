//! Where time went, worked out a second time: looks at each moment at which anything changed, and at what held between it
//! and the next one. Slow, plain, and knowing nothing of the register.

use std::collections::{BTreeMap, BTreeSet};

use aftercare::graphql::ids::decode;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::enums::{Channel, HandoverState, Province, TicketKind};
use entity::{ticket, ticket_change};
use sea_orm::ActiveEnum;
use serde_json::Value;
use uuid::Uuid;

use super::naive::{Books, NONE, day, within};

/// By what times are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Detail,
    Department,
    Region,
    Team,
    Province,
    Product,
    Channel,
    Kind,
}

impl Way {
    pub const ALL: [Self; 8] = [
        Self::Detail,
        Self::Department,
        Self::Region,
        Self::Team,
        Self::Province,
        Self::Product,
        Self::Channel,
        Self::Kind,
    ];
}

/// A stretch of time that has ended.
#[derive(Clone, Debug)]
pub struct Stretch<'b> {
    pub ticket: &'b ticket::Model,
    pub detail: Option<String>,
    pub team: Option<Uuid>,
    pub at: DateTime<Utc>,
    pub seconds: i64,
}

/// Count, median, ninth tenth, total.
pub type Said = (usize, i64, i64, i64);

type Moment = DateTime<Utc>;

/// The history of one ticket.
struct Tale<'b> {
    ticket: &'b ticket::Model,
    changes: Vec<&'b ticket_change::Model>,
}

impl Tale<'_> {
    /// What a field held from a moment on.
    fn at(&self, field: &str, moment: Moment, now: Value) -> Value {
        let of_field: Vec<_> = self
            .changes
            .iter()
            .filter(|row| row.field.as_deref() == Some(field))
            .collect();
        let Some(first) = of_field.first() else {
            return now;
        };
        let held = of_field.iter().rev().find(|row| row.at <= moment);
        let value = match held {
            Some(row) => row.new_value.clone(),
            None => first.old_value.clone(),
        };
        value.unwrap_or(Value::Null)
    }

    fn id(&self, field: &str, moment: Moment, now: Option<Uuid>) -> Option<Uuid> {
        let now = now.map_or(Value::Null, |id| {
            Value::from(aftercare::graphql::ids::encode("x", id))
        });
        let (_, id) = decode(self.at(field, moment, now).as_str()?).expect("an id");
        Some(id)
    }

    fn team(&self, moment: Moment) -> Option<Uuid> {
        self.id("teamId", moment, self.ticket.team_id)
    }

    fn assignee(&self, moment: Moment) -> Option<Uuid> {
        self.id("assigneeId", moment, self.ticket.assignee_id)
    }

    fn state(&self, moment: Moment) -> String {
        let now = serde_json::to_value(self.ticket.state).expect("a word");
        let now = now.as_str().expect("a word").to_uppercase();
        self.at("state", moment, now.into())
            .as_str()
            .expect("a state")
            .to_owned()
    }

    fn ended(&self, moment: Moment) -> bool {
        matches!(self.state(moment).as_str(), "CLOSED" | "CANCELLED")
    }

    /// The moments at which anything changed, from the opening on.
    fn moments(&self) -> Vec<Moment> {
        let changes = self.changes.iter().map(|row| row.at);
        let all: BTreeSet<Moment> = changes.chain([self.ticket.created_at]).collect();
        all.into_iter()
            .filter(|at| *at >= self.ticket.created_at)
            .collect()
    }

    /// Longest times through which something held, with what it was; the last one may go on.
    fn runs<T: PartialEq>(
        &self,
        holds: impl Fn(Moment) -> Option<T>,
    ) -> Vec<(T, Moment, Option<Moment>)> {
        let mut runs: Vec<(T, Moment, Option<Moment>)> = Vec::new();
        let mut open = false;
        for moment in self.moments() {
            let now = holds(moment);
            let goes_on = open && runs.last().map(|run| &run.0) == now.as_ref();
            if goes_on {
                continue;
            }
            if let Some(run) = runs.last_mut().filter(|_| open) {
                run.2 = Some(moment);
            }
            open = now.is_some();
            runs.extend(now.map(|now| (now, moment, None)));
        }
        runs
    }

    fn waits(&self) -> Vec<(String, Moment, Option<Moment>)> {
        self.runs(|moment| {
            let state = self.state(moment);
            ["PENDING_CUSTOMER", "PENDING_PARTS", "ON_HOLD"]
                .contains(&state.as_str())
                .then_some(state)
        })
    }

    /// Seconds without those in which it waited.
    fn net(&self, from: Moment, to: Moment) -> i64 {
        let mut net = to - from;
        for (_, began, over) in self.waits() {
            let (began, over) = (began.max(from), over.unwrap_or(to).min(to));
            net -= (over - began).max(TimeDelta::zero());
        }
        net.num_seconds()
    }

    /// The team just before the end.
    fn team_until(&self, from: Moment, to: Moment) -> Option<Uuid> {
        self.team((to - TimeDelta::microseconds(1)).max(from))
    }
}

impl Books {
    /// The stretches of a source.
    pub fn stretches(&self, source: &str) -> Vec<Stretch<'_>> {
        let mut all = Vec::new();
        for ticket in &self.tickets {
            let mut changes: Vec<_> = self
                .changes
                .iter()
                .filter(|row| row.ticket_id == ticket.id)
                .collect();
            changes.sort_by_key(|row| (row.at, row.id));
            let tale = Tale { ticket, changes };
            let mut found = match source {
                "ticket.step" => self.steps(&tale),
                "ticket.queue" => queues(&tale),
                "ticket.handover" => self.handovers(&tale),
                "ticket.waiting" => waits(&tale),
                _ => panic!("{source} isn't worked out here"),
            };
            let merged = ticket.merged_into_id.and(ticket.closed_at);
            found.retain(|(_, _, _, to, _)| merged.is_none_or(|merged| *to < merged));
            all.extend(
                found
                    .into_iter()
                    .map(|(detail, team, _, at, seconds)| Stretch {
                        ticket,
                        detail,
                        team,
                        at,
                        seconds,
                    }),
            );
        }
        all
    }

    fn steps(&self, tale: &Tale<'_>) -> Vec<Found> {
        let mut stays: Vec<_> = self
            .stays
            .iter()
            .filter(|(row, _)| row.ticket_id == tale.ticket.id)
            .collect();
        stays.sort_by_key(|(row, _)| (row.entered_at, row.left_at.is_none(), row.left_at));
        let mut found = Vec::new();
        for (place, (stay, step)) in stays.iter().enumerate() {
            let next = stays.get(place + 1).map(|(row, _)| row.entered_at);
            let to = match (stay.left_at, next) {
                (None, None) => continue,
                (Some(left), Some(next)) => left.min(next),
                (Some(at), None) | (None, Some(at)) => at,
            };
            let (from, to) = (stay.entered_at, to.max(stay.entered_at));
            let team = tale.team_until(from, to);
            found.push((
                Some(step.clone()),
                team,
                from,
                to,
                (to - from).num_seconds(),
            ));
        }
        found
    }

    fn handovers(&self, tale: &Tale<'_>) -> Vec<Found> {
        let moments = tale.moments();
        let mut found = Vec::new();
        for (place, moment) in moments.iter().copied().enumerate() {
            let before = moment - TimeDelta::microseconds(1);
            let Some(member) = tale.assignee(moment) else {
                continue;
            };
            if tale.assignee(before) == Some(member) {
                continue;
            }
            let written = tale
                .changes
                .iter()
                .rev()
                .find(|row| row.at == moment && row.field.as_deref() == Some("assigneeId"));
            let Some(written) = written else { continue };
            if self.member_of(written) == Some(member) {
                continue;
            }
            // Who had it before, and for which team.
            let earlier = moments[..place].iter().rev().copied().find(|at| {
                tale.assignee(*at).is_some()
                    && tale.assignee(*at) != tale.assignee(*at - TimeDelta::microseconds(1))
            });
            let kind = match earlier {
                None if tale
                    .assignee(tale.ticket.created_at - TimeDelta::microseconds(1))
                    .is_none() =>
                {
                    "first"
                }
                None => same(
                    tale.team(tale.ticket.created_at - TimeDelta::microseconds(1)),
                    tale.team(moment),
                ),
                Some(at) => same(tale.team(at), tale.team(moment)),
            };
            let over = moments[place + 1..].iter().copied().find(|later| {
                let rows = tale.changes.iter().filter(|row| row.at == *later);
                let acted = rows.clone().any(|row| self.member_of(row) == Some(member));
                let moved = tale.assignee(*later) != Some(member);
                let says = |field: &'static str| {
                    rows.clone()
                        .any(move |row| row.field.as_deref() == Some(field))
                };
                acted || moved || says("state") && tale.ended(*later)
            });
            if let Some(to) = over {
                let net = tale.net(moment, to);
                if net > 0 {
                    let team = tale.team_until(moment, to);
                    found.push((Some(kind.to_owned()), team, moment, to, net));
                }
            }
        }
        for row in self
            .offers
            .iter()
            .filter(|row| row.ticket_id == tale.ticket.id)
        {
            let kind = match row.state {
                HandoverState::Accepted => "ownership",
                HandoverState::Declined => "ownership_declined",
                HandoverState::Offered | HandoverState::Withdrawn => continue,
            };
            let (from, to) = (
                row.created_at,
                row.answered_at
                    .expect("it was answered")
                    .max(row.created_at),
            );
            let team = tale.team_until(from, to);
            found.push((
                Some(kind.to_owned()),
                team,
                from,
                to,
                (to - from).num_seconds(),
            ));
        }
        found
    }

    fn member_of(&self, row: &ticket_change::Model) -> Option<Uuid> {
        let user = self
            .users
            .iter()
            .find(|user| Some(user.id) == row.actor_id)?;
        user.member_id
    }

    /// Times of a source by up to two ways, from a day on and before another one.
    pub fn spent(
        &self,
        stretches: &[Stretch<'_>],
        ways: [Option<Way>; 2],
        from: NaiveDate,
        to: NaiveDate,
    ) -> BTreeMap<(String, String), Said> {
        let mut lists: BTreeMap<(String, String), Vec<i64>> = BTreeMap::new();
        for stretch in stretches {
            if (from..to).contains(&day(stretch.at)) {
                for outer in self.keys(stretch, ways[0]) {
                    for inner in self.keys(stretch, ways[1]) {
                        lists
                            .entry((outer.clone(), inner))
                            .or_default()
                            .push(stretch.seconds);
                    }
                }
            }
        }
        let said = |mut list: Vec<i64>| {
            list.sort_unstable();
            // The first that enough of the others don't exceed.
            let reached = |tenths: usize| {
                let enough = |value: &&i64| {
                    10 * list.iter().filter(|other| *other <= *value).count() >= tenths * list.len()
                };
                *list.iter().find(enough).expect("the last one is enough")
            };
            (list.len(), reached(5), reached(9), list.iter().sum())
        };
        lists
            .into_iter()
            .map(|(key, list)| (key, said(list)))
            .collect()
    }

    fn keys(&self, stretch: &Stretch<'_>, way: Option<Way>) -> Vec<String> {
        let ticket = stretch.ticket;
        let id = |id: Option<Uuid>| vec![id.map_or_else(|| NONE.to_owned(), |id| id.to_string())];
        match way {
            None => vec![String::new()],
            Some(Way::Detail) => vec![stretch.detail.clone().unwrap_or_else(|| NONE.to_owned())],
            Some(Way::Team) => id(stretch.team),
            Some(Way::Department) => {
                let team = self.teams.iter().find(|row| Some(row.id) == stretch.team);
                id(team.map(|row| row.department_id))
            }
            Some(Way::Region) => {
                let day = day(stretch.at);
                let rows = self.region_provinces.iter().filter(|row| {
                    row.province == ticket.province && within(row.valid_from, row.valid_to, day)
                });
                rows.map(|row| row.region_id.to_string()).collect()
            }
            Some(Way::Province) => vec![Province::to_value(&ticket.province)],
            Some(Way::Product) => id(ticket.product_id),
            Some(Way::Channel) => vec![Channel::to_value(&ticket.channel)],
            Some(Way::Kind) => vec![TicketKind::to_value(&ticket.kind)],
        }
    }
}

/// Detail, team, from, to, seconds.
type Found = (Option<String>, Option<Uuid>, Moment, Moment, i64);

const fn kind_of(same: bool) -> &'static str {
    if same { "within_team" } else { "between_teams" }
}

fn same(before: Option<Uuid>, now: Option<Uuid>) -> &'static str {
    kind_of(before == now)
}

fn queues(tale: &Tale<'_>) -> Vec<Found> {
    let runs = tale.runs(|moment| {
        (tale.assignee(moment).is_none() && !tale.ended(moment)).then(|| tale.team(moment))
    });
    let mut found = Vec::new();
    for (team, from, to) in runs {
        if let Some(to) = to {
            let net = tale.net(from, to);
            if net > 0 {
                found.push((team.map(|team| team.to_string()), team, from, to, net));
            }
        }
    }
    found
}

fn waits(tale: &Tale<'_>) -> Vec<Found> {
    let waits = tale.waits().into_iter();
    waits
        .filter_map(|(state, from, to)| {
            let to = to?;
            let team = tale.team_until(from, to);
            Some((
                Some(state.to_lowercase()),
                team,
                from,
                to,
                (to - from).num_seconds(),
            ))
        })
        .collect()
}
