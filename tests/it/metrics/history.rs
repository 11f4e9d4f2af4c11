//! A company's quarter as a throw of dice, written straight into the tables: members who move, tickets that are resolved,
//! taken up again, merged, given up, credited and rated; and corrections of it afterwards.
//!
//! It needs no rules of the house: whatever rows say must be counted as they say it.

/// What is corrected afterwards.
mod corrections;
/// Where its time goes.
mod time;

use std::fmt;

use aftercare::tickets::sla;
use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{
    Channel, CreditRole, CreditSource, Province, SlaClockKind, SlaClockState, SurveyState,
    TicketKind, TicketStage, TicketState,
};
use entity::{
    calendar_version, sla_clock, sla_policy_version, survey, survey_answer, ticket, ticket_credit,
    ticket_stage_entry, ticket_step_entry,
};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait,
    IntoActiveModel, QueryFilter,
};
use uuid::Uuid;

use crate::support::app::TestApp;
use crate::support::data::{Data, Table, days_ago, key, long_ago, start};
use crate::support::database::Backend;

pub use corrections::{Corrections, corrections};

/// Few of each, so that things meet.
const TEAMS: usize = 4;
const PROVINCES: [Province; 3] = [Province::Beijing, Province::Hebei, Province::Guangdong];
const KINDS: [TicketKind; 4] = [
    TicketKind::Complaint,
    TicketKind::Consultation,
    TicketKind::TechnicalSupport,
    TicketKind::FaultRepair,
];
const CHANNELS: [Channel; 3] = [Channel::Phone, Channel::Web, Channel::Wechat];
/// How long it takes from one thing to the next: within the day, over midnight, over the end of a month.
const MINUTES: [i64; 6] = [7, 50, 480, 1_440, 4_000, 20_000];

/// The dice of one quarter.
#[derive(Clone)]
pub struct History {
    members: Vec<[u8; 6]>,
    region_provinces: Vec<[u8; 4]>,
    tickets: Vec<(u16, [u8; 24])>,
}

impl fmt::Debug for History {
    /// In few lines, however it is asked for.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            members,
            region_provinces,
            tickets,
        } = self;
        write!(
            formatter,
            "members {members:?}\nregion_provinces {region_provinces:?}\ntickets {tickets:?}"
        )
    }
}

/// Random quarters.
pub fn histories() -> impl Strategy<Value = History> {
    (
        vec(any::<[u8; 6]>(), 1..6),
        vec(any::<[u8; 4]>(), 0..6),
        vec((any::<u16>(), any::<[u8; 24]>()), 1..40),
    )
        .prop_map(|(members, region_provinces, tickets)| History {
            members,
            region_provinces,
            tickets,
        })
}

fn pick<T: Copy>(dice: u8, of: &[T]) -> T {
    of[usize::from(dice) % of.len()]
}

/// One of `1..=count` in a table, or none for every fourth throw.
fn perhaps(dice: u8, table: Table, count: usize) -> Option<Uuid> {
    (!dice.is_multiple_of(4)).then(|| key(table, usize::from(dice / 4) % count + 1))
}

/// The rows of a quarter.
#[derive(Clone, Debug, Default)]
pub struct Quarter {
    /// All but the clocks.
    pub data: Data,
    /// Clocks, under no policy yet.
    clocks: Vec<sla_clock::Model>,
    /// Stays in steps.
    pub stays: Vec<ticket_step_entry::Model>,
}

impl Quarter {
    /// An application on a database with these rows.
    pub async fn app(&self, backend: Backend) -> Option<TestApp> {
        let app = TestApp::with(backend, &self.data).await?;
        let connection = app.database().connect().await;
        self.give_clocks(&connection).await;
        let stays = self.stays.iter();
        let stays = stays.map(|row| row.clone().into_active_model().reset_all());
        ticket_step_entry::Entity::insert_many(stays)
            .exec_without_returning(&connection)
            .await
            .expect("the stays fit");
        connection.close().await.expect("the connection closes");
        Some(app)
    }

    /// Writes the clocks, under the shipped standard policy: what it promises doesn't matter here.
    async fn give_clocks(&self, connection: &DatabaseConnection) {
        if self.clocks.is_empty() {
            return;
        }
        let policy = sla_policy_version::Entity::find()
            .filter(sla_policy_version::Column::PolicyId.eq(sla::policy_id("standard")))
            .one(connection)
            .await;
        let policy = policy.expect("a read").expect("a shipped policy");
        let calendar = calendar_version::Entity::find()
            .filter(calendar_version::Column::CalendarId.eq(policy.calendar_id))
            .one(connection)
            .await;
        let calendar = calendar.expect("a read").expect("its calendar");
        let rows = self.clocks.iter().map(|row| {
            let row = sla_clock::Model {
                policy_version_id: policy.id,
                calendar_version_id: calendar.id,
                ..row.clone()
            };
            row.into_active_model().reset_all()
        });
        sla_clock::Entity::insert_many(rows)
            .exec_without_returning(connection)
            .await
            .expect("the clocks fit");
    }
}

impl History {
    /// Its rows.
    pub fn quarter(&self) -> Quarter {
        let mut quarter = Quarter::default();
        self.company(&mut quarter.data);
        time::accounts(&mut quarter.data, self.members.len());
        for (n, (minutes, dice)) in self.tickets.iter().enumerate() {
            self.ticket(&mut quarter, n + 1, *minutes, *dice);
        }
        quarter
    }

    fn company(&self, data: &mut Data) {
        for n in 1..=2 {
            data.department(n, &format!("Department {n}"));
            data.product(n, &format!("Product {n}"));
            data.region(n, &format!("Region {n}"), &[]);
        }
        for n in 1..=TEAMS {
            let parent = (n > 2).then(|| key(Table::Team, n - 2));
            data.team(n, key(Table::Department, n % 2 + 1), parent, None);
        }
        for [region, province, from, length] in &self.region_provinces {
            let region = key(Table::Region, usize::from(*region) % 2 + 1);
            let province = pick(*province, &PROVINCES);
            // Once at most: the house lets no province come to a region that has it.
            let mut known = data.region_provinces.iter();
            if known.any(|row| (row.region_id, row.province) == (region, province)) {
                continue;
            }
            let from = i64::from(from % 100);
            let to = (length % 3 > 0).then(|| days_ago(from - i64::from(length % 80) - 1));
            data.region_province(region, province, days_ago(from), to);
        }
        for (n, dice) in self.members.iter().enumerate() {
            let id = data.member(n + 1, &format!("Member {}", n + 1));
            let [first, second, third, moved, again, end] = *dice;
            // Placed up to three times within the quarter, at times with a gap, at times not any more.
            let moved = i64::from(moved % 50) + 40;
            let again = i64::from(again % 38) + 1;
            let gap = i64::from(end % 3);
            let end = (end % 4 == 0).then(|| days_ago(0));
            let spans = [
                (first, long_ago(), Some(days_ago(moved))),
                (second, days_ago(moved - gap), Some(days_ago(again))),
                (third, days_ago(again), end),
            ];
            for (dice, from, to) in spans {
                let team = usize::from(dice) % (TEAMS + 1);
                let department = key(Table::Department, usize::from(dice / 8) % 2 + 1);
                let team = (team > 0).then(|| key(Table::Team, team));
                data.home(id, department, team, (from, to));
            }
            // A second line of the matrix, by which nothing is counted.
            if first % 2 == 0 {
                data.project(id, key(Table::Team, usize::from(first) % TEAMS + 1));
            }
        }
        data.customer(1, Province::Beijing, None, None);
    }

    fn ticket(&self, quarter: &mut Quarter, n: usize, minutes: u16, dice: [u8; 24]) {
        let [
            fate,
            owner,
            team,
            province,
            product,
            kind,
            channel,
            answered,
            steps @ ..,
        ] = dice;
        let opened = start() - TimeDelta::minutes(2 * i64::from(minutes));
        let mut story = Story::begin(opened);
        let [first, second, third, fourth, ..] = steps;
        story.enter(TicketStage::Intake, 0);
        match fate % 9 {
            // Open, not resolved yet.
            0 => story.enter(TicketStage::Analysis, first),
            1 => story.resolve(first),
            2 | 3 => {
                story.resolve(first);
                story.end(TicketState::Closed, second);
            }
            4 => {
                story.resolve(first);
                story.reopen(second);
            }
            5 => {
                story.resolve(first);
                story.reopen(second);
                story.resolve(third);
                story.end(TicketState::Closed, fourth);
            }
            6 => story.end(TicketState::Cancelled, first),
            // Back to the solution without having been closed, and resolved in the same round.
            7 => {
                story.resolve(first);
                story.enter(TicketStage::Solution, second);
                story.resolve(third);
            }
            // Given up after it was resolved.
            _ => {
                story.resolve(first);
                story.end(TicketState::Cancelled, second);
            }
        }
        let given_up = matches!(fate % 9, 6 | 8);
        let merged = (given_up && fate / 9 % 2 == 0 && n > 1).then(|| key(Table::Ticket, n - 1));
        let members = self.members.len();
        let data = &mut quarter.data;
        let id = data.ticket(n, 1, |row| {
            row.owner_id = perhaps(owner, Table::Member, members);
            row.team_id = perhaps(team, Table::Team, TEAMS);
            row.province = pick(province, &PROVINCES);
            row.product_id = perhaps(product, Table::Product, 2);
            row.kind = pick(kind, &KINDS);
            row.channel = pick(channel, &CHANNELS);
            row.first_responded_at =
                (answered % 3 > 0).then(|| opened + TimeDelta::seconds(i64::from(answered) * 91));
            row.merged_into_id = merged;
            story.show(row);
        });
        // The story tells better which stages it entered.
        data.stage_entries.pop();
        for (place, (stage, at)) in story.stages.iter().enumerate() {
            data.stage_entries.push(ticket_stage_entry::Model {
                id: key(Table::StageEntry, 100 * n + place),
                ticket_id: id,
                stage: *stage,
                entered_at: *at,
                left_at: story.stages.get(place + 1).map(|(_, at)| *at),
                visit: 1 + i32::try_from(place).expect("few"),
            });
        }
        let [
            ..,
            credit,
            second_credit,
            rating,
            second_rating,
            when,
            one,
            two,
            three,
        ] = steps;
        for (round, (credit, rating)) in
            (0..).zip([(credit, rating), (second_credit, second_rating)])
        {
            if round <= story.reopened {
                self.credit(data, id, round, credit);
                rate(data, id, round, rating, when, story.at);
            }
        }
        for (kind, dice) in [
            (SlaClockKind::FirstResponse, one),
            (SlaClockKind::PreliminarySolution, two),
            (SlaClockKind::Resolution, three),
        ] {
            quarter.clocks.extend(clock(id, kind, dice, opened));
        }
        time::wander(quarter, (n, id), opened, &dice, members);
    }

    /// The shares of a round, at times after a set that was replaced.
    fn credit(&self, data: &mut Data, ticket: Uuid, round: i32, dice: u8) {
        let member = |n: usize| {
            key(
                Table::Member,
                (usize::from(dice) + n) % self.members.len() + 1,
            )
        };
        let whole = vec![(member(0), 10_000)];
        let pair = vec![(member(0), 6_667), (member(1), 3_333)];
        let three = vec![(member(0), 3_334), (member(1), 3_333), (member(2), 3_333)];
        let (old, set) = match (dice / 16 % 6, self.members.len()) {
            (0, _) => return,
            (2 | 3, 2..) => (None, pair),
            (4, 3..) => (None, three),
            (5, 2..) => (Some(pair), whole),
            _ => (None, whole),
        };
        let replaced = old.iter().flatten().map(|share| (share, Some(start())));
        for ((member_id, share), replaced_at) in
            replaced.chain(set.iter().map(|share| (share, None)))
        {
            data.credits.push(credit_row(
                data,
                ticket,
                round,
                *member_id,
                *share,
                replaced_at,
            ));
        }
    }
}

fn credit_row(
    data: &Data,
    ticket_id: Uuid,
    round: i32,
    member_id: Uuid,
    share: i32,
    replaced_at: Option<DateTime<Utc>>,
) -> ticket_credit::Model {
    ticket_credit::Model {
        id: key(Table::Credit, data.credits.len() + 1),
        ticket_id,
        round,
        member_id,
        role: CreditRole::Contributor,
        share,
        source: CreditSource::Rule,
        reason: None,
        recorded_by: None,
        recorded_at: start(),
        replaced_at,
    }
}

/// The survey of a round: not sent, not answered, or answered some days later.
fn rate(data: &mut Data, ticket: Uuid, round: i32, dice: u8, when: u8, done: DateTime<Utc>) {
    let answered = dice % 4 > 1;
    if dice.is_multiple_of(4) {
        return;
    }
    let n = data.surveys.len() + 1;
    let survey_id = key(Table::Survey, n);
    data.surveys.push(survey::Model {
        id: survey_id,
        ticket_id: ticket,
        customer_id: key(Table::Customer, 1),
        contact_id: None,
        round,
        state: if answered {
            SurveyState::Answered
        } else {
            SurveyState::Open
        },
        sent_at: done,
        expires_at: done + TimeDelta::days(14),
        version: 1,
        created_at: done,
        updated_at: done,
    });
    if answered {
        let points = |dice: u8| i32::from(dice % 5) + 1;
        let perhaps = |dice: u8| (!dice.is_multiple_of(3)).then(|| points(dice / 3));
        data.survey_answers.push(survey_answer::Model {
            id: key(Table::SurveyAnswer, n),
            survey_id,
            ticket_id: ticket,
            rating: points(dice / 4),
            response: perhaps(dice),
            attitude: perhaps(when),
            solution: perhaps(dice ^ when),
            comment: None,
            answered_at: done + TimeDelta::hours(i64::from(when)),
        });
    }
}

/// A clock as the service level could have left it, or none.
fn clock(
    ticket: Uuid,
    kind: SlaClockKind,
    dice: u8,
    at: DateTime<Utc>,
) -> Option<sla_clock::Model> {
    use SlaClockState::{Paused, Running, Stopped};
    let (state, met, breached) = match dice % 8 {
        0 => return None,
        1 => (Running, None, false),
        2 => (Running, None, true),
        3 => (Paused, None, true),
        4 => (Stopped, Some(false), true),
        5 => (Stopped, None, true),
        _ => (Stopped, Some(true), false),
    };
    let later = at + TimeDelta::minutes(i64::from(dice) + 1);
    Some(sla_clock::Model {
        id: aftercare::db::new_id(at),
        ticket_id: ticket,
        kind,
        step_entry_id: None,
        policy_version_id: Uuid::nil(),
        calendar_version_id: Uuid::nil(),
        target_seconds: 3_600,
        state,
        started_at: at,
        due_at: (state == Running).then(|| start() + TimeDelta::days(400)),
        warn_at: None,
        ran_seconds: 61 * i64::from(dice),
        stopped_at: (state == Stopped).then_some(later),
        met,
        breached_at: breached.then_some(later),
        warned_at: None,
        escalated_at: breached.then_some(later),
        version: 1,
        created_at: at,
        updated_at: at,
    })
}

/// What becomes of a ticket, one thing after the other.
struct Story {
    opened: DateTime<Utc>,
    at: DateTime<Utc>,
    stages: Vec<(TicketStage, DateTime<Utc>)>,
    state: TicketState,
    resolved: Option<DateTime<Utc>>,
    closed: Option<DateTime<Utc>>,
    reopened: i32,
}

impl Story {
    fn begin(at: DateTime<Utc>) -> Self {
        Self {
            opened: at,
            at,
            stages: Vec::new(),
            state: TicketState::Open,
            resolved: None,
            closed: None,
            reopened: 0,
        }
    }

    fn enter(&mut self, stage: TicketStage, dice: u8) {
        if !self.stages.is_empty() {
            self.at += TimeDelta::minutes(pick(dice, &MINUTES)) + TimeDelta::seconds(dice.into());
        }
        self.stages.push((stage, self.at));
        self.resolved = (stage == TicketStage::Feedback).then_some(self.at);
    }

    fn resolve(&mut self, dice: u8) {
        self.enter(TicketStage::Feedback, dice);
    }

    fn end(&mut self, state: TicketState, dice: u8) {
        self.at += TimeDelta::minutes(pick(dice, &MINUTES));
        (self.state, self.closed) = (state, Some(self.at));
    }

    fn reopen(&mut self, dice: u8) {
        self.enter(TicketStage::Analysis, dice);
        (self.state, self.closed) = (TicketState::Open, None);
        self.reopened += 1;
    }

    fn show(&self, row: &mut ticket::Model) {
        let (stage, entered) = *self.stages.last().expect("it was opened");
        (row.stage, row.stage_entered_at) = (stage, entered);
        (row.state, row.closed_at) = (self.state, self.closed);
        (row.resolved_at, row.reopened) = (self.resolved, self.reopened);
        (row.created_at, row.updated_at) = (self.opened, self.at);
    }
}

/// Writes one row.
async fn insert<M, A>(connection: &impl ConnectionTrait, row: M)
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    A::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(connection)
        .await
        .expect("the row fits the table");
}
