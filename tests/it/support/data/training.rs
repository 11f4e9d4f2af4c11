use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{
    TrainingAttendance, TrainingAudience, TrainingEnrolmentState, TrainingHoursKind, TrainingKind,
    TrainingSessionState, TrainingStudyState, TrainingSubject,
};
use entity::{
    training_course, training_enrolment, training_feedback, training_hour, training_path,
    training_path_course, training_session, training_session_trainer, training_study,
    training_target,
};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{Table, days_ago, key, start, write};

/// Courses, sessions, hours.
#[derive(Clone, Debug, Default)]
pub struct Training {
    pub courses: Vec<training_course::Model>,
    pub paths: Vec<training_path::Model>,
    pub path_courses: Vec<training_path_course::Model>,
    pub sessions: Vec<training_session::Model>,
    pub trainers: Vec<training_session_trainer::Model>,
    pub enrolments: Vec<training_enrolment::Model>,
    pub feedbacks: Vec<training_feedback::Model>,
    pub studies: Vec<training_study::Model>,
    pub hours: Vec<training_hour::Model>,
    pub targets: Vec<training_target::Model>,
}

fn after(days: i64) -> DateTime<Utc> {
    start() + TimeDelta::days(days)
}

impl Training {
    /// Writes everything; members and positions must be there already.
    pub async fn insert(&self, tx: &impl ConnectionTrait) {
        write(tx, &self.courses).await;
        write(tx, &self.paths).await;
        write(tx, &self.path_courses).await;
        write(tx, &self.sessions).await;
        write(tx, &self.trainers).await;
        write(tx, &self.enrolments).await;
        write(tx, &self.feedbacks).await;
        write(tx, &self.studies).await;
        write(tx, &self.hours).await;
        write(tx, &self.targets).await;
    }

    /// Two courses, both mandatory for team leads. Session 1 is open, with one place, and nobody has it; session 2 was held a
    /// month ago: the agent and the mover were there, the engineer for half of it, the coordinator not; the first three said
    /// how it was. The colleague gives both. The agent has submitted a study; agents learn 50 hours a year.
    pub fn small() -> Self {
        let mut training = Self::default();
        for (n, code) in [(1, "listening"), (2, "arrays")] {
            training.courses.push(training_course::Model {
                id: key(Table::Course, n),
                code: code.to_owned(),
                name: format!("Course {n}"),
                name_zh: format!("课程{n}"),
                subject: TrainingSubject::Communication,
                kind: TrainingKind::Course,
                audience: TrainingAudience::Staff,
                minutes: 120,
                description: "To listen. 倾听".to_owned(),
                description_zh: None,
                materials: json!([{ "title": "Slides", "link": "https://example.com/slides", "text": null }]),
                certificate_id: None,
                retired_at: None,
                version: 1,
                created_at: start(),
                updated_at: start(),
            });
            training.path_courses.push(training_path_course::Model {
                id: key(Table::PathCourse, n),
                path_id: key(Table::Path, 1),
                course_id: key(Table::Course, n),
                place: i32::try_from(n).expect("a place"),
            });
        }
        training.paths.push(training_path::Model {
            id: key(Table::Path, 1),
            code: "leading".to_owned(),
            name: "Leading".to_owned(),
            name_zh: "带团队".to_owned(),
            description: "For who leads. 主管必修".to_owned(),
            position_id: Some(key(Table::Position, 3)),
            days_limit: Some(30),
            mandatory_from: Some(days_ago(10)),
            retired_at: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        training.session(1, 10, TrainingSessionState::Open, 1);
        training.session(2, -30, TrainingSessionState::Held, 10);
        use TrainingAttendance::{Absent, Part, Present};
        for (n, member, attendance, minutes) in [
            (1, 2, Present, 120),
            (2, 5, Present, 120),
            (3, 4, Part, 60),
            (4, 8, Absent, 0),
        ] {
            training.attended(n, key(Table::Member, member), attendance, minutes);
        }
        training.studies.push(training_study::Model {
            id: key(Table::Study, 1),
            member_id: key(Table::Member, 2),
            title: "English".to_owned(),
            provider: "Evening school".to_owned(),
            minutes: 90,
            studied_on: days_ago(5),
            proof: Some("No. 17".to_owned()),
            proof_link: None,
            state: TrainingStudyState::Submitted,
            decided_by: None,
            decided_by_name: None,
            decided_at: None,
            decision_note: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        training.targets.push(training_target::Model {
            id: key(Table::Target, 1),
            position_id: key(Table::Position, 1),
            year: 2026,
            minutes: 3_000,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        training
    }

    fn session(&mut self, n: usize, days: i64, state: TrainingSessionState, capacity: i32) {
        let held = (state == TrainingSessionState::Held).then(|| after(days));
        self.sessions.push(training_session::Model {
            id: key(Table::TrainingSession, n),
            course_id: key(Table::Course, n),
            place: Some("Room 1".to_owned()),
            link: None,
            guest_trainer: None,
            starts_at: after(days),
            ends_at: after(days) + TimeDelta::hours(2),
            minutes: 120,
            capacity,
            enrol_until: after(days),
            state,
            reason: None,
            held_at: held,
            feedback_until: held.map(|held| held + TimeDelta::days(14)),
            created_by: Uuid::nil(),
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        self.trainers.push(training_session_trainer::Model {
            id: key(Table::SessionTrainer, n),
            session_id: key(Table::TrainingSession, n),
            member_id: key(Table::Member, 3),
            name: "Zhang Wei".to_owned(),
        });
    }

    fn attended(&mut self, n: usize, member: Uuid, attendance: TrainingAttendance, minutes: i32) {
        let enrolment = key(Table::Enrolment, n);
        self.enrolments.push(training_enrolment::Model {
            id: enrolment,
            session_id: key(Table::TrainingSession, 2),
            member_id: member,
            state: TrainingEnrolmentState::Enrolled,
            queued_at: after(-40),
            turn: i64::try_from(n).expect("a turn"),
            enrolled_by: Uuid::nil(),
            promoted_at: None,
            cancelled_at: None,
            attendance: Some(attendance),
            minutes: Some(minutes),
            granted_id: None,
            checked_in_at: Some(after(-30)),
            version: 1,
            created_at: after(-40),
            updated_at: after(-30),
        });
        if minutes == 0 {
            return;
        }
        self.feedbacks.push(training_feedback::Model {
            id: key(Table::Feedback, n),
            session_id: key(Table::TrainingSession, 2),
            enrolment_id: enrolment,
            rating: 6 - i32::try_from(n).expect("a rating"),
            comment: Some(format!("Said {n}")),
            given_at: after(-29),
        });
        self.hours.push(training_hour::Model {
            id: key(Table::HoursEntry, n),
            member_id: member,
            day: days_ago(30),
            minutes,
            kind: TrainingHoursKind::Attendance,
            enrolment_id: Some(enrolment),
            study_id: None,
            corrects_id: None,
            reason: None,
            booked_by: None,
            booked_by_name: "Zhang Wei".to_owned(),
            booked_at: after(-30),
        });
    }
}
