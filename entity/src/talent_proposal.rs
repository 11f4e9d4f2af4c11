//! Who could take over which position, and when (人才梯队).

use sea_orm::entity::prelude::*;

use crate::enums::{TalentReadiness, TalentState};

/// A row of `talent_proposals`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "talent_proposals")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who could.
    pub member_id: Uuid,
    /// Which position.
    pub position_id: Uuid,
    /// When.
    pub readiness: TalentReadiness,
    /// Why.
    pub reason: String,
    /// What has become of it.
    pub state: TalentState,
    /// The user who proposed; none for what was loaded.
    pub proposed_by: Option<Uuid>,
    /// The name of that user at that time.
    pub proposed_by_name: String,
    /// The user who decided, or withdrew it.
    pub decided_by: Option<Uuid>,
    /// The name of that user at that time.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<DateTimeUtc>,
    /// In the words of who decided.
    pub decision_note: Option<String>,
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
    /// Who could.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
    /// Which position.
    #[sea_orm(
        belongs_to = "super::position::Entity",
        from = "Column::PositionId",
        to = "super::position::Column::Id"
    )]
    Position,
}

impl ActiveModelBehavior for ActiveModel {}
