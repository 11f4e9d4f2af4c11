//! Keeping a meeting's agenda, attendance, minutes and decisions (议程、出席、纪要、决议).

use std::collections::HashMap;

use entity::enums::MeetingAttendance;
use entity::{meeting, meeting_agenda_item, meeting_decision, meeting_invitee, meeting_minute};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{to_keep, to_plan};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::teamwork::MEETING_CHANGED;
use crate::teamwork::common::{BODY, NOTE, TITLE, me, trace, wrong_state};
use crate::teamwork::meetings::store;
use crate::teamwork::writes::{insert, insert_all, save};
use crate::work::{Once, Work};

const WHAT: (&str, &str) = (MEETING_CHANGED, "meeting");
/// The most items of an agenda.
const ITEMS: usize = 50;

/// Something to talk about.
#[derive(Clone, Debug)]
pub struct AgendaItem {
    /// What.
    pub title: String,
    /// For how long.
    pub minutes: Option<i32>,
    /// Which invitee begins.
    pub presenter_id: Option<Uuid>,
}

/// The agenda of a meeting.
#[derive(Clone, Debug)]
pub struct AgendaSet {
    /// The meeting.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// All that is to be talked about, in its order, but what was carried over.
    pub items: Vec<AgendaItem>,
}

/// Writes the agenda of a meeting that isn't over, and returns the meeting's id. What was carried over stays, at the end.
///
/// # Errors
/// User errors about the items; refusals of permission, reach and version.
pub async fn agenda_set(app: &App, call: &Call, input: &AgendaSet) -> Result<Uuid> {
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_plan(&work, input.id, input.expected_version).await?;
    let invited = store::invitees_of(work.tx(), before.id).await?;
    let mut checks = Checks::default();
    checks.ensure(
        input.items.len() <= ITEMS,
        UserErrorCode::TooLong,
        "input.items",
        || {
            Text::new(
                format!("An agenda has at most {ITEMS} items."),
                format!("议程最多 {ITEMS} 项。"),
            )
        },
    );
    let mut rows = Vec::new();
    for (n, item) in input.items.iter().take(ITEMS).enumerate() {
        let field = |name: &str| format!("input.items.{n}.{name}");
        let title = checks.text(&field("title"), &item.title, TITLE);
        checks.ensure(
            item.minutes.is_none_or(|it| (1..=1_440).contains(&it)),
            UserErrorCode::Invalid,
            &field("minutes"),
            || {
                Text::new(
                    "This takes 1 to 1,440 minutes.",
                    "时长须为 1 至 1440 分钟。",
                )
            },
        );
        let here = |id: Uuid| invited.iter().any(|row| row.member_id == id);
        checks.ensure(
            item.presenter_id.is_none_or(here),
            UserErrorCode::NotFound,
            &field("presenterId"),
            || {
                Text::new(
                    "Whoever begins is invited; invite them first.",
                    "主讲人须为参会人，请先邀请。",
                )
            },
        );
        rows.push((title, item.minutes, item.presenter_id, None));
    }
    checks.done()?;
    let carried = store::keep_only_carried(work.tx(), before.id).await?;
    let carried = carried.into_iter();
    rows.extend(carried.map(|row| (row.title, row.minutes, row.presenter_id, row.action_item_id)));
    let count = rows.len();
    let rows = (1..)
        .zip(rows)
        .map(|(place, (title, minutes, presenter_id, action_item_id))| {
            meeting_agenda_item::Model {
                id: new_id(call.at),
                meeting_id: before.id,
                place,
                title,
                minutes,
                presenter_id,
                action_item_id,
                created_at: call.at,
            }
        });
    insert_all(work.tx(), rows.collect()).await?;
    save(work.tx(), before, call.at).await?;
    let detail = json!({ "items": count });
    trace(&mut work, WHAT, input.id, "meeting.agenda.set", detail);
    work.commit().await?;
    Ok(input.id)
}

/// Who was at a meeting.
#[derive(Clone, Debug)]
pub struct AttendanceRecord {
    /// The meeting.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Invitees, and whether they came.
    pub rows: Vec<(Uuid, MeetingAttendance)>,
}

/// Records who was at a meeting that has begun, and returns its id.
///
/// # Errors
/// User errors about the rows; refusals of permission, reach and version.
pub async fn attendance_record(app: &App, call: &Call, input: &AttendanceRecord) -> Result<Uuid> {
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_keep(&work, input.id, input.expected_version).await?;
    begun(call, &before)?;
    let invited = store::invitees_of(work.tx(), before.id).await?;
    let mut by_member: HashMap<Uuid, meeting_invitee::Model> = invited
        .into_iter()
        .map(|row| (row.member_id, row))
        .collect();
    let mut checks = Checks::default();
    let mut rows = Vec::new();
    for (n, (member, attendance)) in input.rows.iter().enumerate() {
        let row = by_member.remove(member);
        let row = checks.found(&format!("input.rows.{n}.memberId"), row);
        rows.extend(row.map(|row| meeting_invitee::Model {
            attendance: Some(*attendance),
            ..row
        }));
    }
    checks.done()?;
    let detail = json!({ "rows": rows.len() });
    for row in rows {
        store::save_attendance(work.tx(), row).await?;
    }
    save(work.tx(), before, call.at).await?;
    trace(&mut work, WHAT, input.id, "meeting.attendance", detail);
    work.commit().await?;
    Ok(input.id)
}

fn begun(call: &Call, meeting: &meeting::Model) -> Result<()> {
    if call.at < meeting.starts_at {
        return Err(wrong_state(
            "input.id",
            "This meeting hasn't begun yet.",
            "会议尚未开始。",
        )
        .into());
    }
    Ok(())
}

/// What was said at a meeting.
#[derive(Clone, Debug)]
pub struct MinutesWrite {
    /// The meeting.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// The text.
    pub body: String,
}

/// Writes another version of the minutes of a meeting that has begun, and returns the meeting's id.
///
/// # Errors
/// User errors about text and time; refusals of permission, reach and version.
pub async fn minutes_write(app: &App, call: &Call, input: &MinutesWrite) -> Result<Uuid> {
    let me = me(call, Permission::MeetingManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_keep(&work, input.id, input.expected_version).await?;
    begun(call, &before)?;
    let mut checks = Checks::default();
    let body = checks.body("input.body", &input.body, 4 * BODY);
    checks.done()?;
    let number = before.minutes_number + 1;
    let row = meeting_minute::Model {
        id: new_id(call.at),
        meeting_id: before.id,
        number,
        body,
        author_id: me,
        author_name: call.viewer.actor.name.clone(),
        written_at: call.at,
    };
    insert(work.tx(), row).await?;
    let after = meeting::Model {
        minutes_number: number,
        ..before
    };
    save(work.tx(), after, call.at).await?;
    let detail = json!({ "number": number });
    trace(&mut work, WHAT, input.id, "meeting.minutes", detail);
    work.commit().await?;
    Ok(input.id)
}

/// What a meeting has decided.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionAdd {
    /// The meeting.
    pub meeting_id: Uuid,
    /// What.
    pub body: String,
}

/// Writes down what a meeting that has begun has decided, and returns the meeting's id.
///
/// # Errors
/// User errors about text and time; refusals of permission and reach.
pub async fn decision_add(
    app: &App,
    call: &Call,
    input: &DecisionAdd,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::MeetingManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "meetingDecisionAdd", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let id = input.meeting_id;
    let row = to_change::<meeting::Entity>(work.tx(), &call.viewer, permission, id).await?;
    let row = to_keep(&work, id, row.version).await?;
    begun(call, &row)?;
    let mut checks = Checks::default();
    let body = checks.body("input.body", &input.body, NOTE);
    checks.done()?;
    let count = store::decisions_of(work.tx(), row.id).await?;
    let number = i32::try_from(count).unwrap_or(i32::MAX - 1) + 1;
    let decision = meeting_decision::Model {
        id: new_id(call.at),
        meeting_id: row.id,
        number,
        body,
        decided_at: call.at,
    };
    insert(work.tx(), decision).await?;
    save(work.tx(), row, call.at).await?;
    let detail = json!({ "number": number });
    trace(&mut work, WHAT, id, "meeting.decision", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}
