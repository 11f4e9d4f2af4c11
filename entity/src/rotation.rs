//! A placement of a member elsewhere for a time, to learn or to help (轮岗).

use sea_orm::entity::prelude::*;

use crate::enums::RotationState;

/// A row of `rotations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rotations")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who goes.
    pub member_id: Uuid,
    /// To which team.
    pub team_id: Uuid,
    /// As what.
    pub position_id: Option<Uuid>,
    /// What the member does there.
    pub role: String,
    /// What it is for.
    pub goal: String,
    /// The first planned day, and once begun the first day.
    pub starts_on: Date,
    /// The first day on which it should be over.
    pub ends_on: Date,
    /// What has become of it.
    pub state: RotationState,
    /// The home assignment that ended when it began.
    pub origin_id: Option<Uuid>,
    /// The home assignment that started when it began.
    pub assignment_id: Option<Uuid>,
    /// The first day on which it was over, or on which it was withdrawn.
    pub finished_on: Option<Date>,
    /// Did the member go back?
    pub returned: Option<bool>,
    /// What came of it, or why it was withdrawn.
    pub result: Option<String>,
    /// The user who planned it; none for what was loaded.
    pub created_by: Option<Uuid>,
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
    /// Who goes.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
    /// To which team.
    #[sea_orm(
        belongs_to = "super::team::Entity",
        from = "Column::TeamId",
        to = "super::team::Column::Id"
    )]
    Team,
    /// As what.
    #[sea_orm(
        belongs_to = "super::position::Entity",
        from = "Column::PositionId",
        to = "super::position::Column::Id"
    )]
    Position,
}

impl ActiveModelBehavior for ActiveModel {}
