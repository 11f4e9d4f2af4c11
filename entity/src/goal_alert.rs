//! What was told about a goal, and how it stood then (目标提醒).

use sea_orm::entity::prelude::*;

use crate::enums::GoalAlertKind;

/// A row of `goal_alerts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "goal_alerts")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The goal.
    pub goal_id: Uuid,
    /// What was told.
    pub kind: GoalAlertKind,
    /// The figure then, in ten-thousandths.
    pub value: Option<i64>,
    /// The forecast then, in ten-thousandths.
    pub forecast: Option<i64>,
    /// Its lower end.
    pub forecast_low: Option<i64>,
    /// Its upper end.
    pub forecast_high: Option<i64>,
    /// The chance to reach the target then, in percent.
    pub chance: Option<i32>,
    /// When.
    pub raised_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The goal.
    #[sea_orm(
        belongs_to = "super::goal::Entity",
        from = "Column::GoalId",
        to = "super::goal::Column::Id"
    )]
    Goal,
}

impl Related<super::goal::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Goal.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
