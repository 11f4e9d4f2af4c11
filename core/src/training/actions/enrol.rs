//! Enrolling members in a session (报名).

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::enums::{TrainingAudience, TrainingEnrolmentState, TrainingSessionState};
use entity::{member, training_course, training_enrolment, training_session};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{enrolment_trace, user, wrong_state};
use crate::access::{Call, Permission, Viewer, by_ids, find, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::organisation::holds_on;
use crate::training::needs::store::planned_for;
use crate::training::rules::queue::{Place, admit, next_turn};
use crate::training::store;
use crate::work::{Once, Work};

/// The most members at once.
const MOST: usize = 50;

/// Who is enrolled in what.
#[derive(Clone, Debug, Serialize)]
pub struct Enrol {
    /// The session.
    pub session_id: Uuid,
    /// The members in the order in which they get places; oneself when nobody is named.
    pub members: Vec<Uuid>,
}

/// Enrols members and returns the session's id: all of them or none. Whoever finds no place waits for one.
///
/// # Errors
/// User errors when they can't be enrolled; refusals of permission and reach.
pub async fn enrol(
    app: &App,
    call: &Call,
    input: &Enrol,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::TrainingEnrol;
    call.viewer.require(permission)?;
    let members = named(call, &input.members)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "trainingEnrol", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    // Locked: of two for the last place one comes after the other.
    let read = Permission::TrainingSessionRead;
    let session =
        to_change::<training_session::Entity>(work.tx(), &call.viewer, read, input.session_id)
            .await?;
    open(&work, &session).await?;
    let people = by_ids::<member::Entity>(work.tx(), &call.viewer, permission, &members).await?;
    if people.len() < members.len() {
        out_of_reach(&work, &members, &people).await?;
    }
    let trainers = store::trainers_of(work.tx(), &[session.id]).await?;
    let trainers = trainers.get(&session.id).map_or(&[][..], Vec::as_slice);
    let rows = store::enrolments_of(work.tx(), session.id).await?;
    let mut places = store::places(&rows);
    let mut known: HashMap<Uuid, training_enrolment::Model> =
        rows.into_iter().map(|row| (row.member_id, row)).collect();
    let day = session
        .starts_at
        .with_timezone(&app.config.time_zone())
        .date_naive();
    for id in members {
        let Some(person) = people.get(&id) else {
            continue;
        };
        let former = known.remove(&id);
        let mut checks = Checks::default();
        checks.ensure(
            former
                .as_ref()
                .is_none_or(|row| row.state == TrainingEnrolmentState::Cancelled),
            UserErrorCode::Taken,
            "input.memberIds",
            || {
                Text::new(
                    format!("{} is enrolled or waits already.", person.name),
                    format!("{}已报名或正在候补。", person.name),
                )
            },
        );
        checks.ensure(
            holds_on(person.joined_on, person.left_on, day),
            UserErrorCode::RuleViolated,
            "input.memberIds",
            || {
                Text::new(
                    format!("{} doesn't work here on that day.", person.name),
                    format!("{}当日不在职。", person.name),
                )
            },
        );
        checks.ensure(
            !trainers.contains(&id),
            UserErrorCode::RuleViolated,
            "input.memberIds",
            || {
                Text::new(
                    format!("{} gives this session.", person.name),
                    format!("{}是该场次的讲师。", person.name),
                )
            },
        );
        checks.done()?;
        take_in(&mut work, &session, &mut places, id, former).await?;
    }
    work.done(session.id).await?;
    work.commit().await?;
    Ok(session.id)
}

/// Gives the next member a place, or a turn to wait for one.
async fn take_in(
    work: &mut Work<'_>,
    session: &training_session::Model,
    places: &mut Vec<Place>,
    member: Uuid,
    former: Option<training_enrolment::Model>,
) -> Result<()> {
    let capacity = usize::try_from(session.capacity).unwrap_or(0);
    let at = (admit(capacity, places), next_turn(places));
    let row = put(work, session, member, former, at).await?;
    places.retain(|place| place.id != row.id);
    places.extend(store::places(std::slice::from_ref(&row)));
    let detail = json!({ "session": session.id, "member": member, "state": row.state });
    enrolment_trace(work, &row, "training.enrolment.create", detail);
    Ok(())
}

/// Enrols those for whom a session was planned, as it is opened; whoever gives it or doesn't work here any more is left out.
///
/// # Errors
/// When the database fails.
pub(super) async fn enrol_planned(
    work: &mut Work<'_>,
    session: &training_session::Model,
    day: NaiveDate,
) -> Result<()> {
    let members = planned_for(work.tx(), session.id).await?;
    if members.is_empty() {
        return Ok(());
    }
    let (system, read) = (Viewer::system(), Permission::MemberRead);
    let people = by_ids::<member::Entity>(work.tx(), &system, read, &members).await?;
    let trainers = store::trainers_of(work.tx(), &[session.id]).await?;
    let trainers = trainers.get(&session.id).map_or(&[][..], Vec::as_slice);
    let rows = store::enrolments_of(work.tx(), session.id).await?;
    let mut places = store::places(&rows);
    for id in members {
        let here = people
            .get(&id)
            .is_some_and(|person| holds_on(person.joined_on, person.left_on, day));
        let known = rows.iter().any(|row| row.member_id == id);
        if here && !known && !trainers.contains(&id) {
            take_in(work, session, &mut places, id, None).await?;
        }
    }
    Ok(())
}

/// The members that are meant, each once.
fn named(call: &Call, members: &[Uuid]) -> Result<Vec<Uuid>> {
    let mut named: Vec<Uuid> = Vec::new();
    for id in members {
        if !named.contains(id) {
            named.push(*id);
        }
    }
    if named.is_empty() {
        named.extend(call.viewer.standing.member_id);
    }
    let mistake = |code, text| Err(UserError::new(code, "input.memberIds", text).into());
    match named.len() {
        0 => mistake(
            UserErrorCode::Blank,
            Text::new(
                "Your account is no member's: name the members to enrol.",
                "您的账号未关联成员，请指定报名成员。",
            ),
        ),
        count if count > MOST => mistake(
            UserErrorCode::TooLong,
            Text::new(
                format!("At most {MOST} members are enrolled at once."),
                format!("一次最多为 {MOST} 名成员报名。"),
            ),
        ),
        _ => Ok(named),
    }
}

/// Refuses a session that nobody can enrol in.
async fn open(work: &Work<'_>, session: &training_session::Model) -> Result<()> {
    let call = work.call();
    let read = Permission::TrainingCourseRead;
    let course =
        find::<training_course::Entity>(work.tx(), &call.viewer, read, session.course_id).await?;
    if course.is_some_and(|course| course.audience == TrainingAudience::Customers) {
        let text = Text::new(
            "This course is for customers; members don't enrol.",
            "该课程面向客户，成员无需报名。",
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.sessionId", text).into());
    }
    if session.state != TrainingSessionState::Open {
        return Err(wrong_state(
            "input.sessionId",
            "This session isn't open for enrolment; look for one in the state OPEN.",
            "该场次未开放报名，请选择报名中的场次。",
        )
        .into());
    }
    if call.at >= session.enrol_until {
        return Err(wrong_state(
            "input.sessionId",
            "Enrolment has ended; ask who gives the session to extend it.",
            "报名已截止，请联系讲师延长报名时间。",
        )
        .into());
    }
    Ok(())
}

/// Refuses members who aren't there or out of reach: those that are seen are named as such.
async fn out_of_reach(
    work: &Work<'_>,
    members: &[Uuid],
    reached: &HashMap<Uuid, member::Model>,
) -> Result<()> {
    let viewer = &work.call().viewer;
    let seen = by_ids::<member::Entity>(work.tx(), viewer, Permission::MemberRead, members).await?;
    if members
        .iter()
        .any(|id| seen.contains_key(id) && !reached.contains_key(id))
    {
        return Err(viewer.reach_too_small(Permission::TrainingEnrol).into());
    }
    let text = Text::new("There is no such member.", "成员不存在。");
    Err(UserError::new(UserErrorCode::NotFound, "input.memberIds", text).into())
}

/// Writes an enrolment, or takes up one that was cancelled with a new turn.
async fn put(
    work: &Work<'_>,
    session: &training_session::Model,
    member: Uuid,
    former: Option<training_enrolment::Model>,
    (state, turn): (TrainingEnrolmentState, i64),
) -> Result<training_enrolment::Model> {
    let call = work.call();
    if let Some(former) = former {
        let row = training_enrolment::Model {
            state,
            turn,
            queued_at: call.at,
            enrolled_by: user(call),
            promoted_at: None,
            cancelled_at: None,
            ..former
        };
        return store::save(work.tx(), row, call.at).await;
    }
    let row = training_enrolment::Model {
        id: new_id(call.at),
        session_id: session.id,
        member_id: member,
        state,
        queued_at: call.at,
        turn,
        enrolled_by: user(call),
        promoted_at: None,
        cancelled_at: None,
        attendance: None,
        minutes: None,
        granted_id: None,
        checked_in_at: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    store::insert(work.tx(), row.clone()).await?;
    Ok(row)
}
