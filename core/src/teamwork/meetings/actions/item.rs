//! Writing, changing and taking forward action items (行动项).

use chrono::NaiveDate;
use entity::enums::{ActionItemState, MeetingState};
use entity::{action_item, meeting, member};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{ahead, carry};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::{holds_on, today};
use crate::teamwork::ACTION_ITEM_CHANGED;
use crate::teamwork::common::{NOTE, TITLE, trace, wrong_state};
use crate::teamwork::meetings::rules::items::{is_unfinished, may_go};
use crate::teamwork::meetings::store;
use crate::teamwork::writes::{insert, save};
use crate::work::{Once, Work, expect_version};

const WHAT: (&str, &str) = (ACTION_ITEM_CHANGED, "action_item");

/// An action item to write.
#[derive(Clone, Debug, Serialize)]
pub struct ItemCreate {
    /// The meeting from which it comes.
    pub meeting_id: Uuid,
    /// What is to be done.
    pub title: String,
    /// More about it.
    pub detail: Option<String>,
    /// Who does it.
    pub owner_id: Uuid,
    /// By when, that day included.
    pub due_on: NaiveDate,
}

/// Writes an action item of a meeting that one runs, and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission and reach.
pub async fn item_create(
    app: &App,
    call: &Call,
    input: &ItemCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::MeetingManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work
        .once(idempotency_key, "actionItemCreate", input)
        .await?
    {
        return Ok(id);
    }
    let id = input.meeting_id;
    let meeting = to_change::<meeting::Entity>(work.tx(), &call.viewer, permission, id).await?;
    if meeting.state == MeetingState::Cancelled {
        return Err(wrong_state(
            "input.meetingId",
            "This meeting is cancelled.",
            "该会议已取消。",
        )
        .into());
    }
    let mut checks = Checks::default();
    let title = checks.text("input.title", &input.title, TITLE);
    let detail = checks.optional_body("input.detail", input.detail.as_deref(), NOTE);
    ahead(&mut checks, call, "input.dueOn", input.due_on);
    owner(&work, &mut checks, Some(&meeting), input.owner_id).await?;
    checks.done()?;
    let row = action_item::Model {
        id: new_id(call.at),
        meeting_id: meeting.id,
        series_id: meeting.series_id,
        title,
        detail,
        owner_id: input.owner_id,
        due_on: input.due_on,
        state: ActionItemState::Open,
        note: None,
        closed_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    let detail = json!({ "meeting": meeting.id, "owner": row.owner_id, "dueOn": row.due_on });
    insert(work.tx(), row).await?;
    trace(&mut work, WHAT, id, "action_item.create", detail);
    carry(&mut work, meeting.series_id).await?;
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Whoever does it works here, and is seen by whoever says so or invited to the meeting.
async fn owner(
    work: &Work<'_>,
    checks: &mut Checks,
    meeting: Option<&meeting::Model>,
    id: Uuid,
) -> Result<()> {
    let call = work.call();
    let seen = find::<member::Entity>(work.tx(), &call.viewer, Permission::MemberRead, id).await?;
    let at_work = |row: &member::Model| holds_on(row.joined_on, row.left_on, today(call));
    let mut there = seen.as_ref().is_some_and(at_work);
    if let Some(meeting) = meeting.filter(|_| seen.is_none()) {
        let invited = store::invitees_of(work.tx(), meeting.id).await?;
        there = invited.iter().any(|row| row.member_id == id);
    }
    checks.found("input.ownerId", there.then_some(()));
    Ok(())
}

/// An action item to change; all of it is written anew.
#[derive(Clone, Debug)]
pub struct ItemUpdate {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// What is to be done.
    pub title: String,
    /// More about it.
    pub detail: Option<String>,
    /// Who does it.
    pub owner_id: Uuid,
    /// By when, that day included.
    pub due_on: NaiveDate,
}

/// Changes an unfinished action item, and returns its id. Whoever runs the meeting or leads the owner does that; the owner
/// takes it forward with [`item_advance`].
///
/// # Errors
/// User errors about the values; refusals of permission, reach and version.
pub async fn item_update(app: &App, call: &Call, input: &ItemUpdate) -> Result<Uuid> {
    let permission = Permission::ActionItemWork;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before =
        to_change::<action_item::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(before.version, input.expected_version)?;
    let (viewer, read) = (&call.viewer, Permission::MeetingRead);
    let meeting = find::<meeting::Entity>(work.tx(), viewer, read, before.meeting_id).await?;
    let me = viewer.standing.member_id;
    let organises = meeting
        .as_ref()
        .is_some_and(|row| Some(row.organiser_id) == me);
    let mut checks = Checks::default();
    checks.ensure(
        organises || Some(before.owner_id) != me,
        UserErrorCode::RuleViolated,
        "input.id",
        || {
            Text::new(
                "What you have to do by when isn't changed by you; ask whoever runs the meeting.",
                "本人的行动项内容和期限不能自行修改，请联系会议组织人。",
            )
        },
    );
    checks.ensure(
        is_unfinished(before.state),
        UserErrorCode::WrongState,
        "input.id",
        || {
            Text::new(
                "This is done or dropped; take it up again first.",
                "该行动项已完成或已放弃，请先重新开启。",
            )
        },
    );
    let title = checks.text("input.title", &input.title, TITLE);
    let detail = checks.optional_body("input.detail", input.detail.as_deref(), NOTE);
    if input.due_on != before.due_on {
        ahead(&mut checks, call, "input.dueOn", input.due_on);
    }
    if input.owner_id != before.owner_id {
        owner(&work, &mut checks, meeting.as_ref(), input.owner_id).await?;
    }
    checks.done()?;
    let change = json!({
        "owner": { "from": before.owner_id, "to": input.owner_id },
        "dueOn": { "from": before.due_on, "to": input.due_on },
    });
    let after = action_item::Model {
        title,
        detail,
        owner_id: input.owner_id,
        due_on: input.due_on,
        ..before
    };
    save(work.tx(), after, call.at).await?;
    trace(&mut work, WHAT, input.id, "action_item.update", change);
    work.commit().await?;
    Ok(input.id)
}

/// How far an action item is now.
#[derive(Clone, Debug)]
pub struct ItemAdvance {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// How far.
    pub state: ActionItemState,
    /// What came of it; why, when it is dropped.
    pub note: Option<String>,
}

/// Takes an action item forward, and returns its id.
///
/// # Errors
/// User errors about state and note; refusals of permission, reach and version.
pub async fn item_advance(app: &App, call: &Call, input: &ItemAdvance) -> Result<Uuid> {
    let permission = Permission::ActionItemWork;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before =
        to_change::<action_item::Entity>(work.tx(), &call.viewer, permission, input.id).await?;
    expect_version(before.version, input.expected_version)?;
    if !may_go(before.state, input.state) {
        return Err(wrong_state(
            "input.state",
            "An action item can't go there from where it is; one that is over is taken up again first.",
            "行动项不能从当前状态变更为该状态；已结束的须先重新开启。",
        )
        .into());
    }
    let mut checks = Checks::default();
    let note = if input.state == ActionItemState::Dropped {
        let reason = input.note.as_deref().unwrap_or_default();
        Some(checks.body("input.note", reason, NOTE))
    } else {
        checks.optional_body("input.note", input.note.as_deref(), NOTE)
    };
    checks.done()?;
    let detail = json!({ "from": before.state, "to": input.state, "note": note });
    let after = action_item::Model {
        state: input.state,
        note,
        closed_at: (!is_unfinished(input.state)).then_some(call.at),
        ..before
    };
    let series = after.series_id;
    save(work.tx(), after, call.at).await?;
    trace(&mut work, WHAT, input.id, "action_item.advance", detail);
    // What is taken up again stands on the next agenda again.
    carry(&mut work, series).await?;
    work.commit().await?;
    Ok(input.id)
}
