//! What a pair does together: tickets and talks (共同处理、带教记录).

use std::collections::HashSet;

use chrono::{NaiveDate, TimeDelta};
use entity::{mentoring, mentoring_check_in, mentoring_ticket, ticket};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, trace};
use super::plan::locked;
use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::identity;
use crate::organisation::today;
use crate::tickets::responsibility::store::traces_of;
use crate::training::mentoring::store;
use crate::work::{Once, Work};

/// The most tickets of a pair.
const TICKETS: usize = 200;

/// A ticket to name.
#[derive(Clone, Debug, Serialize)]
pub struct TicketLink {
    /// The pair.
    pub mentoring_id: Uuid,
    /// The ticket.
    pub ticket_id: Uuid,
    /// What was learnt from it.
    pub note: Option<String>,
}

/// Names a ticket on which both have worked, and returns the pair's id.
///
/// # Errors
/// User errors when they haven't or it is named already; refusals of permission and reach.
pub async fn ticket_link(
    app: &App,
    call: &Call,
    input: &TicketLink,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::MentoringWork;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "mentoringTicketLink", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let pair = locked(&work, permission, input.mentoring_id).await?;
    let mut checks = Checks::default();
    let note = checks.optional_body("input.note", input.note.as_deref(), BODY);
    let viewer = &call.viewer;
    let row =
        find::<ticket::Entity>(work.tx(), viewer, Permission::TicketRead, input.ticket_id).await?;
    if checks.found("input.ticketId", row).is_some() {
        let linked = store::linked(work.tx(), pair.id).await?;
        checks.ensure(
            !linked.contains(&input.ticket_id),
            UserErrorCode::Taken,
            "input.ticketId",
            || Text::new("This ticket is named already.", "该工单已关联。"),
        );
        checks.ensure(
            linked.len() < TICKETS,
            UserErrorCode::RuleViolated,
            "input.ticketId",
            || {
                Text::new(
                    format!("A pair has at most {TICKETS} tickets."),
                    format!("每个结对最多关联 {TICKETS} 张工单。"),
                )
            },
        );
        checks.ensure(
            both_worked(&work, &pair, input.ticket_id).await?,
            UserErrorCode::RuleViolated,
            "input.ticketId",
            || {
                Text::new(
                    "Mentor and newcomer haven't both worked on this ticket: each must have owned it, had it assigned, written on it, moved it or been credited.",
                    "导师和新人未共同处理该工单：双方均须曾负责、受派、回复、推进或计分。",
                )
            },
        );
    }
    checks.done()?;
    let row = mentoring_ticket::Model {
        id: new_id(call.at),
        mentoring_id: pair.id,
        ticket_id: input.ticket_id,
        note,
        linked_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        linked_at: call.at,
    };
    store::insert(work.tx(), row).await?;
    let detail = json!({ "ticket": input.ticket_id });
    let id = pair.id;
    store::save(work.tx(), pair, call.at).await?;
    trace(&mut work, id, "training.mentoring.ticket_link", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Takes back that a ticket was named, and returns the pair's id.
///
/// # Errors
/// A user error when it isn't named; refusals of permission and reach.
pub async fn ticket_unlink(app: &App, call: &Call, pair: Uuid, ticket_id: Uuid) -> Result<Uuid> {
    let permission = Permission::MentoringWork;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let pair = locked(&work, permission, pair).await?;
    let mut checks = Checks::default();
    let linked = store::linked(work.tx(), pair.id).await?;
    // Only those whom the ticket is shown to learn whether it is named.
    let seen =
        find::<ticket::Entity>(work.tx(), &call.viewer, Permission::TicketRead, ticket_id).await?;
    let named = seen.filter(|row| linked.contains(&row.id));
    checks.found("input.ticketId", named);
    checks.done()?;
    store::unlink(work.tx(), pair.id, ticket_id).await?;
    let id = pair.id;
    store::save(work.tx(), pair, call.at).await?;
    let detail = json!({ "ticket": ticket_id });
    trace(&mut work, id, "training.mentoring.ticket_unlink", detail);
    work.commit().await?;
    Ok(id)
}

async fn both_worked(work: &Work<'_>, pair: &mentoring::Model, ticket_id: Uuid) -> Result<bool> {
    let mut traces = traces_of(work.tx(), &[ticket_id]).await?;
    let traces = traces.remove(&ticket_id).unwrap_or_default();
    let users: Vec<Uuid> = traces.users.into_iter().collect();
    let behind = identity::members_of_users(work.tx(), &users).await?;
    let mut worked: HashSet<Uuid> = traces.members;
    worked.extend(behind.into_values());
    Ok(worked.contains(&pair.mentor_id) && worked.contains(&pair.newcomer_id))
}

/// A talk to note.
#[derive(Clone, Debug, Serialize)]
pub struct CheckInAdd {
    /// The pair.
    pub mentoring_id: Uuid,
    /// The day of the talk.
    pub held_on: NaiveDate,
    /// How the newcomer gets on.
    pub rating: Option<i32>,
    /// What was said.
    pub note: String,
}

/// Notes a talk and returns the pair's id. Newcomers don't rate themselves; all others do rate.
///
/// # Errors
/// User errors about the values; refusals of permission and reach.
pub async fn check_in_add(
    app: &App,
    call: &Call,
    input: &CheckInAdd,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::MentoringWork;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "mentoringCheckInAdd", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let pair = locked(&work, permission, input.mentoring_id).await?;
    let mut checks = Checks::default();
    let note = checks.body("input.note", &input.note, BODY);
    let day = today(call);
    checks.ensure(
        input.held_on <= day
            && input.held_on >= pair.started_on
            && day - input.held_on <= TimeDelta::days(31),
        UserErrorCode::Invalid,
        "input.heldOn",
        || {
            Text::new(
                "The day lies within the pair's time and the last 31 days, today at the latest.",
                "日期须在结对期间内，且在最近 31 天内、不晚于今天。",
            )
        },
    );
    rated(&mut checks, call, &pair, input.rating);
    checks.done()?;
    let row = mentoring_check_in::Model {
        id: new_id(call.at),
        mentoring_id: pair.id,
        held_on: input.held_on,
        rating: input.rating,
        note,
        written_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        written_by_name: call.viewer.actor.name.clone(),
        created_at: call.at,
    };
    let detail = json!({ "checkIn": row.id, "heldOn": row.held_on, "rating": row.rating });
    store::insert(work.tx(), row).await?;
    let id = pair.id;
    store::save(work.tx(), pair, call.at).await?;
    trace(&mut work, id, "training.mentoring.check_in", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

fn rated(checks: &mut Checks, call: &Call, pair: &mentoring::Model, rating: Option<i32>) {
    let own = call.viewer.standing.member_id == Some(pair.newcomer_id);
    let field = "input.rating";
    match rating {
        Some(_) if own => checks.add(
            UserErrorCode::RuleViolated,
            field,
            Text::new(
                "Nobody rates themselves: leave the rating out of your own note.",
                "不能给自己评分，请留空评分。",
            ),
        ),
        None if !own => checks.add(
            UserErrorCode::Blank,
            field,
            Text::new(
                "Say how the newcomer gets on, 1 to 5.",
                "请评价新人的进展，1 至 5 分。",
            ),
        ),
        Some(rating) if !(1..=5).contains(&rating) => checks.add(
            UserErrorCode::Invalid,
            field,
            Text::new("A rating is 1 to 5.", "评分须为 1 至 5。"),
        ),
        _ => {}
    }
}
