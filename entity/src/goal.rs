//! What is to be reached by when, measured by a metric (目标).

use sea_orm::entity::prelude::*;

use crate::enums::{GoalBound, GoalPopulation, GoalState};

/// A row of `goals`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "goals")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// Its name in Chinese (中文名称).
    pub title_zh: Option<String>,
    /// What exactly is to be reached (具体).
    pub specific: String,
    /// Why it matters (相关).
    pub relevant: String,
    /// How it is to be reached (可实现).
    pub achievable: String,
    /// The key of the metric that measures it (可衡量).
    pub metric_key: String,
    /// On which side of the target the figure has to end.
    pub bound: GoalBound,
    /// The target, in ten-thousandths of the metric's unit.
    pub target: i64,
    /// Whose figures it is about.
    pub population: GoalPopulation,
    /// The department, when it is one's.
    pub department_id: Option<Uuid>,
    /// The region, when it is one's.
    pub region_id: Option<Uuid>,
    /// The team, when it is one's.
    pub team_id: Option<Uuid>,
    /// The member, when it is one's.
    pub member_id: Option<Uuid>,
    /// The first day that counts.
    pub from_day: Date,
    /// The first day that no longer counts: the deadline (有时限).
    pub until_day: Date,
    /// Who answers for it.
    pub owner_id: Uuid,
    /// What has become of it.
    pub state: GoalState,
    /// Why it was last changed while it was pursued, or given up.
    pub reason: Option<String>,
    /// Since when it is pursued.
    pub activated_at: Option<DateTimeUtc>,
    /// When it ended.
    pub closed_at: Option<DateTimeUtc>,
    /// The final figure, in ten-thousandths; none when nothing was measured.
    pub result: Option<i64>,
    /// Since when it is off course; none while it isn't.
    pub off_course_since: Option<DateTimeUtc>,
    /// The user who made it.
    pub created_by: Uuid,
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
    /// The department.
    #[sea_orm(
        belongs_to = "super::department::Entity",
        from = "Column::DepartmentId",
        to = "super::department::Column::Id"
    )]
    Department,
    /// The region.
    #[sea_orm(
        belongs_to = "super::region::Entity",
        from = "Column::RegionId",
        to = "super::region::Column::Id"
    )]
    Region,
    /// The team.
    #[sea_orm(
        belongs_to = "super::team::Entity",
        from = "Column::TeamId",
        to = "super::team::Column::Id"
    )]
    Team,
    /// The member whose goal it is.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
    /// Who answers for it.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::OwnerId",
        to = "super::member::Column::Id"
    )]
    Owner,
}

impl Related<super::department::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Department.def()
    }
}

impl Related<super::region::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Region.def()
    }
}

impl Related<super::team::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Team.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
