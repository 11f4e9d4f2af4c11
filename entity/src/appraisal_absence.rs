//! Who has no appraisal in a cycle, and why (未参与考核).

use sea_orm::entity::prelude::*;

use crate::enums::AppraisalExclusion;

/// A row of `appraisal_absences`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appraisal_absences")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The cycle.
    pub cycle_id: Uuid,
    /// Who.
    pub member_id: Uuid,
    /// Why.
    pub cause: AppraisalExclusion,
    /// On how many days of the period the member was at work.
    pub days: i32,
    /// When that was found.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The cycle.
    #[sea_orm(
        belongs_to = "super::appraisal_cycle::Entity",
        from = "Column::CycleId",
        to = "super::appraisal_cycle::Column::Id"
    )]
    Cycle,
    /// Who.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl Related<super::appraisal_cycle::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Cycle.def()
    }
}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Member.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
