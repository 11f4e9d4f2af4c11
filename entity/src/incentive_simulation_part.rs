//! What a batch of a simulation came to, until it ends; then all of it (模拟中间结果与结果).

use sea_orm::entity::prelude::*;

/// A row of `incentive_simulation_parts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incentive_simulation_parts")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which simulation.
    pub simulation_id: Uuid,
    /// Which of its periods, counted from 0.
    pub span: i32,
    /// Counts the batches of the period from 0; the period as a whole is -1, and -2 in the first period what came out at the end.
    pub number: i32,
    /// What came out: what `incentives::definitions::simulations` reads, by its number `batch`, `period` or `result`.
    #[sea_orm(column_type = "JsonBinary")]
    pub content: Json,
    /// When it was written.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Of which simulation.
    #[sea_orm(
        belongs_to = "super::incentive_simulation::Entity",
        from = "Column::SimulationId",
        to = "super::incentive_simulation::Column::Id"
    )]
    Simulation,
}

impl Related<super::incentive_simulation::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Simulation.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
