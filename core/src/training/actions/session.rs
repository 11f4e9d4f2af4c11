//! Planning and changing a session (安排场次).

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::TrainingSessionState;
use entity::{member, training_course, training_session, training_session_trainer};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::common::{MINUTES, NAME, link, minutes, move_up, trace, user, wrong_state};
use crate::access::{Call, Permission, by_ids, find, still_within, to_change};
use crate::app::App;
use crate::check::{Change, Checks};
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::training::rules::sessions::is_ahead;
use crate::training::{SESSION_CHANGED, store};
use crate::work::{Once, Work, expect_version};
use entity::enums::TrainingEnrolmentState;

/// The most members who give a session.
const TRAINERS: usize = 10;
/// The most places.
const CAPACITY: i32 = 1_000;
/// The longest time from beginning to end.
const LONGEST: TimeDelta = TimeDelta::days(31);

/// The session to plan.
#[derive(Clone, Debug, Serialize)]
pub struct SessionCreate {
    /// Of which course.
    pub course_id: Uuid,
    /// Who gives it.
    pub trainers: Vec<Uuid>,
    /// Who gives it from outside.
    pub guest_trainer: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// The link, when it is held online.
    pub link: Option<String>,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when, exclusive.
    pub ends_at: DateTime<Utc>,
    /// What attending it counts; as the course says when absent.
    pub minutes: Option<i32>,
    /// How many places there are.
    pub capacity: i32,
    /// Until when members can enrol; until it begins when absent.
    pub enrol_until: Option<DateTime<Utc>>,
}

/// What changes about a session.
#[derive(Clone, Debug)]
pub struct SessionUpdate {
    /// The session.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Who gives it.
    pub trainers: Change<Vec<Uuid>>,
    /// Who gives it from outside.
    pub guest_trainer: Change<String>,
    /// Where.
    pub place: Change<String>,
    /// The link.
    pub link: Change<String>,
    /// From when.
    pub starts_at: Change<DateTime<Utc>>,
    /// Until when.
    pub ends_at: Change<DateTime<Utc>>,
    /// What attending it counts.
    pub minutes: Change<i32>,
    /// How many places there are.
    pub capacity: Change<i32>,
    /// Until when members can enrol.
    pub enrol_until: Change<DateTime<Utc>>,
}

/// Plans a session and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission and reach.
pub async fn session_create(
    app: &App,
    call: &Call,
    input: &SessionCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::TrainingSessionManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "trainingSessionCreate", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let mut checks = Checks::default();
    let read = Permission::TrainingCourseRead;
    let course =
        find::<training_course::Entity>(work.tx(), &call.viewer, read, input.course_id).await?;
    let course = checks.found("input.courseId", course);
    checks.ensure(
        course
            .as_ref()
            .is_none_or(|course| course.retired_at.is_none()),
        UserErrorCode::WrongState,
        "input.courseId",
        || {
            Text::new(
                "This course is retired; take another one.",
                "该课程已停用，请选择其他课程。",
            )
        },
    );
    let row = training_session::Model {
        id: new_id(call.at),
        course_id: input.course_id,
        place: checks.optional_text("input.place", input.place.as_deref(), NAME),
        link: link(&mut checks, "input.link", input.link.as_deref()),
        guest_trainer: checks.optional_text(
            "input.guestTrainer",
            input.guest_trainer.as_deref(),
            NAME,
        ),
        starts_at: input.starts_at,
        ends_at: input.ends_at,
        minutes: input
            .minutes
            .or(course.map(|course| course.minutes))
            .unwrap_or(1),
        capacity: input.capacity,
        enrol_until: input.enrol_until.unwrap_or(input.starts_at),
        state: TrainingSessionState::Planned,
        reason: None,
        held_at: None,
        feedback_until: None,
        created_by: user(call),
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    look_over(&mut checks, call, &row);
    let trainers = trainers(&work, &mut checks, row.id, &input.trainers).await?;
    checks.done()?;
    let (id, detail) = (row.id, shown(&row, &input.trainers));
    store::insert(work.tx(), row).await?;
    store::replace_trainers(work.tx(), id, trainers).await?;
    still_within::<training_session::Entity>(work.tx(), &call.viewer, permission, id).await?;
    told(&mut work, id, "training.session.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Changes a session that hasn't begun, and returns its id. Where there is more room now, those who wait move up.
///
/// # Errors
/// User errors about the values; refusals of permission, reach and version.
pub async fn session_update(app: &App, call: &Call, input: SessionUpdate) -> Result<Uuid> {
    let permission = Permission::TrainingSessionManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before =
        to_change::<training_session::Entity>(work.tx(), &call.viewer, permission, input.id)
            .await?;
    expect_version(before.version, input.expected_version)?;
    if !is_ahead(before.state) {
        return Err(wrong_state(
            "input.id",
            "This session has begun, is over or cancelled: it can't be changed any more.",
            "该场次已开始、已结束或已取消，不能再修改。",
        )
        .into());
    }
    let mut checks = Checks::default();
    let mut after = before.clone();
    apply(&mut checks, &input, &mut after);
    look_over(&mut checks, call, &after);
    if after.capacity < before.capacity {
        let taken = store::enrolments_of(work.tx(), before.id).await?;
        let taken = taken
            .iter()
            .filter(|row| row.state == TrainingEnrolmentState::Enrolled)
            .count();
        let fits = usize::try_from(after.capacity).is_ok_and(|room| taken <= room);
        checks.ensure(fits, UserErrorCode::RuleViolated, "input.capacity", || {
            Text::new(
                format!("{taken} places are taken already; cancel enrolments first."),
                format!("已有 {taken} 人报名，请先取消部分报名。"),
            )
        });
    }
    let replaced = match &input.trainers {
        Change::Keep => None,
        Change::Clear => Some(Vec::new()),
        Change::Set(ids) => Some(trainers(&work, &mut checks, after.id, ids).await?),
    };
    checks.done()?;
    if after == before && replaced.is_none() {
        return Ok(before.id);
    }
    let now = input.trainers.value().map_or(&[][..], Vec::as_slice);
    let detail = json!({ "from": shown(&before, &[]), "to": shown(&after, now) });
    let after = store::save(work.tx(), after, call.at).await?;
    if let Some(trainers) = replaced {
        store::replace_trainers(work.tx(), before.id, trainers).await?;
    }
    still_within::<training_session::Entity>(work.tx(), &call.viewer, permission, before.id)
        .await?;
    told(&mut work, before.id, "training.session.update", detail);
    if after.capacity > before.capacity {
        move_up(&mut work, &after).await?;
    }
    work.commit().await?;
    Ok(before.id)
}

fn apply(checks: &mut Checks, input: &SessionUpdate, row: &mut training_session::Model) {
    for (field, change, value) in [
        ("input.place", &input.place, &mut row.place),
        (
            "input.guestTrainer",
            &input.guest_trainer,
            &mut row.guest_trainer,
        ),
    ] {
        match change {
            Change::Keep => {}
            Change::Clear => *value = None,
            Change::Set(text) => *value = checks.optional_text(field, Some(text), NAME),
        }
    }
    match &input.link {
        Change::Keep => {}
        Change::Clear => row.link = None,
        Change::Set(text) => row.link = link(checks, "input.link", Some(text)),
    }
    checks.must_stay("input.startsAt", &input.starts_at);
    checks.must_stay("input.endsAt", &input.ends_at);
    checks.must_stay("input.minutes", &input.minutes);
    checks.must_stay("input.capacity", &input.capacity);
    checks.must_stay("input.enrolUntil", &input.enrol_until);
    row.starts_at = input.starts_at.value().copied().unwrap_or(row.starts_at);
    row.ends_at = input.ends_at.value().copied().unwrap_or(row.ends_at);
    row.minutes = input.minutes.value().copied().unwrap_or(row.minutes);
    row.capacity = input.capacity.value().copied().unwrap_or(row.capacity);
    row.enrol_until = input
        .enrol_until
        .value()
        .copied()
        .unwrap_or(row.enrol_until);
}

fn look_over(checks: &mut Checks, call: &Call, row: &training_session::Model) {
    minutes(checks, "input.minutes", row.minutes);
    checks.ensure(
        (1..=CAPACITY).contains(&row.capacity),
        UserErrorCode::Invalid,
        "input.capacity",
        || {
            Text::new(
                format!("A session has 1 to {CAPACITY} places."),
                format!("名额须为 1 至 {CAPACITY}。"),
            )
        },
    );
    checks.ensure(
        row.starts_at > call.at,
        UserErrorCode::RuleViolated,
        "input.startsAt",
        || Text::new("A session begins in the future.", "开始时间须晚于现在。"),
    );
    let lasts = row.ends_at - row.starts_at;
    checks.ensure(
        lasts > TimeDelta::zero() && lasts <= LONGEST,
        UserErrorCode::Invalid,
        "input.endsAt",
        || {
            Text::new(
                format!(
                    "A session ends after it begins, within {} days.",
                    LONGEST.num_days()
                ),
                format!(
                    "结束时间须晚于开始时间，且不超过 {} 天。",
                    LONGEST.num_days()
                ),
            )
        },
    );
    checks.ensure(
        i64::from(row.minutes.min(MINUTES)) <= lasts.num_minutes().max(0),
        UserErrorCode::RuleViolated,
        "input.minutes",
        || {
            Text::new(
                "Attending counts more minutes than the session lasts; make it longer or count fewer.",
                "计入的时长超过场次时长，请延长场次或减少分钟数。",
            )
        },
    );
    checks.ensure(
        row.enrol_until <= row.starts_at,
        UserErrorCode::Invalid,
        "input.enrolUntil",
        || {
            Text::new(
                "Enrolment ends before the session begins, at the latest when it does.",
                "报名截止时间不得晚于开始时间。",
            )
        },
    );
}

/// The rows of who gives a session.
async fn trainers(
    work: &Work<'_>,
    checks: &mut Checks,
    session_id: Uuid,
    ids: &[Uuid],
) -> Result<Vec<training_session_trainer::Model>> {
    let field = "input.trainerIds";
    let mut ids = ids.to_vec();
    ids.sort();
    ids.dedup();
    checks.ensure(ids.len() <= TRAINERS, UserErrorCode::TooLong, field, || {
        Text::new(
            format!("At most {TRAINERS} members give a session."),
            format!("每场最多 {TRAINERS} 名讲师。"),
        )
    });
    ids.truncate(TRAINERS);
    let viewer = &work.call().viewer;
    let found = by_ids::<member::Entity>(work.tx(), viewer, Permission::MemberRead, &ids).await?;
    if ids.iter().any(|id| !found.contains_key(id)) {
        checks.found::<()>(field, None);
    }
    let at = work.call().at;
    Ok(ids
        .into_iter()
        .filter_map(|id| {
            Some(training_session_trainer::Model {
                id: new_id(at),
                session_id,
                member_id: id,
                name: found.get(&id)?.name.clone(),
            })
        })
        .collect())
}

pub(super) fn told(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: Value) {
    trace(
        work,
        (SESSION_CHANGED, "training_session"),
        id,
        action,
        detail,
    );
}

fn shown(row: &training_session::Model, trainers: &[Uuid]) -> Value {
    json!({
        "course": row.course_id,
        "place": row.place,
        "link": row.link,
        "guestTrainer": row.guest_trainer,
        "startsAt": row.starts_at,
        "endsAt": row.ends_at,
        "minutes": row.minutes,
        "capacity": row.capacity,
        "enrolUntil": row.enrol_until,
        "trainers": trainers,
    })
}
