//! Planning, changing, finishing and cancelling a meeting (安排、修改、结束、取消会议).

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use entity::enums::{MeetingKind, MeetingState};
use entity::meeting;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{bounded, carry, invitations, invited, team, timed, to_plan, with};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::Result;
use crate::teamwork::MEETING_CHANGED;
use crate::teamwork::common::{NOTE, PLACE, TITLE, link, me, trace, wrong_state};
use crate::teamwork::meetings::store;
use crate::teamwork::writes::{insert, insert_all, save};
use crate::work::{Once, Work};

const WHAT: (&str, &str) = (MEETING_CHANGED, "meeting");

/// A meeting to plan.
#[derive(Clone, Debug, Serialize)]
pub struct MeetingCreate {
    /// What it is for.
    pub kind: MeetingKind,
    /// What it is called.
    pub title: String,
    /// The team whose meeting it is.
    pub team_id: Option<Uuid>,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, exclusive.
    pub ends_at: DateTime<Utc>,
    /// Where.
    pub place: Option<String>,
    /// The link, when it is held online.
    pub link: Option<String>,
    /// Who is invited beside the organiser.
    pub invitees: Vec<Uuid>,
}

/// Plans a meeting that isn't one of a series, and returns its id. Whoever plans it organises it.
///
/// # Errors
/// User errors about the values; a missing permission.
pub async fn meeting_create(
    app: &App,
    call: &Call,
    input: &MeetingCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let me = me(call, Permission::MeetingManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work.once(idempotency_key, "meetingCreate", input).await? {
        return Ok(id);
    }
    let mut checks = Checks::default();
    let title = checks.text("input.title", &input.title, TITLE);
    let place = checks.optional_text("input.place", input.place.as_deref(), PLACE);
    let link = link(&mut checks, "input.link", input.link.as_deref());
    timed(&mut checks, call, (input.starts_at, input.ends_at));
    team(&work, &mut checks, input.team_id).await?;
    let wanted = with(me, &input.invitees);
    let members = invited(&work, &mut checks, "input.inviteeIds", &wanted).await?;
    checks.done()?;
    let row = meeting::Model {
        id: new_id(call.at),
        series_id: None,
        series_day: None,
        kind: input.kind,
        title,
        team_id: input.team_id,
        organiser_id: me,
        starts_at: input.starts_at,
        ends_at: input.ends_at,
        place,
        link,
        state: MeetingState::Planned,
        reason: None,
        minutes_number: 0,
        held_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    let detail = json!({
        "kind": row.kind,
        "title": row.title,
        "team": row.team_id,
        "startsAt": row.starts_at,
        "invited": members.len(),
    });
    insert(work.tx(), row).await?;
    insert_all(work.tx(), invitations(call, id, &members)).await?;
    trace(&mut work, WHAT, id, "meeting.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// A meeting to change; all of it is written anew.
#[derive(Clone, Debug)]
pub struct MeetingUpdate {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// What it is called.
    pub title: String,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, exclusive.
    pub ends_at: DateTime<Utc>,
    /// Where.
    pub place: Option<String>,
    /// The link, when it is held online.
    pub link: Option<String>,
    /// Who is invited beside the organiser.
    pub invitees: Vec<Uuid>,
}

/// Changes a meeting that isn't over, and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission, reach and version.
pub async fn meeting_update(app: &App, call: &Call, input: &MeetingUpdate) -> Result<Uuid> {
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_plan(&work, input.id, input.expected_version).await?;
    let mut checks = Checks::default();
    let title = checks.text("input.title", &input.title, TITLE);
    let place = checks.optional_text("input.place", input.place.as_deref(), PLACE);
    let link = link(&mut checks, "input.link", input.link.as_deref());
    if before.starts_at != input.starts_at || before.ends_at != input.ends_at {
        timed(&mut checks, call, (input.starts_at, input.ends_at));
    }
    let there = store::invitees_of(work.tx(), before.id).await?;
    let there: BTreeSet<Uuid> = there.iter().map(|row| row.member_id).collect();
    let wanted = with(before.organiser_id, &input.invitees);
    bounded(&mut checks, "input.inviteeIds", wanted.len());
    // Whoever is invited already may stay, also when the organiser no longer sees them.
    let new: BTreeSet<Uuid> = wanted.difference(&there).copied().collect();
    let members = invited(&work, &mut checks, "input.inviteeIds", &new).await?;
    checks.done()?;
    let gone: Vec<Uuid> = there.difference(&wanted).copied().collect();
    let new = invitations(call, before.id, &members);
    store::replace_invitees(work.tx(), before.id, &gone, new).await?;
    let detail = json!({
        "startsAt": { "from": before.starts_at, "to": input.starts_at },
        "title": title,
        "came": members.len(),
        "went": gone.len(),
    });
    let after = meeting::Model {
        title,
        starts_at: input.starts_at,
        ends_at: input.ends_at,
        place,
        link,
        ..before
    };
    save(work.tx(), after, call.at).await?;
    trace(&mut work, WHAT, input.id, "meeting.update", detail);
    work.commit().await?;
    Ok(input.id)
}

/// Writes that a meeting has taken place, and returns its id; what its series hasn't done goes on the agenda of the next one.
///
/// # Errors
/// A user error before it begins; refusals of permission, reach and version.
pub async fn meeting_finish(
    app: &App,
    call: &Call,
    id: Uuid,
    expected_version: i32,
) -> Result<Uuid> {
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_plan(&work, id, expected_version).await?;
    if call.at < before.starts_at {
        return Err(wrong_state(
            "input.id",
            "This meeting hasn't begun yet.",
            "会议尚未开始。",
        )
        .into());
    }
    let series = before.series_id;
    let after = meeting::Model {
        state: MeetingState::Held,
        held_at: Some(call.at),
        ..before
    };
    save(work.tx(), after, call.at).await?;
    trace(&mut work, WHAT, id, "meeting.finish", json!({}));
    carry(&mut work, series).await?;
    work.commit().await?;
    Ok(id)
}

/// A meeting that doesn't take place.
#[derive(Clone, Debug)]
pub struct MeetingCancel {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Why.
    pub reason: String,
}

/// Cancels a meeting, and returns its id; what its series hasn't done goes on the agenda of the next one.
///
/// # Errors
/// User errors about state and reason; refusals of permission, reach and version.
pub async fn meeting_cancel(app: &App, call: &Call, input: &MeetingCancel) -> Result<Uuid> {
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_plan(&work, input.id, input.expected_version).await?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", &input.reason, NOTE);
    checks.done()?;
    let series = before.series_id;
    let detail = json!({ "reason": reason });
    let after = meeting::Model {
        state: MeetingState::Cancelled,
        reason: Some(reason),
        ..before
    };
    save(work.tx(), after, call.at).await?;
    trace(&mut work, WHAT, input.id, "meeting.cancel", detail);
    carry(&mut work, series).await?;
    work.commit().await?;
    Ok(input.id)
}
