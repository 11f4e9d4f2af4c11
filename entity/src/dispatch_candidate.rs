//! Somebody who was looked at in a decision (派单候选人).

use sea_orm::entity::prelude::*;

use crate::enums::Exclusion;

/// A row of `dispatch_candidates`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dispatch_candidates")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The decision.
    pub decision_id: Uuid,
    /// Who.
    pub member_id: Uuid,
    /// The place in the ranking, from 1; none when excluded.
    pub rank: Option<i32>,
    /// Why they could not be given it.
    pub excluded: Option<Exclusion>,
    /// The figures behind it.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub detail: Option<Json>,
    /// Points for load, 0 to 1000.
    pub load: i32,
    /// Points for fit, 0 to 1000.
    pub fit: i32,
    /// Points for fairness, 0 to 1000.
    pub fairness: i32,
    /// The weighted sum, 0 to 1000.
    pub total: i32,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The decision.
    #[sea_orm(
        belongs_to = "super::dispatch_decision::Entity",
        from = "Column::DecisionId",
        to = "super::dispatch_decision::Column::Id"
    )]
    Decision,
    /// Who.
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl Related<super::dispatch_decision::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Decision.def()
    }
}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Member.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
