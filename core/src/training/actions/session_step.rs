//! Opening, starting, finishing and cancelling a session (开放、开始、结束、取消场次).

use chrono::TimeDelta;
use entity::enums::{TrainingAttendance, TrainingEnrolmentState, TrainingSessionState};
use entity::{training_enrolment, training_session};
use serde_json::json;
use uuid::Uuid;

use super::attendance_count::{Counting, count};
use super::common::{BODY, enrolment_trace};
use super::enrol::enrol_planned;
use super::session::told;
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::settings;
use crate::training::rules::sessions::{Refusal, Step, Times, next};
use crate::training::store;
use crate::work::{Work, expect_version};

/// Which session takes which step.
#[derive(Clone, Debug)]
pub struct SessionStep {
    /// The session.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// What is done.
    pub step: Step,
    /// Why; needed to cancel it.
    pub reason: Option<String>,
}

/// Takes a step with a session and returns its id. When it is opened, those for whom it was planned are enrolled; when it is finished, hours and certificates follow for those who were checked
/// in, and whoever wasn't was absent; whoever still
/// waits then, or has a place when it is cancelled, has none any more.
///
/// # Errors
/// User errors when it can't be taken; refusals of permission, reach and version.
pub async fn session_step(app: &App, call: &Call, input: &SessionStep) -> Result<Uuid> {
    let permission = Permission::TrainingSessionManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let before =
        to_change::<training_session::Entity>(work.tx(), &call.viewer, permission, input.id)
            .await?;
    expect_version(before.version, input.expected_version)?;
    let enrolments = store::enrolments_of(work.tx(), before.id).await?;
    let times = Times {
        enrol_until: before.enrol_until,
        starts_at: before.starts_at,
    };
    let attended = enrolments.iter().any(|row| {
        row.attendance
            .is_some_and(|it| it != TrainingAttendance::Absent)
    });
    let state = next(before.state, input.step, times, attended, call.at).map_err(refused)?;
    let mut checks = Checks::default();
    let mut after = training_session::Model {
        state,
        ..before.clone()
    };
    let action = match input.step {
        Step::Open => "training.session.open",
        Step::Start => "training.session.start",
        Step::Finish => {
            let days = settings::read(work.tx(), &settings::TRAINING_FEEDBACK_DAYS).await?;
            after.held_at = Some(call.at);
            after.feedback_until = Some(call.at.max(before.ends_at) + TimeDelta::days(days));
            "training.session.finish"
        }
        Step::Cancel => {
            let reason = input.reason.as_deref().unwrap_or_default();
            after.reason = Some(checks.body("input.reason", reason, BODY));
            "training.session.cancel"
        }
    };
    checks.done()?;
    let after = store::save(work.tx(), after, call.at).await?;
    let counting = Counting::of(&work, &after, app.config.time_zone(), None).await?;
    if input.step == Step::Open {
        let day = after.starts_at.with_timezone(&app.config.time_zone());
        enrol_planned(&mut work, &after, day.date_naive()).await?;
    }
    for row in enrolments {
        settle(&mut work, &after, &counting, row).await?;
    }
    let detail = json!({ "from": before.state, "to": after.state, "reason": after.reason });
    told(&mut work, before.id, action, detail);
    work.commit().await?;
    Ok(before.id)
}

/// What the end of a session makes of an enrolment.
async fn settle(
    work: &mut Work<'_>,
    session: &training_session::Model,
    counting: &Counting,
    row: training_enrolment::Model,
) -> Result<()> {
    let at = work.call().at;
    let waits = row.state == TrainingEnrolmentState::Waiting;
    let has_place = row.state == TrainingEnrolmentState::Enrolled;
    let (row, action) = match session.state {
        TrainingSessionState::Held if has_place && row.attendance.is_none() => {
            let row = training_enrolment::Model {
                attendance: Some(TrainingAttendance::Absent),
                minutes: Some(0),
                ..row
            };
            (row, "training.enrolment.absent")
        }
        TrainingSessionState::Held if has_place => {
            let row = count(work, counting, row).await?;
            let detail = json!({
                "session": row.session_id, "member": row.member_id, "minutes": row.minutes,
            });
            enrolment_trace(work, &row, "training.attendance.count", detail);
            return Ok(());
        }
        TrainingSessionState::Held if waits => (ended(row, at), "training.enrolment.end"),
        TrainingSessionState::Cancelled if waits || has_place => {
            (ended(row, at), "training.enrolment.end")
        }
        _ => return Ok(()),
    };
    let row = store::save(work.tx(), row, at).await?;
    let detail = json!({ "session": row.session_id, "member": row.member_id });
    enrolment_trace(work, &row, action, detail);
    Ok(())
}

fn ended(
    row: training_enrolment::Model,
    at: chrono::DateTime<chrono::Utc>,
) -> training_enrolment::Model {
    training_enrolment::Model {
        state: TrainingEnrolmentState::Cancelled,
        cancelled_at: Some(at),
        ..row
    }
}

/// Why a step can't be taken, for people.
fn refused(refusal: Refusal) -> UserError {
    let text = match refusal {
        Refusal::TooLate => Text::new(
            "Enrolment would have ended already; set a later end of enrolment first.",
            "报名截止时间已过，请先延后报名截止时间。",
        ),
        Refusal::TooEarly => Text::new(
            "It is too early: a session is started an hour ahead at most, and finished after it has begun.",
            "时间未到：场次最早可提前一小时开始，开始时间之后方可结束。",
        ),
        Refusal::Attended => Text::new(
            "Somebody was checked in already; finish the session instead.",
            "已有成员签到，请改为结束该场次。",
        ),
        Refusal::State(state) => {
            let (en, zh) = match state {
                TrainingSessionState::Planned => {
                    ("is planned: open it first", "计划中，请先开放报名")
                }
                TrainingSessionState::Open => ("is open", "报名中"),
                TrainingSessionState::Running => ("takes place already", "进行中"),
                TrainingSessionState::Held => ("is over", "已结束"),
                TrainingSessionState::Cancelled => {
                    ("is cancelled: plan another one", "已取消，请另行安排")
                }
            };
            Text::new(format!("This session {en}."), format!("该场次{zh}。"))
        }
    };
    UserError::new(UserErrorCode::WrongState, "input.id", text)
}
