//! An exam: for whom, from which questions, under which conditions (考试).

use sea_orm::entity::prelude::*;

use crate::enums::{ExamPartialCredit, ExamPublication, ExamState};

/// A row of `exams`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exams")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Short code, unique.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// What it is called in Chinese (中文名称).
    pub title_zh: String,
    /// What it is about.
    pub description: Option<String>,
    /// What has become of it.
    pub state: ExamState,
    /// So many questions of which topic and difficulty, for how many points each.
    pub blueprint: Json,
    /// What a partly right multiple choice gets.
    pub partial_credit: ExamPartialCredit,
    /// The share of a question's points that a wrong answer costs; 0 for none.
    pub penalty_percent: i32,
    /// Passed from so many hundredths of the points on.
    pub pass_percent: i32,
    /// How long an attempt may take.
    pub time_limit_minutes: i32,
    /// How many attempts each member has.
    pub attempts_allowed: i32,
    /// How long after an attempt the next one may begin.
    pub wait_hours: i32,
    /// From when attempts may begin.
    pub opens_at: DateTimeUtc,
    /// When every attempt has to be over.
    pub closes_at: DateTimeUtc,
    /// Do questions come in another order each time?
    pub shuffle_questions: bool,
    /// Do options?
    pub shuffle_options: bool,
    /// When results are published.
    pub publication: ExamPublication,
    /// Are the right answers shown once the exam is closed?
    pub reveal: bool,
    /// Two assessors who differ by more than this share of the points call a third.
    pub third_percent: i32,
    /// May everybody who can sit exams sit this one, or only those who are assigned?
    pub open_to_all: bool,
    /// The certificate that passing grants.
    pub certificate_id: Option<Uuid>,
    /// The member who runs it.
    pub owner_id: Uuid,
    /// The user who made it.
    pub created_by: Uuid,
    /// The number of the current pool; 0 before there is one.
    pub pool: i32,
    /// Since when it is on.
    pub activated_at: Option<DateTimeUtc>,
    /// When it was closed: nobody sits it any more.
    pub closed_at: Option<DateTimeUtc>,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Who runs it.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::OwnerId",
        to = "super::member::Column::Id"
    )]
    Owner,
    /// What passing grants.
    #[sea_orm(
        belongs_to = "super::certificate::Entity",
        from = "Column::CertificateId",
        to = "super::certificate::Column::Id"
    )]
    Certificate,
}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Owner.def()
    }
}

impl Related<super::certificate::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Certificate.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
