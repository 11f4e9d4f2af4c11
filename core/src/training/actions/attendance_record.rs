//! Recording who attended (登记出勤). While a session takes place that is a check-in; once it is over, hours and the certificate
//! of the course follow in the same transaction.

use entity::enums::{TrainingAttendance, TrainingEnrolmentState, TrainingSessionState};
use entity::{training_enrolment, training_session};
use serde_json::json;
use uuid::Uuid;

use super::attendance_count::{Counting, count};
use super::common::{enrolment_trace, wrong_state};
use super::session::told;
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserErrorCode};
use crate::training::rules::sessions::{attended, takes_attendance};
use crate::training::store;
use crate::work::{Work, expect_version};

/// The most at once.
const MOST: usize = 200;

/// Who attended how.
#[derive(Clone, Copy, Debug)]
pub struct Noted {
    /// The enrolment.
    pub enrolment_id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// In full, in part or none.
    pub attendance: TrainingAttendance,
    /// For how long, when it was in part.
    pub minutes: Option<i32>,
}

/// The attendance of a session, or of some.
#[derive(Clone, Debug)]
pub struct AttendanceRecord {
    /// The session.
    pub session_id: Uuid,
    /// Who attended how.
    pub rows: Vec<Noted>,
    /// Why something is put right once the session is over; needed then.
    pub reason: Option<String>,
}

/// Records attendance and returns the session's id: all of it or none.
///
/// # Errors
/// User errors about the values; refusals of permission, reach and version.
pub async fn attendance_record(app: &App, call: &Call, input: &AttendanceRecord) -> Result<Uuid> {
    let permission = Permission::TrainingAttendanceWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let session = to_change::<training_session::Entity>(
        work.tx(),
        &call.viewer,
        permission,
        input.session_id,
    )
    .await?;
    if !takes_attendance(session.state) {
        return Err(wrong_state(
            "input.sessionId",
            "Attendance is recorded while a session takes place and afterwards; start it first.",
            "场次进行中或结束后方可登记出勤，请先开始该场次。",
        )
        .into());
    }
    let rows = store::enrolments_of(work.tx(), session.id).await?;
    let mut checks = Checks::default();
    let reason = checks.optional_text("input.reason", input.reason.as_deref(), 500);
    checks.ensure(
        (1..=MOST).contains(&input.rows.len()),
        UserErrorCode::Invalid,
        "input.rows",
        || {
            Text::new(
                format!("Record 1 to {MOST} at once."),
                format!("一次可登记 1 至 {MOST} 人。"),
            )
        },
    );
    let over = session.state == TrainingSessionState::Held;
    let mut put_right = false;
    let mut changes: Vec<(training_enrolment::Model, bool)> = Vec::new();
    for (n, noted) in input.rows.iter().take(MOST).enumerate() {
        let at = |part: &str| format!("input.rows.{n}.{part}");
        let row = rows.iter().find(|row| row.id == noted.enrolment_id);
        let Some(row) = checks.found(&at("enrolmentId"), row) else {
            continue;
        };
        expect_version(row.version, noted.expected_version)?;
        checks.ensure(
            row.state == TrainingEnrolmentState::Enrolled,
            UserErrorCode::WrongState,
            &at("enrolmentId"),
            || {
                Text::new(
                    "This member has no place in the session.",
                    "该成员在此场次没有名额。",
                )
            },
        );
        checks.ensure(
            Some(row.member_id) != call.viewer.standing.member_id,
            UserErrorCode::RuleViolated,
            &at("enrolmentId"),
            || {
                Text::new(
                    "Nobody records their own attendance: ask somebody else who may.",
                    "不能登记本人的出勤，请由其他有权限的人登记。",
                )
            },
        );
        let minutes = attended(noted.attendance, noted.minutes, session.minutes);
        checks.ensure(
            minutes.is_some(),
            UserErrorCode::Invalid,
            &at("minutes"),
            || {
                Text::new(
                    format!(
                        "Give minutes for PART only, fewer than the {} of the session.",
                        session.minutes
                    ),
                    format!(
                        "仅部分出勤需填写分钟数，且须少于本场的 {} 分钟。",
                        session.minutes
                    ),
                )
            },
        );
        let twice = changes.iter().any(|(other, _)| other.id == row.id);
        checks.ensure(!twice, UserErrorCode::Invalid, &at("enrolmentId"), || {
            Text::new(
                "This enrolment stands twice in the list.",
                "该报名在列表中重复。",
            )
        });
        // What is only saved again counts nothing anew: the ledger may have been corrected since.
        let counts = over && (row.attendance, row.minutes) != (Some(noted.attendance), minutes);
        put_right |= counts;
        let row = training_enrolment::Model {
            attendance: Some(noted.attendance),
            minutes,
            checked_in_at: row.checked_in_at.or(Some(call.at)),
            ..row.clone()
        };
        changes.push((row, counts));
    }
    checks.ensure(
        !put_right || reason.is_some(),
        UserErrorCode::Blank,
        "input.reason",
        || {
            Text::new(
                "The session is over: say why its attendance is put right.",
                "场次已结束，更正出勤须说明原因。",
            )
        },
    );
    checks.done()?;
    let counting = Counting::of(&work, &session, app.config.time_zone(), reason.clone()).await?;
    for (row, counts) in changes {
        let row = if counts {
            count(&mut work, &counting, row).await?
        } else {
            store::save(work.tx(), row, call.at).await?
        };
        let detail = json!({
            "session": row.session_id,
            "member": row.member_id,
            "attendance": row.attendance,
            "minutes": row.minutes,
            "reason": reason,
        });
        enrolment_trace(&mut work, &row, "training.attendance.record", detail);
    }
    let detail = json!({ "rows": input.rows.len() });
    told(&mut work, session.id, "training.session.attendance", detail);
    work.commit().await?;
    Ok(session.id)
}
