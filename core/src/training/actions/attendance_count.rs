//! What follows from attendance once a session is over (出勤结算): the ledger of hours, and the certificate of the course.

use chrono::NaiveDate;
use chrono_tz::Tz;
use entity::enums::{TrainingAttendance, TrainingHoursKind};
use entity::{training_course, training_enrolment, training_session};

use super::common::{About, book};
use crate::access::{Permission, Viewer, find};
use crate::error::{Error, Result};
use crate::organisation::workforce::actions::{Grant, certificate_grant, certificate_withdraw};
use crate::training::store;
use crate::work::Work;

/// What attendance of a session is counted by.
pub(super) struct Counting {
    course: training_course::Model,
    day: NaiveDate,
    reason: Option<String>,
}

impl Counting {
    /// Attendance of that session counts on its first day, in the organisation's time zone.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) async fn of(
        work: &Work<'_>,
        session: &training_session::Model,
        zone: Tz,
        reason: Option<String>,
    ) -> Result<Self> {
        Ok(Self {
            course: course_of(work, session).await?,
            day: session.starts_at.with_timezone(&zone).date_naive(),
            reason,
        })
    }
}

/// Lets hours and the certificate follow from the attendance of an enrolment, as it is now, and keeps the row.
///
/// # Errors
/// When the database fails.
pub(super) async fn count(
    work: &mut Work<'_>,
    by: &Counting,
    row: training_enrolment::Model,
) -> Result<training_enrolment::Model> {
    let row = certify(work, &by.course, row, by.day).await?;
    let at = work.call().at;
    let row = store::save(work.tx(), row, at).await?;
    let booked = store::booked_for(work.tx(), Some(row.id), None).await?;
    let about = About {
        member: row.member_id,
        day: by.day,
        kind: TrainingHoursKind::Attendance,
        enrolment: Some(row.id),
        study: None,
        reason: by.reason.clone(),
    };
    book(work, about, &booked, row.minutes.unwrap_or(0)).await?;
    Ok(row)
}

/// The course, whatever the recorder may see of the catalogue: what it grants is the house's rule.
async fn course_of(
    work: &Work<'_>,
    session: &training_session::Model,
) -> Result<training_course::Model> {
    let (system, read) = (Viewer::system(), Permission::TrainingCourseRead);
    find::<training_course::Entity>(work.tx(), &system, read, session.course_id)
        .await?
        .ok_or_else(|| Error::internal("a session without its course"))
}

/// What follows from attendance for the certificate of the course: who was there in full is granted it, once for each session;
/// whose attendance is put right to less loses what it granted.
async fn certify(
    work: &mut Work<'_>,
    course: &training_course::Model,
    row: training_enrolment::Model,
    day: NaiveDate,
) -> Result<training_enrolment::Model> {
    let in_full = row.attendance == Some(TrainingAttendance::Present);
    let granted_id = match (in_full, row.granted_id, course.certificate_id) {
        (true, None, Some(certificate_id)) => {
            let grant = Grant {
                member_id: row.member_id,
                certificate_id,
                number: format!("{}/{day}", course.code),
                reason: format!("course {} attended on {day}", course.code),
            };
            Some(certificate_grant(work, &grant).await?)
        }
        (false, Some(granted), _) => {
            let reason = format!(
                "the attendance of {} on {day} was put right to less than in full",
                course.code
            );
            certificate_withdraw(work, granted, &reason).await?;
            None
        }
        (_, granted, _) => granted,
    };
    Ok(training_enrolment::Model { granted_id, ..row })
}
