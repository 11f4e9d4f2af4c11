//! What the actions about meetings share.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::enums::MeetingState;
use entity::{meeting, meeting_invitee, member, team};
use serde_json::json;
use uuid::Uuid;

use crate::access::{Call, Permission, find, to_change};
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::today;
use crate::teamwork::MEETING_CHANGED;
use crate::teamwork::common::{trace, wrong_state};
use crate::teamwork::meetings::store;
use crate::work::{Work, expect_version};

/// The most people at a meeting.
pub(super) const INVITED: usize = 200;
/// The longest meeting, in minutes.
pub(super) const LONGEST: i64 = 1_440;
/// How far ahead meetings are planned, in days.
pub(super) const AHEAD: i64 = 366;

/// Those who are named, and the organiser.
pub(super) fn with(organiser: Uuid, ids: &[Uuid]) -> BTreeSet<Uuid> {
    ids.iter().copied().chain([organiser]).collect()
}

/// At most so many people take part.
pub(super) fn bounded(checks: &mut Checks, field: &str, people: usize) {
    checks.ensure(people <= INVITED, UserErrorCode::TooLong, field, || {
        Text::new(
            format!("At most {INVITED} people take part."),
            format!("参会人最多 {INVITED} 人。"),
        )
    });
}

/// The members who are invited: whoever invites sees them, and they work here.
///
/// # Errors
/// When the database fails.
pub(super) async fn invited(
    work: &Work<'_>,
    checks: &mut Checks,
    field: &str,
    wanted: &BTreeSet<Uuid>,
) -> Result<Vec<member::Model>> {
    let call = work.call();
    bounded(checks, field, wanted.len());
    if wanted.len() > INVITED {
        return Ok(Vec::new());
    }
    let found = store::members(work.tx(), &call.viewer, wanted, today(call)).await?;
    if found.len() < wanted.len() {
        checks.add(
            UserErrorCode::NotFound,
            field,
            Text::new(
                "Some of these members aren't within your reach or don't work here.",
                "部分成员不在您的可见范围内或已离职。",
            ),
        );
    }
    Ok(found)
}

/// The team whose meeting it is, when one is named and there is one today.
///
/// # Errors
/// When the database fails.
pub(super) async fn team(work: &Work<'_>, checks: &mut Checks, id: Option<Uuid>) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    let call = work.call();
    let read = Permission::OrganisationRead;
    let row = find::<team::Entity>(work.tx(), &call.viewer, read, id).await?;
    let row = row.filter(|row| row.valid_to.is_none_or(|to| to > today(call)));
    checks.found("input.teamId", row);
    Ok(())
}

/// When a meeting begins and ends.
pub(super) fn timed(
    checks: &mut Checks,
    call: &Call,
    (starts_at, ends_at): (DateTime<Utc>, DateTime<Utc>),
) {
    let minutes = (ends_at - starts_at).num_minutes();
    checks.ensure(
        (5..=LONGEST).contains(&minutes),
        UserErrorCode::Invalid,
        "input.endsAt",
        || {
            Text::new(
                format!("A meeting takes 5 to {LONGEST} minutes."),
                format!("会议时长须为 5 至 {LONGEST} 分钟。"),
            )
        },
    );
    checks.ensure(
        starts_at > call.at - TimeDelta::days(1) && starts_at <= call.at + TimeDelta::days(AHEAD),
        UserErrorCode::Invalid,
        "input.startsAt",
        || {
            Text::new(
                format!("A meeting is planned for today or for one of the next {AHEAD} days."),
                format!("会议须安排在今天或未来 {AHEAD} 天内。"),
            )
        },
    );
}

/// A day that isn't over and isn't too far away.
pub(super) fn ahead(checks: &mut Checks, call: &Call, field: &str, day: NaiveDate) {
    let today = today(call);
    let last = today + TimeDelta::days(AHEAD);
    checks.ensure(
        day >= today && day <= last,
        UserErrorCode::Invalid,
        field,
        || {
            Text::new(
                format!("Take a day between today and {last}."),
                format!("日期须在今天至 {last} 之间。"),
            )
        },
    );
}

/// The invitations of a meeting.
pub(super) fn invitations(
    call: &Call,
    meeting: Uuid,
    members: &[member::Model],
) -> Vec<meeting_invitee::Model> {
    let row = |member: &member::Model| meeting_invitee::Model {
        id: new_id(call.at),
        meeting_id: meeting,
        member_id: member.id,
        name: member.name.clone(),
        attendance: None,
    };
    members.iter().map(row).collect()
}

/// A meeting that the viewer runs, locked and in the version that was seen.
///
/// # Errors
/// Refusals of permission, reach and version.
pub(super) async fn to_run(
    work: &Work<'_>,
    id: Uuid,
    expected_version: i32,
) -> Result<meeting::Model> {
    let call = work.call();
    let permission = Permission::MeetingManage;
    call.viewer.require(permission)?;
    let row = to_change::<meeting::Entity>(work.tx(), &call.viewer, permission, id).await?;
    expect_version(row.version, expected_version)?;
    Ok(row)
}

/// The same of one that isn't cancelled.
///
/// # Errors
/// Refusals; a user error when it is cancelled.
pub(super) async fn to_keep(
    work: &Work<'_>,
    id: Uuid,
    expected_version: i32,
) -> Result<meeting::Model> {
    let row = to_run(work, id, expected_version).await?;
    if row.state == MeetingState::Cancelled {
        return Err(wrong_state("input.id", "This meeting is cancelled.", "该会议已取消。").into());
    }
    Ok(row)
}

/// The same of one that is still to come or goes on.
///
/// # Errors
/// Refusals; a user error when it is over.
pub(super) async fn to_plan(
    work: &Work<'_>,
    id: Uuid,
    expected_version: i32,
) -> Result<meeting::Model> {
    let row = to_run(work, id, expected_version).await?;
    if row.state != MeetingState::Planned {
        return Err(wrong_state(
            "input.id",
            "This meeting is over or cancelled; plan another one.",
            "该会议已结束或已取消，请另行安排。",
        )
        .into());
    }
    Ok(row)
}

/// Puts what a series hasn't done on the agenda of its next planned meeting.
///
/// # Errors
/// When the database fails.
pub(super) async fn carry(work: &mut Work<'_>, series: Option<Uuid>) -> Result<()> {
    let Some(series) = series else { return Ok(()) };
    let Some(next) = store::next_planned(work.tx(), series).await? else {
        return Ok(());
    };
    let items = store::unfinished_of(work.tx(), series).await?;
    let at = work.call().at;
    let carried = store::carry_over(work.tx(), next.id, items, at).await?;
    if !carried.is_empty() {
        let detail = json!({ "actionItems": carried });
        let what = (MEETING_CHANGED, "meeting");
        trace(work, what, next.id, "meeting.carry_over", detail);
    }
    Ok(())
}
