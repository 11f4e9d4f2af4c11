//! The shipped metrics worked out a second time: reads whole tables and adds up fractions, one metric at a time. Slow,
//! plain, and knowing nothing of the register.

use std::collections::{BTreeMap, BTreeSet};

use aftercare::decimal::Decimal;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Asia::Shanghai;
use entity::enums::{
    AssignmentKind, Channel, Province, SlaClockKind, SlaClockState, TicketKind, TicketStage,
    TicketState,
};
use entity::{
    assignment, process_step, process_template, process_version, region_province, sla_clock,
    survey, survey_answer, team, ticket, ticket_change, ticket_credit, ticket_handover,
    ticket_stage_entry, ticket_step_entry, user,
};
use sea_orm::{ActiveEnum, ConnectionTrait, EntityTrait};
use uuid::Uuid;

/// The metrics that it can work out.
pub const METRICS: [&str; 23] = [
    "tickets_opened",
    "complaints",
    "consultations",
    "technical_support_requests",
    "first_response_time",
    "first_response_in_time",
    "solution_in_time",
    "resolution_rate",
    "tickets_resolved",
    "workload",
    "resolution_time",
    "handling_time",
    "resolved_in_time",
    "satisfaction",
    "satisfaction_credited",
    "satisfied",
    "resolutions_held",
    "technical_support_success",
    "tickets_ended",
    "cancelled_rate",
    "queue_time",
    "handover_time",
    "waiting_time",
];

/// By what figures are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Company,
    Department,
    Team,
    Member,
    Region,
    Province,
    Product,
    Channel,
    Kind,
}

impl By {
    pub const ALL: [Self; 9] = [
        Self::Company,
        Self::Department,
        Self::Team,
        Self::Member,
        Self::Region,
        Self::Province,
        Self::Product,
        Self::Channel,
        Self::Kind,
    ];
}

/// How a part of the company is called that a thing has none of.
pub const NONE: &str = "-";

/// All tables that figures follow from.
#[derive(Clone, Debug, Default)]
pub struct Books {
    pub tickets: Vec<ticket::Model>,
    pub stage_entries: Vec<ticket_stage_entry::Model>,
    pub clocks: Vec<sla_clock::Model>,
    pub credits: Vec<ticket_credit::Model>,
    pub surveys: Vec<survey::Model>,
    pub answers: Vec<survey_answer::Model>,
    pub assignments: Vec<assignment::Model>,
    pub teams: Vec<team::Model>,
    pub region_provinces: Vec<region_province::Model>,
    pub changes: Vec<ticket_change::Model>,
    pub offers: Vec<ticket_handover::Model>,
    pub users: Vec<user::Model>,
    /// Stays with the codes of their processes and steps.
    pub stays: Vec<(ticket_step_entry::Model, String)>,
}

async fn all<E: EntityTrait>(connection: &impl ConnectionTrait) -> Vec<E::Model> {
    E::find().all(connection).await.expect("the whole table")
}

async fn stays(connection: &impl ConnectionTrait) -> Vec<(ticket_step_entry::Model, String)> {
    let steps = all::<process_step::Entity>(connection).await;
    let versions = all::<process_version::Entity>(connection).await;
    let templates = all::<process_template::Entity>(connection).await;
    let named = |row: ticket_step_entry::Model| {
        let step = steps.iter().find(|step| step.id == row.step_id);
        let step = step.expect("its step");
        let version = versions.iter().find(|one| one.id == step.version_id);
        let template = version.expect("its version").template_id;
        let template = templates.iter().find(|one| one.id == template);
        let code = format!("{}.{}", template.expect("its process").code, step.code);
        (row, code)
    };
    let rows = all::<ticket_step_entry::Entity>(connection).await;
    rows.into_iter().map(named).collect()
}

/// What a metric makes of what it finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Made {
    Number,
    Mean,
    /// How many of a hundred are one and not nought.
    Percent,
}

/// Who gets what a metric finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Nobodys,
    Owners,
    Shared,
}

/// Something that a metric finds.
struct Thing<'b> {
    ticket: &'b ticket::Model,
    at: DateTime<Utc>,
    /// The round of the resolution, for shares.
    round: Option<i32>,
    value: Option<i64>,
    /// The team that had the ticket, where it isn't the one that has it now.
    team: Option<Option<Uuid>>,
}

impl Books {
    /// The tables as they stand in a database.
    pub async fn read(connection: &impl ConnectionTrait) -> Self {
        Self {
            tickets: all::<ticket::Entity>(connection).await,
            stage_entries: all::<ticket_stage_entry::Entity>(connection).await,
            clocks: all::<sla_clock::Entity>(connection).await,
            credits: all::<ticket_credit::Entity>(connection).await,
            surveys: all::<survey::Entity>(connection).await,
            answers: all::<survey_answer::Entity>(connection).await,
            assignments: all::<assignment::Entity>(connection).await,
            teams: all::<team::Entity>(connection).await,
            region_provinces: all::<region_province::Entity>(connection).await,
            changes: all::<ticket_change::Entity>(connection).await,
            offers: all::<ticket_handover::Entity>(connection).await,
            users: all::<user::Entity>(connection).await,
            stays: stays(connection).await,
        }
    }

    /// The same without the tickets of other kinds.
    pub fn of_kind(&self, kind: TicketKind) -> Self {
        let mut books = self.clone();
        books.tickets.retain(|row| row.kind == kind);
        let kept: BTreeSet<Uuid> = books.tickets.iter().map(|row| row.id).collect();
        books.answers.retain(|row| kept.contains(&row.ticket_id));
        books
    }

    /// A metric from a day on and before another one, for each part that anything of it falls on; none where there is
    /// nothing to take a mean of.
    pub fn figures(
        &self,
        metric: &str,
        by: By,
        from: NaiveDate,
        to: NaiveDate,
    ) -> BTreeMap<String, Option<Decimal>> {
        let (made, whose, things) = self.find(metric);
        // Per part: parts of things, those of them that have a value, and the sum of those values; in ten-thousandths.
        let mut sums: BTreeMap<String, (i128, i128, i128)> = BTreeMap::new();
        for thing in &things {
            let day = day(thing.at);
            if day < from || day >= to {
                continue;
            }
            for (member, share) in self.people(thing, whose) {
                for part in self.parts(thing, member, day, by) {
                    let (weight, counted, total) = sums.entry(part).or_default();
                    *weight += i128::from(share);
                    if let Some(value) = thing.value {
                        *counted += i128::from(share);
                        *total += i128::from(share) * i128::from(value);
                    }
                }
            }
        }
        sums.retain(|_, (weight, ..)| *weight > 0);
        sums.into_iter()
            .map(|(part, (weight, counted, total))| {
                let figure = match made {
                    Made::Number => Some(fraction(weight, 10_000)),
                    _ if counted == 0 => None,
                    Made::Mean => Some(fraction(total, counted)),
                    Made::Percent => Some(fraction(100 * total, counted)),
                };
                (part, figure)
            })
            .collect()
    }

    fn find(&self, metric: &str) -> (Made, Whose, Vec<Thing<'_>>) {
        use Made::{Mean, Number, Percent};
        use SlaClockKind::{FirstResponse, PreliminarySolution, Resolution};
        use Whose::{Nobodys, Owners, Shared};
        let of = |kind: TicketKind| self.opened(move |row| row.kind == kind, |_| None);
        let any = |_: &ticket::Model| true;
        match metric {
            "tickets_opened" => (Number, Nobodys, self.opened(any, |_| None)),
            "complaints" => (Number, Nobodys, of(TicketKind::Complaint)),
            "consultations" => (Number, Nobodys, of(TicketKind::Consultation)),
            "technical_support_requests" => (Number, Nobodys, of(TicketKind::TechnicalSupport)),
            "first_response_time" => {
                let waited = |row: &ticket::Model| Some(seconds(row, row.first_responded_at?));
                (Mean, Owners, self.opened(any, waited))
            }
            "first_response_in_time" => {
                let kept = |row: &ticket::Model| self.kept(row, FirstResponse);
                (Percent, Owners, self.opened(any, kept))
            }
            "solution_in_time" => {
                let kept = |row: &ticket::Model| self.kept(row, PreliminarySolution);
                (Percent, Owners, self.opened(any, kept))
            }
            "resolution_rate" => {
                let done = |row: &ticket::Model| {
                    (!is_given_up(row)).then_some(i64::from(row.resolved_at.is_some()))
                };
                (Percent, Owners, self.opened(any, done))
            }
            "tickets_resolved" => (Number, Owners, self.resolved(|_| None)),
            "workload" => (Number, Shared, self.resolved(|_| None)),
            "resolution_time" => {
                let took = |row: &ticket::Model| Some(seconds(row, row.resolved_at?));
                (Mean, Owners, self.resolved(took))
            }
            "handling_time" => {
                let worked = |row: &ticket::Model| {
                    let clock = self.clock(row, Resolution)?;
                    (clock.state == SlaClockState::Stopped).then_some(clock.ran_seconds)
                };
                (Mean, Owners, self.resolved(worked))
            }
            "resolved_in_time" => {
                let kept = |row: &ticket::Model| self.kept(row, Resolution);
                (Percent, Owners, self.resolved(kept))
            }
            "satisfaction" => (Mean, Owners, self.rated(i64::from)),
            "satisfaction_credited" => (Mean, Shared, self.rated(i64::from)),
            "satisfied" => (Percent, Owners, self.rated(|rating| i64::from(rating >= 4))),
            "resolutions_held" => (Percent, Owners, self.resolutions(None)),
            "technical_support_success" => (
                Percent,
                Owners,
                self.resolutions(Some(TicketKind::TechnicalSupport)),
            ),
            "tickets_ended" => (Number, Nobodys, self.ended()),
            "cancelled_rate" => (Percent, Nobodys, self.ended()),
            "queue_time" => (Mean, Nobodys, self.took("ticket.queue")),
            "handover_time" => (Mean, Nobodys, self.took("ticket.handover")),
            "waiting_time" => (Mean, Nobodys, self.took("ticket.waiting")),
            _ => panic!("{metric} isn't worked out here"),
        }
    }

    /// Tickets, when they were opened.
    fn opened(
        &self,
        counts: impl Fn(&ticket::Model) -> bool,
        value: impl Fn(&ticket::Model) -> Option<i64>,
    ) -> Vec<Thing<'_>> {
        let tickets = self.tickets.iter().filter(|row| counts(row));
        tickets
            .map(|ticket| Thing {
                ticket,
                at: ticket.created_at,
                round: None,
                value: value(ticket),
                team: None,
            })
            .collect()
    }

    /// Tickets that are resolved, when they were; what was given up afterwards isn't.
    fn resolved(&self, value: impl Fn(&ticket::Model) -> Option<i64>) -> Vec<Thing<'_>> {
        let tickets = self.tickets.iter().filter(|row| !is_given_up(row));
        tickets
            .filter_map(|ticket| {
                let credits = self.credits_of(ticket);
                Some(Thing {
                    ticket,
                    at: ticket.resolved_at?,
                    round: credits.iter().map(|row| row.round).max(),
                    value: value(ticket),
                    team: None,
                })
            })
            .collect()
    }

    /// Each coming of a ticket to its result; the value says whether it stayed there. When it was given up there, that one is none.
    fn resolutions(&self, kind: Option<TicketKind>) -> Vec<Thing<'_>> {
        let mut things = Vec::new();
        for ticket in &self.tickets {
            if kind.is_some_and(|kind| kind != ticket.kind) {
                continue;
            }
            let entries = self.stage_entries.iter();
            let mut times: Vec<DateTime<Utc>> = entries
                .filter(|row| row.ticket_id == ticket.id && row.stage == TicketStage::Feedback)
                .map(|row| row.entered_at)
                .collect();
            times.sort();
            if is_given_up(ticket) && ticket.resolved_at.is_some() {
                // The others didn't stay, by the one that goes.
                times.pop();
                let undone = times.into_iter().map(|at| Thing {
                    ticket,
                    at,
                    round: None,
                    value: Some(0),
                    team: None,
                });
                things.extend(undone);
                continue;
            }
            while let Some(at) = times.pop() {
                let later = things
                    .last()
                    .is_some_and(|thing: &Thing<'_>| thing.ticket.id == ticket.id);
                things.push(Thing {
                    ticket,
                    at,
                    round: None,
                    value: Some(i64::from(!later && ticket.resolved_at.is_some())),
                    team: None,
                });
            }
        }
        things
    }

    fn rated(&self, value: impl Fn(i32) -> i64) -> Vec<Thing<'_>> {
        let answers = self.answers.iter();
        answers
            .map(|answer| {
                let ticket = self.tickets.iter().find(|row| row.id == answer.ticket_id);
                let survey = self.surveys.iter().find(|row| row.id == answer.survey_id);
                Thing {
                    ticket: ticket.expect("its ticket"),
                    at: answer.answered_at,
                    round: Some(survey.expect("its survey").round),
                    value: Some(value(answer.rating)),
                    team: None,
                }
            })
            .collect()
    }

    /// Tickets that are over; the value says whether they were given up.
    fn ended(&self) -> Vec<Thing<'_>> {
        let mut things = Vec::new();
        for ticket in &self.tickets {
            let over = matches!(ticket.state, TicketState::Closed | TicketState::Cancelled);
            if let (true, Some(at), None) = (over, ticket.closed_at, ticket.merged_into_id) {
                things.push(Thing {
                    ticket,
                    at,
                    round: None,
                    value: Some(i64::from(ticket.state == TicketState::Cancelled)),
                    team: None,
                });
            }
        }
        things
    }

    /// Stretches of time, when they ended.
    fn took(&self, source: &str) -> Vec<Thing<'_>> {
        let stretches = self.stretches(source).into_iter();
        stretches
            .map(|stretch| Thing {
                ticket: stretch.ticket,
                at: stretch.at,
                round: None,
                value: Some(stretch.seconds),
                team: Some(stretch.team),
            })
            .collect()
    }

    fn clock(&self, ticket: &ticket::Model, kind: SlaClockKind) -> Option<&sla_clock::Model> {
        self.clocks
            .iter()
            .find(|row| row.ticket_id == ticket.id && row.kind == kind)
    }

    /// One for a promise that was kept, nought for one that was missed, be it decided or not.
    fn kept(&self, ticket: &ticket::Model, kind: SlaClockKind) -> Option<i64> {
        let clock = self.clock(ticket, kind)?;
        if let Some(met) = clock.met {
            return Some(i64::from(met));
        }
        let runs = clock.state != SlaClockState::Stopped;
        (runs && clock.breached_at.is_some()).then_some(0)
    }

    /// The shares of a ticket that hold now.
    fn credits_of(&self, ticket: &ticket::Model) -> Vec<&ticket_credit::Model> {
        let credits = self.credits.iter();
        credits
            .filter(|row| row.ticket_id == ticket.id && row.replaced_at.is_none())
            .collect()
    }

    /// Who gets how many ten-thousandths of a thing.
    fn people(&self, thing: &Thing<'_>, whose: Whose) -> Vec<(Option<Uuid>, i32)> {
        let owner = thing.ticket.owner_id;
        match whose {
            Whose::Nobodys => vec![(None, 10_000)],
            Whose::Owners => vec![(owner, 10_000)],
            Whose::Shared => {
                let mut credits = self.credits_of(thing.ticket);
                credits.retain(|row| Some(row.round) == thing.round);
                if credits.is_empty() {
                    return vec![(owner, 10_000)];
                }
                let shares = credits.iter();
                shares.map(|row| (Some(row.member_id), row.share)).collect()
            }
        }
    }

    /// The parts of the company that a member's share of a thing falls on.
    fn parts(
        &self,
        thing: &Thing<'_>,
        member: Option<Uuid>,
        day: NaiveDate,
        by: By,
    ) -> BTreeSet<String> {
        let ticket = thing.ticket;
        let had = thing.team.unwrap_or(ticket.team_id);
        let (team, department) = self.place(had, member, day);
        let id = |id: Option<Uuid>| id.map_or_else(|| NONE.to_owned(), |id| id.to_string());
        let one = |part: String| BTreeSet::from([part]);
        match by {
            By::Company => one(String::new()),
            By::Department => one(id(department)),
            By::Team => one(id(team)),
            By::Member => one(id(member)),
            By::Region => {
                let holds = |row: &&region_province::Model| {
                    row.province == ticket.province && within(row.valid_from, row.valid_to, day)
                };
                let regions = self.region_provinces.iter().filter(holds);
                regions.map(|row| row.region_id.to_string()).collect()
            }
            By::Province => one(Province::to_value(&ticket.province)),
            By::Product => one(id(ticket.product_id)),
            By::Channel => one(Channel::to_value(&ticket.channel)),
            By::Kind => one(TicketKind::to_value(&ticket.kind)),
        }
    }

    /// Where the member has the home on that day; without a member, the team that had the ticket.
    fn place(
        &self,
        had: Option<Uuid>,
        member: Option<Uuid>,
        day: NaiveDate,
    ) -> (Option<Uuid>, Option<Uuid>) {
        let Some(member) = member else {
            let team = self.teams.iter().find(|row| Some(row.id) == had);
            return (had, team.map(|row| row.department_id));
        };
        let mut homes = self.assignments.iter().filter(|row| {
            row.member_id == member
                && row.kind == AssignmentKind::Home
                && within(row.valid_from, row.valid_to, day)
        });
        let home = homes.next();
        assert!(homes.next().is_none(), "two homes on {day}: {home:?}");
        home.map_or((None, None), |row| {
            let team = self.teams.iter().find(|team| Some(team.id) == row.team_id);
            let department = team.map_or(row.department_id, |team| Some(team.department_id));
            (row.team_id, department)
        })
    }
}

/// Was it cancelled, or does it go on as another one?
fn is_given_up(row: &ticket::Model) -> bool {
    row.state == TicketState::Cancelled || row.merged_into_id.is_some()
}

/// The day in the company.
pub fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Shanghai).date_naive()
}

pub fn within(from: NaiveDate, to: Option<NaiveDate>, day: NaiveDate) -> bool {
    from <= day && to.is_none_or(|to| day < to)
}

fn seconds(ticket: &ticket::Model, at: DateTime<Utc>) -> i64 {
    (at - ticket.created_at).num_seconds()
}

/// A fraction with four decimals, half rounded away from nought.
fn fraction(over: i128, under: i128) -> Decimal {
    let (twice, negative) = (over.abs() * 2 * 10_000 + under, over < 0);
    let rounded = i64::try_from(twice / (2 * under)).expect("a small number");
    Decimal(if negative { -rounded } else { rounded })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::support::data::{Data, Table, days_ago, key, long_ago, start};

    fn figures(books: &Books, metric: &str, by: By) -> Vec<(String, String)> {
        let found = books.figures(metric, by, days_ago(30), days_ago(-1));
        found
            .into_iter()
            .map(|(part, figure)| {
                let figure = figure.map_or_else(|| "none".to_owned(), |figure| figure.to_string());
                (part, figure)
            })
            .collect()
    }

    /// Three tickets, worked out by hand: one resolved in a day by two, one opened and not touched, one of last year.
    #[test]
    fn it_says_what_one_can_work_out_by_hand() {
        let mut data = Data::default();
        let department = data.department(1, "Service");
        let (north, south) = (
            data.team(1, department, None, None),
            data.team(2, department, None, None),
        );
        let region = data.region(1, "North", &[Province::Hebei]);
        data.region(2, "North and south", &[Province::Hebei]);
        let (li, wang) = (data.member(1, "Li"), data.member(2, "Wang"));
        data.home(li, department, Some(north), (long_ago(), Some(days_ago(4))));
        data.home(li, department, Some(south), (days_ago(4), None));
        data.home(wang, department, None, (long_ago(), None));
        data.customer(1, Province::Hebei, None, None);
        // Ten o'clock in Shanghai, five days ago; resolved a day later, when Li had moved.
        let opened = start() - TimeDelta::days(5);
        let done = data.ticket(1, 1, |row| {
            row.owner_id = Some(li);
            row.team_id = Some(north);
            row.created_at = opened;
            row.first_responded_at = Some(opened + TimeDelta::seconds(100));
            row.resolved_at = Some(opened + TimeDelta::days(1));
            row.stage = TicketStage::Feedback;
            row.stage_entered_at = opened + TimeDelta::days(1);
        });
        data.credit(done, &[(li, 6_667), (wang, 3_333)]);
        data.survey(done, Some(4));
        data.ticket(2, 1, |row| {
            row.team_id = Some(south);
            row.created_at = opened;
            row.first_responded_at = Some(opened + TimeDelta::seconds(101));
        });
        data.ticket(3, 1, |row| row.created_at = start() - TimeDelta::days(400));
        let books = Books {
            tickets: data.tickets.clone(),
            stage_entries: data.stage_entries.clone(),
            credits: data.credits.clone(),
            surveys: data.surveys.clone(),
            answers: data.survey_answers.clone(),
            assignments: data.assignments.clone(),
            teams: data.teams.clone(),
            region_provinces: data.region_provinces.clone(),
            ..Books::default()
        };
        let all = |figure: &str| vec![(String::new(), figure.to_owned())];
        let each = |parts: &[(Uuid, &str)]| -> Vec<(String, String)> {
            let parts: BTreeMap<String, String> = parts
                .iter()
                .map(|(id, figure)| (id.to_string(), (*figure).to_owned()))
                .collect();
            parts.into_iter().collect()
        };
        assert_eq!(figures(&books, "tickets_opened", By::Company), all("2"));
        let teams = each(&[(north, "1"), (south, "1")]);
        assert_eq!(figures(&books, "tickets_opened", By::Team), teams);
        let regions = each(&[(region, "2"), (key(Table::Region, 2), "2")]);
        assert_eq!(figures(&books, "tickets_opened", By::Region), regions);
        assert_eq!(figures(&books, "complaints", By::Company), []);
        assert_eq!(figures(&books, "resolution_rate", By::Company), all("50"));
        assert_eq!(
            figures(&books, "first_response_time", By::Company),
            all("100.5")
        );
        assert_eq!(
            figures(&books, "first_response_in_time", By::Company),
            all("none")
        );
        // Opened while Li was in the north, resolved when Li was in the south.
        let south_only = each(&[(south, "1")]);
        assert_eq!(figures(&books, "tickets_resolved", By::Team), south_only);
        let shares = each(&[(li, "0.6667"), (wang, "0.3333")]);
        assert_eq!(figures(&books, "workload", By::Member), shares);
        let teams = [
            (NONE.to_owned(), "0.3333".to_owned()),
            (south.to_string(), "0.6667".to_owned()),
        ];
        assert_eq!(figures(&books, "workload", By::Team), teams);
        assert_eq!(
            figures(&books, "resolution_time", By::Company),
            all("86400")
        );
        assert_eq!(figures(&books, "handling_time", By::Company), all("none"));
        assert_eq!(figures(&books, "satisfaction", By::Company), all("4"));
        assert_eq!(figures(&books, "satisfied", By::Company), all("100"));
        let both = each(&[(li, "4"), (wang, "4")]);
        assert_eq!(figures(&books, "satisfaction_credited", By::Member), both);
        assert_eq!(figures(&books, "resolutions_held", By::Company), all("100"));
        assert_eq!(figures(&books, "tickets_ended", By::Company), []);

        // Taken up again, without a word of the credit: the resolution didn't hold, and isn't one any more.
        let mut later = books;
        later.tickets[0].resolved_at = None;
        later.tickets[0].reopened = 1;
        assert_eq!(figures(&later, "tickets_resolved", By::Company), []);
        assert_eq!(figures(&later, "resolutions_held", By::Company), all("0"));
        assert_eq!(figures(&later, "satisfaction", By::Company), all("4"));
        // Given up while it was resolved: that resolution is none.
        let mut stands = later.clone();
        stands.tickets[0].state = TicketState::Cancelled;
        stands.tickets[0].resolved_at = Some(opened + TimeDelta::days(1));
        assert_eq!(figures(&stands, "tickets_resolved", By::Company), []);
        assert_eq!(figures(&stands, "resolutions_held", By::Company), []);
        // Given up: it ended, and asks for no resolution.
        later.tickets[0].state = TicketState::Cancelled;
        later.tickets[0].closed_at = Some(start());
        assert_eq!(figures(&later, "resolution_rate", By::Company), all("0"));
        assert_eq!(figures(&later, "cancelled_rate", By::Company), all("100"));
    }

    #[test]
    fn fractions_are_rounded_half_away_from_nought() {
        for (over, under, expected) in [
            (1, 3, 3_333),
            (2, 3, 6_667),
            (1, 20_000, 1),
            (-1, 20_000, -1),
            (0, 7, 0),
        ] {
            assert_eq!(fraction(over, under), Decimal(expected), "{over}/{under}");
        }
    }
}
