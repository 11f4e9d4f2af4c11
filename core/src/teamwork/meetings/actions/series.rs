//! Making, changing, planning and ending a series (创建、修改、排期、结束例会系列).

use chrono::{NaiveDate, TimeDelta};
use entity::enums::{MeetingKind, MeetingRhythm, MeetingState};
use entity::{meeting, meeting_series, meeting_series_member, member};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{LONGEST, ahead, carry, invitations, invited, team, with};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::today;
use crate::teamwork::common::{PLACE, TITLE, link, me, trace, wrong_state};
use crate::teamwork::meetings::rules::recurrence::{days, minute_of, moment};
use crate::teamwork::meetings::store;
use crate::teamwork::writes::{insert, insert_all, save};
use crate::teamwork::{MEETING_CHANGED, SERIES_CHANGED};
use crate::work::{Once, Work, expect_version};

const WHAT: (&str, &str) = (SERIES_CHANGED, "meeting_series");

/// A series to make.
#[derive(Clone, Debug, Serialize)]
pub struct SeriesCreate {
    /// What its meetings are for.
    pub kind: MeetingKind,
    /// What they are called.
    pub title: String,
    /// The team whose meetings they are.
    pub team_id: Option<Uuid>,
    /// How often.
    pub rhythm: MeetingRhythm,
    /// The first day.
    pub first_day: NaiveDate,
    /// From when by the organisation's wall clock, such as 09:30.
    pub time: String,
    /// How long one takes.
    pub minutes: i32,
    /// Where.
    pub place: Option<String>,
    /// The link, when they are held online.
    pub link: Option<String>,
    /// Who is invited to all of them beside the organiser.
    pub members: Vec<Uuid>,
    /// Up to which day they are planned, inclusive.
    pub plan_until: NaiveDate,
}

/// Makes a series with its meetings up to a day, and returns its id. Whoever makes it organises it.
///
/// # Errors
/// User errors about the values; a missing permission.
pub async fn series_create(
    app: &App,
    call: &Call,
    input: &SeriesCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let me = me(call, Permission::MeetingManage)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work
        .once(idempotency_key, "meetingSeriesCreate", input)
        .await?
    {
        return Ok(id);
    }
    let mut checks = Checks::default();
    let title = checks.text("input.title", &input.title, TITLE);
    let place = checks.optional_text("input.place", input.place.as_deref(), PLACE);
    let link = link(&mut checks, "input.link", input.link.as_deref());
    let start_minute = time(&mut checks, &input.time, input.minutes);
    ahead(&mut checks, call, "input.firstDay", input.first_day);
    ahead(&mut checks, call, "input.planUntil", input.plan_until);
    checks.ensure(
        input.plan_until >= input.first_day,
        UserErrorCode::Invalid,
        "input.planUntil",
        || {
            Text::new(
                "Plan up to the first day at least.",
                "排期截止日不能早于首次会议日期。",
            )
        },
    );
    team(&work, &mut checks, input.team_id).await?;
    let wanted = with(me, &input.members);
    let members = invited(&work, &mut checks, "input.memberIds", &wanted).await?;
    checks.done()?;
    let row = meeting_series::Model {
        id: new_id(call.at),
        kind: input.kind,
        title,
        team_id: input.team_id,
        organiser_id: me,
        rhythm: input.rhythm,
        first_day: input.first_day,
        start_minute,
        minutes: input.minutes,
        place,
        link,
        planned_until: input.plan_until,
        ended_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    insert(work.tx(), row.clone()).await?;
    insert_all(work.tx(), rows(call, id, &members)).await?;
    let made = plan(app, &mut work, &row, &members).await?;
    let detail = json!({
        "title": row.title,
        "rhythm": row.rhythm,
        "firstDay": row.first_day,
        "until": row.planned_until,
        "meetings": made,
    });
    trace(&mut work, WHAT, id, "meeting.series.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// When meetings begin, in minutes after midnight.
fn time(checks: &mut Checks, text: &str, minutes: i32) -> i32 {
    let minute = minute_of(text);
    checks.ensure(
        minute.is_some(),
        UserErrorCode::Invalid,
        "input.time",
        || {
            Text::new(
                "This is no time such as 09:30.",
                "时间格式不正确，例如 09:30。",
            )
        },
    );
    checks.ensure(
        (5..=LONGEST).contains(&i64::from(minutes)),
        UserErrorCode::Invalid,
        "input.minutes",
        || {
            Text::new(
                format!("A meeting takes 5 to {LONGEST} minutes."),
                format!("会议时长须为 5 至 {LONGEST} 分钟。"),
            )
        },
    );
    minute.unwrap_or(0)
}

fn rows(call: &Call, series: Uuid, members: &[member::Model]) -> Vec<meeting_series_member::Model> {
    let row = |member: &member::Model| meeting_series_member::Model {
        id: new_id(call.at),
        series_id: series,
        member_id: member.id,
    };
    members.iter().map(row).collect()
}

/// Makes the meetings of a series up to the day to which it is planned; those that there are already, or that would be over,
/// are left. Says how many.
async fn plan(
    app: &App,
    work: &mut Work<'_>,
    series: &meeting_series::Model,
    members: &[member::Model],
) -> Result<usize> {
    let call = work.call();
    let there = store::planned_days(work.tx(), series.id).await?;
    let span = (series.first_day.max(today(call)), series.planned_until);
    let zone = app.config.time_zone();
    let length = TimeDelta::minutes(i64::from(series.minutes));
    let (mut made, mut invitees) = (Vec::new(), Vec::new());
    for day in days(series.rhythm, series.first_day, span) {
        let starts_at = moment(day, series.start_minute, zone);
        if there.contains(&day) || starts_at + length <= call.at {
            continue;
        }
        let id = new_id(call.at);
        invitees.extend(invitations(call, id, members));
        made.push(meeting::Model {
            id,
            series_id: Some(series.id),
            series_day: Some(day),
            kind: series.kind,
            title: series.title.clone(),
            team_id: series.team_id,
            organiser_id: series.organiser_id,
            starts_at,
            ends_at: starts_at + length,
            place: series.place.clone(),
            link: series.link.clone(),
            state: MeetingState::Planned,
            reason: None,
            minutes_number: 0,
            held_at: None,
            version: 1,
            created_at: call.at,
            updated_at: call.at,
        });
    }
    let count = made.len();
    let ids: Vec<Uuid> = made.iter().map(|row| row.id).collect();
    insert_all(work.tx(), made).await?;
    insert_all(work.tx(), invitees).await?;
    for id in ids {
        let detail = json!({ "series": series.id });
        trace(
            work,
            (MEETING_CHANGED, "meeting"),
            id,
            "meeting.create",
            detail,
        );
    }
    carry(work, Some(series.id)).await?;
    Ok(count)
}

/// A series that the viewer runs and that goes on, locked.
async fn to_run(work: &Work<'_>, id: Uuid, expected_version: i32) -> Result<meeting_series::Model> {
    let call = work.call();
    let permission = Permission::MeetingManage;
    call.viewer.require(permission)?;
    let row = to_change::<meeting_series::Entity>(work.tx(), &call.viewer, permission, id).await?;
    expect_version(row.version, expected_version)?;
    if row.ended_at.is_some() {
        return Err(wrong_state(
            "input.id",
            "This series was ended; make another one.",
            "该系列已结束，请另行创建。",
        )
        .into());
    }
    Ok(row)
}

/// A series to plan further.
#[derive(Clone, Copy, Debug)]
pub struct SeriesPlan {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Up to which day, inclusive.
    pub until: NaiveDate,
}

/// Makes the meetings of a series up to a later day, and returns its id.
///
/// # Errors
/// User errors about the day; refusals of permission, reach and version.
pub async fn series_plan(app: &App, call: &Call, input: SeriesPlan) -> Result<Uuid> {
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_run(&work, input.id, input.expected_version).await?;
    let mut checks = Checks::default();
    ahead(&mut checks, call, "input.until", input.until);
    checks.ensure(
        input.until >= before.planned_until,
        UserErrorCode::Invalid,
        "input.until",
        || {
            let day = before.planned_until;
            Text::new(
                format!("It is planned up to {day} already; cancel single meetings instead."),
                format!("已排期至 {day}，如需减少请取消单次会议。"),
            )
        },
    );
    checks.done()?;
    let ids = store::series_members_of(work.tx(), before.id).await?;
    // Whoever has left isn't invited any more; the organiser need not see everybody whom they once invited.
    let members = store::at_work(work.tx(), &ids, today(call)).await?;
    let row = meeting_series::Model {
        planned_until: input.until,
        ..before
    };
    let row = save(work.tx(), row, call.at).await?;
    let made = plan(app, &mut work, &row, &members).await?;
    let detail = json!({ "until": input.until, "meetings": made });
    trace(&mut work, WHAT, input.id, "meeting.series.plan", detail);
    work.commit().await?;
    Ok(input.id)
}

/// A series to change; what is written here is written anew. Its rhythm stays: end it and make another one.
#[derive(Clone, Debug)]
pub struct SeriesUpdate {
    /// Which one.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// What its meetings are called.
    pub title: String,
    /// From when by the organisation's wall clock.
    pub time: String,
    /// How long one takes.
    pub minutes: i32,
    /// Where.
    pub place: Option<String>,
    /// The link, when they are held online.
    pub link: Option<String>,
    /// Who is invited to all of them beside the organiser.
    pub members: Vec<Uuid>,
}

/// Changes a series and those of its planned meetings that are still to come, and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission, reach and version.
pub async fn series_update(app: &App, call: &Call, input: &SeriesUpdate) -> Result<Uuid> {
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_run(&work, input.id, input.expected_version).await?;
    let mut checks = Checks::default();
    let title = checks.text("input.title", &input.title, TITLE);
    let place = checks.optional_text("input.place", input.place.as_deref(), PLACE);
    let link = link(&mut checks, "input.link", input.link.as_deref());
    let start_minute = time(&mut checks, &input.time, input.minutes);
    let wanted = with(before.organiser_id, &input.members);
    let members = invited(&work, &mut checks, "input.memberIds", &wanted).await?;
    checks.done()?;
    let row = meeting_series::Model {
        title,
        place,
        link,
        start_minute,
        minutes: input.minutes,
        ..before.clone()
    };
    let row = save(work.tx(), row, call.at).await?;
    let series_rows = rows(call, row.id, &members);
    store::replace_series_members(work.tx(), row.id, series_rows).await?;
    let zone = app.config.time_zone();
    let length = TimeDelta::minutes(i64::from(row.minutes));
    let coming = store::planned_from(work.tx(), row.id, call.at).await?;
    for one in coming {
        // A meeting that was put off by hand stays where it was put.
        let usual = one
            .series_day
            .map(|day| moment(day, before.start_minute, zone));
        let (starts_at, ends_at) = match one.series_day {
            Some(day) if usual == Some(one.starts_at) => {
                let starts_at = moment(day, row.start_minute, zone);
                (starts_at, starts_at + length)
            }
            _ => (one.starts_at, one.ends_at),
        };
        let there = store::invitees_of(work.tx(), one.id).await?;
        let gone: Vec<Uuid> = there
            .iter()
            .map(|row| row.member_id)
            .filter(|id| members.iter().all(|member| member.id != *id))
            .collect();
        let new: Vec<member::Model> = members
            .iter()
            .filter(|member| there.iter().all(|row| row.member_id != member.id))
            .cloned()
            .collect();
        let new = invitations(call, one.id, &new);
        store::replace_invitees(work.tx(), one.id, &gone, new).await?;
        let id = one.id;
        let one = meeting::Model {
            title: row.title.clone(),
            place: row.place.clone(),
            link: row.link.clone(),
            starts_at,
            ends_at,
            ..one
        };
        save(work.tx(), one, call.at).await?;
        let detail = json!({ "series": row.id });
        let what = (MEETING_CHANGED, "meeting");
        trace(&mut work, what, id, "meeting.update", detail);
    }
    let detail =
        json!({ "title": row.title, "startMinute": row.start_minute, "invited": members.len() });
    trace(&mut work, WHAT, input.id, "meeting.series.update", detail);
    work.commit().await?;
    Ok(input.id)
}

/// Ends a series: its planned meetings that are still to come don't take place. Returns its id.
///
/// # Errors
/// Refusals of permission, reach and version.
pub async fn series_end(app: &App, call: &Call, id: Uuid, expected_version: i32) -> Result<Uuid> {
    let mut work = Work::begin(&app.db, call).await?;
    let before = to_run(&work, id, expected_version).await?;
    let coming = store::planned_from(work.tx(), before.id, call.at).await?;
    let count = coming.len();
    for one in coming {
        let meeting = one.id;
        let one = meeting::Model {
            state: MeetingState::Cancelled,
            reason: Some("The series was ended. 系列已结束。".to_owned()),
            ..one
        };
        save(work.tx(), one, call.at).await?;
        let detail = json!({ "series": id });
        let what = (MEETING_CHANGED, "meeting");
        trace(&mut work, what, meeting, "meeting.cancel", detail);
    }
    let row = meeting_series::Model {
        ended_at: Some(call.at),
        ..before
    };
    save(work.tx(), row, call.at).await?;
    let detail = json!({ "cancelled": count });
    trace(&mut work, WHAT, id, "meeting.series.end", detail);
    work.commit().await?;
    Ok(id)
}
