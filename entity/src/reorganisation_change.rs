//! One change of a planned reorganisation (组织调整项).

use sea_orm::entity::prelude::*;

use crate::enums::ReorganisationStep;

/// A row of `reorganisation_changes`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reorganisation_changes")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The plan.
    pub reorganisation_id: Uuid,
    /// Its place in the plan, from 1; changes are made in this order.
    pub place: i32,
    /// What is done.
    pub step: ReorganisationStep,
    /// The member who moves.
    pub member_id: Option<Uuid>,
    /// The team that moves, is closed, is founded (by the id that it will have), or that a member moves to.
    pub team_id: Option<Uuid>,
    /// The department that a team or member moves to.
    pub department_id: Option<Uuid>,
    /// The team above.
    pub parent_id: Option<Uuid>,
    /// The position of a member who moves.
    pub position_id: Option<Uuid>,
    /// Code of a new team.
    pub code: Option<String>,
    /// Name of a new team in English.
    pub name: Option<String>,
    /// Name of a new team in Chinese.
    pub name_zh: Option<String>,
    /// What a member does there.
    pub role: Option<String>,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The plan.
    #[sea_orm(
        belongs_to = "super::reorganisation::Entity",
        from = "Column::ReorganisationId",
        to = "super::reorganisation::Column::Id"
    )]
    Reorganisation,
    /// The member.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl ActiveModelBehavior for ActiveModel {}
