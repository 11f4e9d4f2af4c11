//! Sessions: their life, who is enrolled, who was there and how it was.

use async_graphql::{InputObject, MaybeUndefined};
use entity::{member, training_course, training_enrolment, training_session};

use super::ids;
use crate::graphql::{DateTime, Id, change};
use crate::training::actions;
use crate::training::graphql::enums::TrainingAttendance;
use crate::training::rules::sessions::Step;

/// A session to plan. 安排场次
#[derive(InputObject)]
pub struct TrainingSessionCreateInput {
    /// Of which course. 课程
    course_id: Id<training_course::Entity>,
    /// Which members give it, at most 10. 讲师
    trainer_ids: Vec<Id<member::Entity>>,
    /// Who gives it from outside. 外部讲师
    guest_trainer: Option<String>,
    /// Where. 地点
    place: Option<String>,
    /// The link, when it is held online. 线上链接
    link: Option<String>,
    /// From when. 开始时间
    starts_at: DateTime,
    /// Until when, exclusive. 结束时间
    ends_at: DateTime,
    /// What attending it counts, in minutes; as the course says when absent. 计入学时（分钟）
    minutes: Option<i32>,
    /// How many places there are, 1 to 1,000. 名额
    capacity: i32,
    /// Until when members can enrol; until it begins when absent. 报名截止时间
    enrol_until: Option<DateTime>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl TrainingSessionCreateInput {
    /// The plain order.
    pub fn plain(self) -> actions::SessionCreate {
        actions::SessionCreate {
            course_id: self.course_id.uuid,
            trainers: ids(self.trainer_ids),
            guest_trainer: self.guest_trainer,
            place: self.place,
            link: self.link,
            starts_at: self.starts_at.0,
            ends_at: self.ends_at.0,
            minutes: self.minutes,
            capacity: self.capacity,
            enrol_until: self.enrol_until.map(|at| at.0),
        }
    }
}

/// What changes about a session that hasn't begun: what is absent stays. 修改场次
#[derive(InputObject)]
pub struct TrainingSessionUpdateInput {
    /// The session. 场次
    id: Id<training_session::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Which members give it, all of them; null when nobody does. 讲师
    trainer_ids: MaybeUndefined<Vec<Id<member::Entity>>>,
    /// Who gives it from outside; null takes it away. 外部讲师
    guest_trainer: MaybeUndefined<String>,
    /// Where; null takes it away. 地点
    place: MaybeUndefined<String>,
    /// The link; null takes it away. 线上链接
    link: MaybeUndefined<String>,
    /// From when. 开始时间
    starts_at: MaybeUndefined<DateTime>,
    /// Until when, exclusive. 结束时间
    ends_at: MaybeUndefined<DateTime>,
    /// What attending it counts, in minutes. 计入学时（分钟）
    minutes: MaybeUndefined<i32>,
    /// How many places there are; not fewer than are taken. 名额
    capacity: MaybeUndefined<i32>,
    /// Until when members can enrol. 报名截止时间
    enrol_until: MaybeUndefined<DateTime>,
}

impl TrainingSessionUpdateInput {
    /// The plain order.
    pub fn plain(self) -> actions::SessionUpdate {
        actions::SessionUpdate {
            id: self.id.uuid,
            expected_version: self.expected_version,
            trainers: change(self.trainer_ids).map(ids),
            guest_trainer: change(self.guest_trainer),
            place: change(self.place),
            link: change(self.link),
            starts_at: change(self.starts_at).map(|at| at.0),
            ends_at: change(self.ends_at).map(|at| at.0),
            minutes: change(self.minutes),
            capacity: change(self.capacity),
            enrol_until: change(self.enrol_until).map(|at| at.0),
        }
    }
}

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident = $step:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(InputObject)]
            pub struct $name {
                /// The session. 场次
                id: Id<training_session::Entity>,
                /// Its version as you saw it. 期望版本
                expected_version: i32,
            }

            impl $name {
                /// The plain order.
                pub fn plain(self) -> actions::SessionStep {
                    actions::SessionStep {
                        id: self.id.uuid,
                        expected_version: self.expected_version,
                        step: Step::$step,
                        reason: None,
                    }
                }
            }
        )*
    };
}

steps! {
    /// Which session is opened. 开放报名
    TrainingSessionOpenInput = Open;
    /// Which session begins. 开始场次
    TrainingSessionBeginInput = Start;
    /// Which session is over. 结束场次
    TrainingSessionFinishInput = Finish;
}

/// Which session doesn't take place, and why. 取消场次
#[derive(InputObject)]
pub struct TrainingSessionCancelInput {
    /// The session. 场次
    id: Id<training_session::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Why, 1 to 4,000 characters. 原因
    reason: String,
}

impl TrainingSessionCancelInput {
    /// The plain order.
    pub fn plain(self) -> actions::SessionStep {
        actions::SessionStep {
            id: self.id.uuid,
            expected_version: self.expected_version,
            step: Step::Cancel,
            reason: Some(self.reason),
        }
    }
}

/// Who is enrolled in what. 报名
#[derive(InputObject)]
pub struct TrainingEnrolInput {
    /// The session. 场次
    session_id: Id<training_session::Entity>,
    /// The members in the order in which they get places, at most 50; yourself when absent. 成员
    member_ids: Option<Vec<Id<member::Entity>>>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl TrainingEnrolInput {
    /// The plain order.
    pub fn plain(self) -> actions::Enrol {
        actions::Enrol {
            session_id: self.session_id.uuid,
            members: ids(self.member_ids.unwrap_or_default()),
        }
    }
}

/// Which enrolment is taken back. 取消报名
#[derive(InputObject)]
pub struct TrainingEnrolmentCancelInput {
    /// The enrolment. 报名
    pub id: Id<training_enrolment::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
}

/// Who attended how. 出勤
#[derive(InputObject)]
pub struct TrainingAttendanceInput {
    /// The enrolment. 报名
    enrolment_id: Id<training_enrolment::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// In full, in part or none. 出勤
    attendance: TrainingAttendance,
    /// For how long, in minutes: for PART only, fewer than the session counts. 时长（分钟）
    minutes: Option<i32>,
}

/// The attendance of a session, or of some of its members. 登记出勤
#[derive(InputObject)]
pub struct TrainingAttendanceRecordInput {
    /// The session. 场次
    session_id: Id<training_session::Entity>,
    /// Who attended how, 1 to 200. 出勤明细
    rows: Vec<TrainingAttendanceInput>,
    /// Why something is put right, needed once the session is over; at most 500 characters; the ledger of hours keeps it. 更正原因
    reason: Option<String>,
}

impl TrainingAttendanceRecordInput {
    /// The plain order.
    pub fn plain(self) -> actions::AttendanceRecord {
        let rows = self.rows.into_iter().map(|row| actions::Noted {
            enrolment_id: row.enrolment_id.uuid,
            expected_version: row.expected_version,
            attendance: row.attendance.into(),
            minutes: row.minutes,
        });
        actions::AttendanceRecord {
            session_id: self.session_id.uuid,
            rows: rows.collect(),
            reason: self.reason,
        }
    }
}

/// How a session was. 培训反馈
#[derive(InputObject)]
pub struct TrainingFeedbackGiveInput {
    /// The session. 场次
    session_id: Id<training_session::Entity>,
    /// 1 (bad) to 5 (good). 评分
    rating: i32,
    /// In your own words, at most 4,000 characters. 意见
    comment: Option<String>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl TrainingFeedbackGiveInput {
    /// The plain order.
    pub fn plain(self) -> actions::FeedbackGive {
        actions::FeedbackGive {
            session_id: self.session_id.uuid,
            rating: self.rating,
            comment: self.comment,
        }
    }
}
