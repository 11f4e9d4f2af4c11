//! What comes after the work on a ticket: handovers of its ownership, credit for its resolutions, surveys with their
//! answers, and what was done about bad ones. Each from a chance of its own, so that the tickets stay as they are.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{
    CommentVisibility, CreditSource, FollowUpState, HandoverState, SurveyState, TicketStage,
    TicketState,
};
use entity::{
    member, survey, survey_answer, survey_follow_up, ticket_change, ticket_credit, ticket_handover,
};
use serde_json::Value;
use uuid::Uuid;

use super::calendar::day_of;
use super::company::Company;
use super::random::Chance;
use super::text::feedback;
use super::tickets::TicketRows;
use super::tickets::actors::staff;
use super::tickets::crew::Crew;
use crate::ids::Id;
use crate::ids::decode;
use crate::tickets::responsibility::rules::credit::shares;
use crate::tickets::responsibility::rules::work::{Deed, Done, Given, work};

/// The shipped figures: what a server does that nobody has changed.
const OWNER_PERCENT: i32 = 60;
const DAYS_OPEN: i64 = 14;
const LOW_RATING: i32 = 2;
const FOLLOW_UP_HOURS: i64 = 48;

/// Everything of this kind that belongs to one ticket.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Aftermath {
    /// Offers to hand it over.
    pub handovers: Vec<ticket_handover::Model>,
    /// Shares of its resolutions.
    pub credits: Vec<ticket_credit::Model>,
    /// Surveys.
    pub surveys: Vec<survey::Model>,
    /// Their answers.
    pub answers: Vec<survey_answer::Model>,
    /// What was done about low ratings.
    pub follow_ups: Vec<survey_follow_up::Model>,
}

impl Aftermath {
    /// Adds what belongs to another ticket.
    pub fn append(&mut self, other: Self) {
        self.handovers.extend(other.handovers);
        self.credits.extend(other.credits);
        self.surveys.extend(other.surveys);
        self.answers.extend(other.answers);
        self.follow_ups.extend(other.follow_ups);
    }
}

/// Adds what comes after the work on a ticket.
pub fn add(company: &Company, index: u64, crew: &Crew, rows: &mut TicketRows) {
    let mut chance = Chance::of(company.seed, "aftermath", index);
    hand_over(company, crew, rows, &mut chance);
    for (round, span) in rounds(rows).into_iter().enumerate() {
        let round = i32::try_from(round).unwrap_or(i32::MAX);
        credit(company, rows, round, &span, &mut chance);
        ask(company, crew, rows, round, &span, &mut chance);
    }
}

/// A time from the opening (or a reopening) to a resolution, and when it was reopened after that.
struct Span {
    begun: DateTime<Utc>,
    resolved: DateTime<Utc>,
    reopened: Option<DateTime<Utc>>,
}

fn rounds(rows: &TicketRows) -> Vec<Span> {
    let reopened: Vec<DateTime<Utc>> = rows
        .changes
        .iter()
        .filter(|change| change.action == "reopen" && change.field.as_deref() == Some("state"))
        .map(|change| change.at)
        .collect();
    rows.entries
        .iter()
        .filter(|entry| entry.stage == TicketStage::Feedback)
        .enumerate()
        .map(|(round, entry)| Span {
            begun: round
                .checked_sub(1)
                .and_then(|before| reopened.get(before).copied())
                .unwrap_or(rows.ticket.created_at),
            resolved: entry.entered_at,
            reopened: reopened.get(round).copied(),
        })
        .collect()
}

/// Now and then an owner offers a ticket to a colleague of the same desk, who takes it on or not.
fn hand_over(company: &Company, crew: &Crew, rows: &mut TicketRows, chance: &mut Chance) {
    let ticket = &rows.ticket;
    let (Some(owner), true) = (crew.owner, ticket.owner_id.is_some() && chance.percent(7)) else {
        return;
    };
    let (from, ended) = (ticket.created_at, ticket.closed_at.is_some());
    let until = ticket.closed_at.unwrap_or(company.as_of);
    let to = company
        .people
        .anyone_in(crew.desk, day_of(from), day_of(until), chance)
        .filter(|to| *to != owner);
    let Some(to) = to else { return };
    // While it is worked on: before it is resolved, after the desk has it.
    let end = rows
        .entries
        .iter()
        .find(|entry| entry.stage == TicketStage::Feedback)
        .map_or(until, |entry| entry.entered_at);
    let room = (end - from).num_seconds();
    if room < 7_200 {
        return;
    }
    let offered = from + TimeDelta::seconds(chance.between(room / 3, room / 2));
    let answered = offered + TimeDelta::seconds(chance.between(600, (room / 3).min(14_400)));
    let state = match chance.below(100) {
        0..52 => HandoverState::Accepted,
        52..74 => HandoverState::Declined,
        74..88 => HandoverState::Withdrawn,
        // An offer that waits for its answer, on a ticket that is still open.
        _ if ended || ticket.resolved_at.is_some() => HandoverState::Withdrawn,
        _ => HandoverState::Offered,
    };
    let members = &company.people.members;
    let reason = chance.pick(&feedback::HANDOVER_REASONS);
    let answer = match state {
        HandoverState::Accepted => Some(chance.pick(&feedback::HANDOVER_TAKEN)),
        HandoverState::Declined => Some(chance.pick(&feedback::HANDOVER_DECLINED)),
        HandoverState::Offered | HandoverState::Withdrawn => None,
    };
    let open = state == HandoverState::Offered;
    let row = ticket_handover::Model {
        id: chance.id(offered),
        ticket_id: ticket.id,
        from_member_id: ticket.owner_id,
        to_member_id: members[to].id,
        state,
        reason: reason.to_owned(),
        offered_by: staff(company, Some(owner)).id,
        answer: answer.map(str::to_owned),
        answered_at: (!open).then_some(answered),
        version: if open { 1 } else { 2 },
        created_at: offered,
        updated_at: if open { offered } else { answered },
    };
    let named = |place: usize| Id::<member::Entity>::new(members[place].id).to_string();
    let to_name = named(to);
    changed(
        company,
        rows,
        chance,
        (offered, owner, "handover_offer"),
        ("handoverTo", Value::Null, to_name.clone()),
    );
    changed(
        company,
        rows,
        chance,
        (offered, owner, "handover_offer"),
        ("reason", Value::Null, reason.to_owned()),
    );
    rows.ticket.version += 1;
    rows.ticket.updated_at = rows.ticket.updated_at.max(row.updated_at);
    match state {
        HandoverState::Accepted => {
            let was = rows.ticket.owner_id.map_or(Value::Null, |id| {
                Id::<member::Entity>::new(id).to_string().into()
            });
            changed(
                company,
                rows,
                chance,
                (answered, to, "handover_accept"),
                ("ownerId", was, to_name),
            );
            rows.ticket.owner_id = Some(row.to_member_id);
            rows.ticket.version += 1;
        }
        HandoverState::Declined => {
            let said = answer.unwrap_or_default().to_owned();
            changed(
                company,
                rows,
                chance,
                (answered, to, "handover_decline"),
                ("answer", Value::Null, said),
            );
        }
        HandoverState::Withdrawn | HandoverState::Offered => {}
    }
    rows.aftermath.handovers.push(row);
}

/// A row of the history, at its place in time; only staff see it.
fn changed(
    company: &Company,
    rows: &mut TicketRows,
    chance: &mut Chance,
    (at, by, action): (DateTime<Utc>, usize, &str),
    (field, old, new): (&str, Value, String),
) {
    let by = staff(company, Some(by));
    let row = ticket_change::Model {
        id: chance.id(at),
        ticket_id: rows.ticket.id,
        at,
        actor_kind: by.kind,
        actor_id: Some(by.id),
        actor_name: by.name,
        action: action.to_owned(),
        field: Some(field.to_owned()),
        old_value: Some(old).filter(|value| !value.is_null()),
        new_value: Some(new.into()),
        public: false,
        request_id: None,
    };
    let place = rows.changes.partition_point(|change| change.at <= at);
    rows.changes.insert(place, row);
}

/// Credits a resolution by the same rule as the server does.
fn credit(company: &Company, rows: &mut TicketRows, round: i32, span: &Span, chance: &mut Chance) {
    let member_of = |user: Uuid| {
        company
            .accounts
            .users
            .iter()
            .find(|known| known.id == user)
            .and_then(|known| known.member_id)
    };
    let comments = rows.comments.iter().filter_map(|comment| {
        let deed = match comment.visibility {
            CommentVisibility::Public => Deed::Reply,
            CommentVisibility::Internal => Deed::Note,
        };
        Some((comment.author_id?, deed, comment.created_at))
    });
    // A move that changed two fields stands twice in the history.
    let moves = rows.changes.iter().filter_map(|change| {
        let is_move = ["advance", "hold", "resume"].contains(&change.action.as_str());
        let counts = is_move && ["stage", "state"].contains(&change.field.as_deref()?);
        counts.then_some((change.actor_id?, Deed::Move, change.at))
    });
    let done: Vec<Done> = comments
        .chain(moves)
        .filter_map(|(user, deed, at)| member_of(user).map(|member| Done { member, deed, at }))
        .collect();
    let given: Vec<Given> = rows
        .changes
        .iter()
        .filter(|change| change.field.as_deref() == Some("assigneeId"))
        .map(|change| Given {
            to: change.new_value.as_ref().and_then(member_in),
            at: change.at,
        })
        .collect();
    let work = work(&done, &given, span.begun, span.resolved);
    for share in shares(rows.ticket.owner_id, &work, OWNER_PERCENT) {
        rows.aftermath.credits.push(ticket_credit::Model {
            id: chance.id(span.resolved),
            ticket_id: rows.ticket.id,
            round,
            member_id: share.member,
            role: share.role,
            share: share.share,
            source: CreditSource::Rule,
            reason: None,
            recorded_by: None,
            recorded_at: span.resolved,
            replaced_at: None,
        });
    }
}

fn member_in(value: &Value) -> Option<Uuid> {
    decode(value.as_str()?).ok().map(|(_, id)| id)
}

/// Asks the customer, who answers in most cases, usually kindly.
fn ask(
    company: &Company,
    crew: &Crew,
    rows: &mut TicketRows,
    round: i32,
    span: &Span,
    chance: &mut Chance,
) {
    let ticket = &rows.ticket;
    let sent_at = span.resolved;
    let expires_at = sent_at + TimeDelta::days(DAYS_OPEN);
    let delay = chance.seconds_around(9.0 * 3600.0, 1.4);
    let at = sent_at + TimeDelta::seconds(delay.max(300));
    let willing = chance.percent(64);
    let in_time = at < expires_at && span.reopened.is_none_or(|end| at < end);
    let answered = willing && in_time && at <= company.as_of;
    let cancelled = ticket.state == TicketState::Cancelled && span.reopened.is_none();
    let state = if answered {
        SurveyState::Answered
    } else if span.reopened.is_some() || cancelled {
        SurveyState::Withdrawn
    } else {
        SurveyState::Open
    };
    let updated_at = match state {
        SurveyState::Answered => at,
        SurveyState::Withdrawn => span.reopened.or(ticket.closed_at).unwrap_or(sent_at),
        SurveyState::Open | SurveyState::Expired => sent_at,
    };
    let survey = survey::Model {
        id: chance.id(sent_at),
        ticket_id: ticket.id,
        customer_id: ticket.customer_id,
        contact_id: ticket.contact_id,
        round,
        state,
        sent_at,
        expires_at,
        version: if state == SurveyState::Open { 1 } else { 2 },
        created_at: sent_at,
        updated_at,
    };
    let survey_id = survey.id;
    rows.aftermath.surveys.push(survey);
    if !answered {
        return;
    }
    let slow = span.resolved - span.begun > TimeDelta::hours(96) || span.reopened.is_some();
    let rating = rate(slow, chance);
    let near = |chance: &mut Chance| {
        (rating + i32::try_from(chance.between(-1, 1)).unwrap_or(0)).clamp(1, 5)
    };
    let told = chance.percent(70);
    let row = survey_answer::Model {
        id: chance.id(at),
        survey_id,
        ticket_id: rows.ticket.id,
        rating,
        response: told.then(|| near(chance)),
        attitude: told.then(|| near(chance)),
        solution: told.then(|| near(chance)),
        comment: chance
            .percent(if rating <= LOW_RATING { 85 } else { 35 })
            .then(|| chance.pick(feedback::comments(rating)).to_owned()),
        answered_at: at,
    };
    rows.aftermath.answers.push(row);
    if rating <= LOW_RATING {
        follow_up(company, crew, rows, survey_id, at, chance);
    }
}

/// From 1 to 5; who waited long or had to come back is less content.
fn rate(slow: bool, chance: &mut Chance) -> i32 {
    if slow {
        chance.weighted(&[(5, 27), (4, 33), (3, 19), (2, 12), (1, 9)])
    } else {
        chance.weighted(&[(5, 56), (4, 32), (3, 8), (2, 3), (1, 1)])
    }
}

/// Whoever leads the desk calls the customer, in most cases in time.
fn follow_up(
    company: &Company,
    crew: &Crew,
    rows: &mut TicketRows,
    survey_id: Uuid,
    at: DateTime<Utc>,
    chance: &mut Chance,
) {
    let head = company.people.head("CS");
    let lead = if crew.owner == Some(head) {
        None
    } else {
        Some(head)
    };
    let due_at = at + TimeDelta::hours(FOLLOW_UP_HOURS);
    let hours = chance.between(3, 58);
    let closed_at = at + TimeDelta::hours(hours);
    let done = lead.is_some() && chance.percent(93) && closed_at <= company.as_of;
    let (id, result) = (chance.id(at), chance.pick(&feedback::FOLLOWED_UP));
    rows.aftermath.follow_ups.push(survey_follow_up::Model {
        id,
        survey_id,
        ticket_id: rows.ticket.id,
        member_id: lead
            .map(|place| company.people.members[place].id)
            .or(rows.ticket.owner_id),
        state: if done {
            FollowUpState::Done
        } else {
            FollowUpState::Open
        },
        due_at,
        result: done.then(|| result.to_owned()),
        closed_by: done.then(|| staff(company, lead).id),
        closed_at: done.then_some(closed_at),
        version: if done { 2 } else { 1 },
        created_at: at,
        updated_at: if done { closed_at } else { at },
    });
}
