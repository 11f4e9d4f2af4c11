//! One member's sitting of an exam (作答).

use sea_orm::entity::prelude::*;

use crate::enums::{ExamAttemptState, ExamHandIn};

/// A row of `exam_attempts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exam_attempts")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The exam.
    pub exam_id: Uuid,
    /// Who sits it.
    pub member_id: Uuid,
    /// Counts the attempts of this member from 1.
    pub number: i32,
    /// The questions that its paper was drawn from.
    pub pool_id: Uuid,
    /// By which its paper was drawn.
    pub seed: i64,
    /// How far it is.
    pub state: ExamAttemptState,
    /// When it began.
    pub started_at: DateTimeUtc,
    /// The first moment at which no answer is taken any more.
    pub deadline: DateTimeUtc,
    /// When it was handed in.
    pub handed_in_at: Option<DateTimeUtc>,
    /// Who or what handed it in.
    pub handed_in_by: Option<ExamHandIn>,
    /// What can be reached, in ten-thousandths of a point.
    pub max_points: i64,
    /// What was reached, in ten-thousandths of a point; none before everything is marked.
    pub points: Option<i64>,
    /// Was the pass mark reached?
    pub passed: Option<bool>,
    /// When the last mark was settled.
    pub graded_at: Option<DateTimeUtc>,
    /// When the member was told.
    pub published_at: Option<DateTimeUtc>,
    /// The certificate that it granted.
    pub granted_id: Option<Uuid>,
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
    /// The exam.
    #[sea_orm(
        belongs_to = "super::exam::Entity",
        from = "Column::ExamId",
        to = "super::exam::Column::Id"
    )]
    Exam,
    /// Who sits it.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
    /// What its paper was drawn from.
    #[sea_orm(
        belongs_to = "super::exam_pool::Entity",
        from = "Column::PoolId",
        to = "super::exam_pool::Column::Id"
    )]
    Pool,
    /// What it granted.
    #[sea_orm(
        belongs_to = "super::member_certificate::Entity",
        from = "Column::GrantedId",
        to = "super::member_certificate::Column::Id"
    )]
    Granted,
}

impl Related<super::exam::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Exam.def()
    }
}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Member.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
