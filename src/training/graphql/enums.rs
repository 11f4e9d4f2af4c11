//! Training's enums as clients see them.

use async_graphql::Enum;

use crate::enum_filter;

/// What a course is about. 培训主题
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::TrainingSubject")]
pub enum TrainingSubject {
    /// The products and how they are used. 产品知识
    ProductKnowledge,
    /// Finding faults and mending them. 技术技能
    TechnicalSkill,
    /// Serving customers. 服务技能
    ServiceSkill,
    /// Talking and listening. 沟通
    Communication,
    /// Keeping calm, one's own feelings and those of others. 情绪管理
    EmotionManagement,
    /// How the company works. 公司制度
    CompanyPolicy,
    /// Working together. 团队协作
    Teamwork,
}

/// How a course is held. 培训形式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::TrainingKind")]
pub enum TrainingKind {
    /// Somebody teaches. 课程
    Course,
    /// Cases are taken apart together. 案例分析
    CaseStudy,
    /// Situations are played through. 模拟演练
    Drill,
    /// Colleagues tell what they have learnt. 经验分享
    Sharing,
}

/// For whom a course is. 培训对象
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::TrainingAudience")]
pub enum TrainingAudience {
    /// Members of the company. 内部成员
    Staff,
    /// Customers who learn to use a product. 客户
    Customers,
}

/// What has become of a session. 场次状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::TrainingSessionState")]
pub enum TrainingSessionState {
    /// It is being prepared; nobody can enrol. 计划中
    Planned,
    /// Members can enrol. 报名中
    Open,
    /// It takes place. 进行中
    Running,
    /// It has taken place. 已结束
    Held,
    /// It doesn't take place. 已取消
    Cancelled,
}

/// What has become of an enrolment. 报名状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::TrainingEnrolmentState")]
pub enum TrainingEnrolmentState {
    /// The member has a place. 已报名
    Enrolled,
    /// The member waits for a place. 候补
    Waiting,
    /// It was taken back. 已取消
    Cancelled,
}

/// Whether a member was there. 出勤
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::TrainingAttendance")]
pub enum TrainingAttendance {
    /// From the beginning to the end. 全程
    Present,
    /// For some of the time. 部分
    Part,
    /// Not at all. 缺勤
    Absent,
}

/// What has become of a study elsewhere. 外部学习状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::TrainingStudyState")]
pub enum TrainingStudyState {
    /// It waits for a decision. 待审批
    Submitted,
    /// Its hours count. 已认可
    Approved,
    /// It doesn't count. 已驳回
    Rejected,
    /// The member took it back. 已撤回
    Withdrawn,
}

/// Where an entry of the ledger comes from. 学时来源
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::TrainingHoursKind")]
pub enum TrainingHoursKind {
    /// A session that was attended. 出勤
    Attendance,
    /// A study elsewhere that was approved. 外部学习
    External,
    /// Puts an earlier entry right. 更正
    Correction,
    /// Takes an earlier entry back as a whole. 冲销
    Reversal,
}

enum_filter!(
    TrainingSubjectFilter,
    TrainingSubject,
    entity::enums::TrainingSubject,
    "Compares the subject of a course. 主题条件"
);

enum_filter!(
    TrainingKindFilter,
    TrainingKind,
    entity::enums::TrainingKind,
    "Compares the form of a course. 形式条件"
);

enum_filter!(
    TrainingSessionStateFilter,
    TrainingSessionState,
    entity::enums::TrainingSessionState,
    "Compares the state of a session. 场次状态条件"
);

enum_filter!(
    TrainingEnrolmentStateFilter,
    TrainingEnrolmentState,
    entity::enums::TrainingEnrolmentState,
    "Compares the state of an enrolment. 报名状态条件"
);

enum_filter!(
    TrainingAttendanceFilter,
    TrainingAttendance,
    entity::enums::TrainingAttendance,
    "Compares the attendance of an enrolment. 出勤条件"
);

enum_filter!(
    TrainingStudyStateFilter,
    TrainingStudyState,
    entity::enums::TrainingStudyState,
    "Compares the state of a study elsewhere. 外部学习状态条件"
);

enum_filter!(
    TrainingHoursKindFilter,
    TrainingHoursKind,
    entity::enums::TrainingHoursKind,
    "Compares the source of an entry of hours. 学时来源条件"
);
