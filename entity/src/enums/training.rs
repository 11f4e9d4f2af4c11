//! What training chooses from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a course is about (培训主题).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum TrainingSubject {
    /// The products and how they are used (产品知识).
    #[sea_orm(string_value = "product_knowledge")]
    ProductKnowledge,
    /// Finding faults and mending them (技术技能).
    #[sea_orm(string_value = "technical_skill")]
    TechnicalSkill,
    /// Serving customers (服务技能).
    #[sea_orm(string_value = "service_skill")]
    ServiceSkill,
    /// Talking and listening (沟通).
    #[sea_orm(string_value = "communication")]
    Communication,
    /// Keeping calm, one's own feelings and those of others (情绪管理).
    #[sea_orm(string_value = "emotion_management")]
    EmotionManagement,
    /// How the company works (公司制度).
    #[sea_orm(string_value = "company_policy")]
    CompanyPolicy,
    /// Working together (团队协作).
    #[sea_orm(string_value = "teamwork")]
    Teamwork,
}

/// How a course is held (培训形式).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum TrainingKind {
    /// Somebody teaches (课程).
    #[sea_orm(string_value = "course")]
    Course,
    /// Cases are taken apart together (案例分析).
    #[sea_orm(string_value = "case_study")]
    CaseStudy,
    /// Situations are played through (模拟演练).
    #[sea_orm(string_value = "drill")]
    Drill,
    /// Colleagues tell what they have learnt (经验分享).
    #[sea_orm(string_value = "sharing")]
    Sharing,
}

/// For whom a course is (培训对象).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum TrainingAudience {
    /// Members of the company (内部成员).
    #[sea_orm(string_value = "staff")]
    Staff,
    /// Customers who learn to use a product (客户).
    #[sea_orm(string_value = "customers")]
    Customers,
}

/// What has become of a session (场次状态).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum TrainingSessionState {
    /// It is being prepared; nobody can enrol (计划中).
    #[sea_orm(string_value = "planned")]
    Planned,
    /// Members can enrol (报名中).
    #[sea_orm(string_value = "open")]
    Open,
    /// It takes place (进行中).
    #[sea_orm(string_value = "running")]
    Running,
    /// It has taken place (已结束).
    #[sea_orm(string_value = "held")]
    Held,
    /// It doesn't take place (已取消).
    #[sea_orm(string_value = "cancelled")]
    Cancelled,
}

/// What has become of an enrolment (报名状态).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum TrainingEnrolmentState {
    /// The member has a place (已报名).
    #[sea_orm(string_value = "enrolled")]
    Enrolled,
    /// The member waits for a place (候补).
    #[sea_orm(string_value = "waiting")]
    Waiting,
    /// It was taken back (已取消).
    #[sea_orm(string_value = "cancelled")]
    Cancelled,
}

/// Whether a member was there (出勤).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum TrainingAttendance {
    /// From the beginning to the end (全程).
    #[sea_orm(string_value = "present")]
    Present,
    /// For some of the time (部分).
    #[sea_orm(string_value = "part")]
    Part,
    /// Not at all (缺勤).
    #[sea_orm(string_value = "absent")]
    Absent,
}

/// What has become of a study elsewhere (外部学习状态).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum TrainingStudyState {
    /// It waits for a decision (待审批).
    #[sea_orm(string_value = "submitted")]
    Submitted,
    /// Its hours count (已认可).
    #[sea_orm(string_value = "approved")]
    Approved,
    /// It doesn't count (已驳回).
    #[sea_orm(string_value = "rejected")]
    Rejected,
    /// The member took it back (已撤回).
    #[sea_orm(string_value = "withdrawn")]
    Withdrawn,
}

/// Where an entry of the ledger comes from (学时来源).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum TrainingHoursKind {
    /// A session that was attended (出勤).
    #[sea_orm(string_value = "attendance")]
    Attendance,
    /// A study elsewhere that was approved (外部学习).
    #[sea_orm(string_value = "external")]
    External,
    /// Puts an earlier entry right (更正).
    #[sea_orm(string_value = "correction")]
    Correction,
    /// Takes an earlier entry back as a whole (冲销).
    #[sea_orm(string_value = "reversal")]
    Reversal,
}
