//! What the mutations are told.

use async_graphql::{InputObject, MaybeUndefined};
use entity::{
    certificate, member, position, training_course, training_enrolment, training_hour,
    training_path, training_session, training_study,
};

use super::enums::{TrainingAttendance, TrainingAudience, TrainingKind, TrainingSubject};
use crate::check::Change;
use crate::graphql::{Date, DateTime, Id};
use crate::training::actions;
use crate::training::rules::sessions::Step;

fn change<T, P>(given: MaybeUndefined<T>, plain: impl Fn(T) -> P) -> Change<P> {
    match given {
        MaybeUndefined::Undefined => Change::Keep,
        MaybeUndefined::Null => Change::Clear,
        MaybeUndefined::Value(value) => Change::Set(plain(value)),
    }
}

fn ids<E>(ids: Vec<Id<E>>) -> Vec<uuid::Uuid> {
    ids.into_iter().map(|id| id.uuid).collect()
}

/// Something to read: a title with a link, a text or both. 学习资料
#[derive(Clone, InputObject)]
pub struct TrainingMaterialInput {
    /// What it is called, 1 to 200 characters. 标题
    title: String,
    /// Where it is. 链接
    link: Option<String>,
    /// What it says, at most 4,000 characters. 文字
    text: Option<String>,
}

impl From<TrainingMaterialInput> for actions::Material {
    fn from(input: TrainingMaterialInput) -> Self {
        Self {
            title: input.title,
            link: input.link,
            text: input.text,
        }
    }
}

fn materials(list: Vec<TrainingMaterialInput>) -> Vec<actions::Material> {
    list.into_iter().map(Into::into).collect()
}

/// A course to make. 新建课程
#[derive(InputObject)]
pub struct TrainingCourseCreateInput {
    /// Its code, unique: small letters, digits and `_`, `-`, `.`. 编码
    code: String,
    /// What it is called, 1 to 200 characters. 名称
    name: String,
    /// Its name in Chinese, 1 to 200 characters. 中文名称
    name_zh: String,
    /// What it is about. 主题
    subject: TrainingSubject,
    /// How it is held. 形式
    kind: TrainingKind,
    /// For whom; members when nothing is said. 对象
    audience: Option<TrainingAudience>,
    /// How long it takes, 1 to 60,000 minutes. 时长（分钟）
    minutes: i32,
    /// What is learnt, 1 to 4,000 characters. 内容
    description: String,
    /// The same in Chinese. 中文内容
    description_zh: Option<String>,
    /// What there is to read, at most 30. 资料
    materials: Option<Vec<TrainingMaterialInput>>,
    /// The certificate that attending a session of it in full grants. 全程出勤授予的证书
    certificate_id: Option<Id<certificate::Entity>>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl TrainingCourseCreateInput {
    /// The plain order.
    pub fn plain(self) -> actions::CourseCreate {
        actions::CourseCreate {
            code: self.code,
            name: self.name,
            name_zh: self.name_zh,
            subject: self.subject.into(),
            kind: self.kind.into(),
            audience: self
                .audience
                .map_or(entity::enums::TrainingAudience::Staff, Into::into),
            minutes: self.minutes,
            description: self.description,
            description_zh: self.description_zh,
            materials: materials(self.materials.unwrap_or_default()),
            certificate_id: self.certificate_id.map(|id| id.uuid),
        }
    }
}

/// What changes about a course: what is absent stays. 修改课程
#[derive(InputObject)]
pub struct TrainingCourseUpdateInput {
    /// The course. 课程
    id: Id<training_course::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What it is called. 名称
    name: MaybeUndefined<String>,
    /// Its name in Chinese. 中文名称
    name_zh: MaybeUndefined<String>,
    /// How long it takes; sessions that are planned keep what they have. 时长（分钟）
    minutes: MaybeUndefined<i32>,
    /// What is learnt. 内容
    description: MaybeUndefined<String>,
    /// The same in Chinese; null takes it away. 中文内容
    description_zh: MaybeUndefined<String>,
    /// What there is to read, all of it; null takes it away. 资料
    materials: MaybeUndefined<Vec<TrainingMaterialInput>>,
    /// The certificate that attending a session of it in full grants from now on; null for none. 全程出勤授予的证书
    certificate_id: MaybeUndefined<Id<certificate::Entity>>,
    /// It isn't taught any more, or again. 是否停用
    retired: Option<bool>,
}

impl TrainingCourseUpdateInput {
    /// The plain order.
    pub fn plain(self) -> actions::CourseUpdate {
        actions::CourseUpdate {
            id: self.id.uuid,
            expected_version: self.expected_version,
            name: change(self.name, |text| text),
            name_zh: change(self.name_zh, |text| text),
            minutes: change(self.minutes, |minutes| minutes),
            description: change(self.description, |text| text),
            description_zh: change(self.description_zh, |text| text),
            materials: change(self.materials, materials),
            certificate_id: change(self.certificate_id, |id| id.uuid),
            retired: self.retired,
        }
    }
}

/// Who must do a path, and within what time. 必修要求
#[derive(InputObject)]
pub struct TrainingMandatoryInput {
    /// The holders of this position. 岗位
    position_id: Id<position::Entity>,
    /// Within so many days after they came to it, 1 to 1,096. 期限（天）
    days: i32,
    /// Nobody's time began before this day. 起始日期
    from: Date,
}

impl TrainingMandatoryInput {
    fn plain(self) -> actions::Mandatory {
        actions::Mandatory {
            position_id: self.position_id.uuid,
            days: self.days,
            from: self.from.0,
        }
    }
}

/// A learning path to make. 新建学习路径
#[derive(InputObject)]
pub struct TrainingPathCreateInput {
    /// Its code, unique. 编码
    code: String,
    /// What it is called, 1 to 200 characters. 名称
    name: String,
    /// Its name in Chinese, 1 to 200 characters. 中文名称
    name_zh: String,
    /// What it is for, 1 to 4,000 characters. 说明
    description: String,
    /// Who must do it; nobody when absent. 必修要求
    mandatory: Option<TrainingMandatoryInput>,
    /// Its courses in their order, 1 to 50. 课程
    course_ids: Vec<Id<training_course::Entity>>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl TrainingPathCreateInput {
    /// The plain order.
    pub fn plain(self) -> actions::PathCreate {
        actions::PathCreate {
            code: self.code,
            name: self.name,
            name_zh: self.name_zh,
            description: self.description,
            mandatory: self.mandatory.map(TrainingMandatoryInput::plain),
            courses: ids(self.course_ids),
        }
    }
}

/// What changes about a learning path: what is absent stays. 修改学习路径
#[derive(InputObject)]
pub struct TrainingPathUpdateInput {
    /// The path. 学习路径
    id: Id<training_path::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What it is called. 名称
    name: MaybeUndefined<String>,
    /// Its name in Chinese. 中文名称
    name_zh: MaybeUndefined<String>,
    /// What it is for. 说明
    description: MaybeUndefined<String>,
    /// Who must do it; null when nobody must any more. 必修要求
    mandatory: MaybeUndefined<TrainingMandatoryInput>,
    /// Its courses in their order, all of them. 课程
    course_ids: MaybeUndefined<Vec<Id<training_course::Entity>>>,
    /// It isn't used any more, or again. 是否停用
    retired: Option<bool>,
}

impl TrainingPathUpdateInput {
    /// The plain order.
    pub fn plain(self) -> actions::PathUpdate {
        actions::PathUpdate {
            id: self.id.uuid,
            expected_version: self.expected_version,
            name: change(self.name, |text| text),
            name_zh: change(self.name_zh, |text| text),
            description: change(self.description, |text| text),
            mandatory: change(self.mandatory, TrainingMandatoryInput::plain),
            courses: change(self.course_ids, ids),
            retired: self.retired,
        }
    }
}

/// A target to set. 设定学时目标
#[derive(InputObject)]
pub struct TrainingTargetSetInput {
    /// The position. 岗位
    position_id: Id<position::Entity>,
    /// From which year on, 2000 to 2100, until another one is set. 起始年份
    year: i32,
    /// How many minutes a year, 0 to 120,000. 年度学时（分钟）
    minutes: i32,
    /// The version of the target of that year as you saw it, when there is one. 期望版本
    expected_version: Option<i32>,
}

impl TrainingTargetSetInput {
    /// The plain order.
    pub fn plain(self) -> actions::TargetSet {
        actions::TargetSet {
            position_id: self.position_id.uuid,
            year: self.year,
            minutes: self.minutes,
            expected_version: self.expected_version,
        }
    }
}

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
            trainers: change(self.trainer_ids, ids),
            guest_trainer: change(self.guest_trainer, |text| text),
            place: change(self.place, |text| text),
            link: change(self.link, |text| text),
            starts_at: change(self.starts_at, |at| at.0),
            ends_at: change(self.ends_at, |at| at.0),
            minutes: change(self.minutes, |minutes| minutes),
            capacity: change(self.capacity, |places| places),
            enrol_until: change(self.enrol_until, |at| at.0),
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

/// Your own study elsewhere. 提交外部学习
#[derive(InputObject)]
pub struct TrainingStudySubmitInput {
    /// What was learnt, 1 to 200 characters. 学习内容
    title: String,
    /// Where, 1 to 200 characters. 机构
    provider: String,
    /// How long it took, in minutes. 时长（分钟）
    minutes: i32,
    /// When it was finished, a year ago at most. 完成日期
    studied_on: Date,
    /// The proof in words, such as the number of a certificate. 证明说明
    proof: Option<String>,
    /// Where the proof can be seen. 证明链接
    proof_link: Option<String>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl TrainingStudySubmitInput {
    /// The plain order.
    pub fn plain(self) -> actions::StudySubmit {
        actions::StudySubmit {
            title: self.title,
            provider: self.provider,
            minutes: self.minutes,
            studied_on: self.studied_on.0,
            proof: self.proof,
            proof_link: self.proof_link,
        }
    }
}

/// Which study is decided and how. 审批外部学习
#[derive(InputObject)]
pub struct TrainingStudyDecideInput {
    /// The study. 外部学习
    id: Id<training_study::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Does it count? 是否认可
    approve: bool,
    /// In your words, at most 4,000 characters; needed for a refusal. 审批意见
    note: Option<String>,
}

impl TrainingStudyDecideInput {
    /// The plain order.
    pub fn plain(self) -> actions::StudyDecide {
        actions::StudyDecide {
            id: self.id.uuid,
            expected_version: self.expected_version,
            approve: self.approve,
            note: self.note,
        }
    }
}

/// Which study is taken back. 撤回外部学习
#[derive(InputObject)]
pub struct TrainingStudyWithdrawInput {
    /// The study. 外部学习
    pub id: Id<training_study::Entity>,
    /// Its version as you saw it. 期望版本
    pub expected_version: i32,
}

/// What an entry of the ledger should come to. 更正学时
#[derive(InputObject)]
pub struct TrainingHoursCorrectInput {
    /// The entry, or one that corrects it. 学时记录
    entry_id: Id<training_hour::Entity>,
    /// The minutes that it should come to; 0 takes it back. 应计学时（分钟）
    minutes: i32,
    /// Why, 1 to 500 characters. 原因
    reason: String,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl TrainingHoursCorrectInput {
    /// The plain order.
    pub fn plain(self) -> actions::HoursCorrect {
        actions::HoursCorrect {
            id: self.entry_id.uuid,
            minutes: self.minutes,
            reason: self.reason,
        }
    }
}
