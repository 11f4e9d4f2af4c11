//! One version of a policy; it never changes, so that clocks can be explained by it (策略版本).

use sea_orm::entity::prelude::*;

/// A row of `sla_policy_versions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sla_policy_versions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The policy.
    pub policy_id: Uuid,
    /// Counts up from 1.
    pub number: i32,
    /// The calendar by which time is counted.
    pub calendar_id: Uuid,
    /// For which kinds, priorities, tiers and regions; an empty list means all.
    #[sea_orm(column_type = "JsonBinary")]
    pub matches: Json,
    /// Working time for each clock, by priority where it differs.
    #[sea_orm(column_type = "JsonBinary")]
    pub targets: Json,
    /// States in which the clocks pause.
    #[sea_orm(column_type = "JsonBinary")]
    pub pauses_on: Json,
    /// After what part of the target a warning is due.
    pub warn_percent: i32,
    /// Whether open clocks of earlier versions come under it too.
    pub applies_to_open: bool,
    /// What changed.
    pub note: Option<String>,
    /// The user who made it.
    pub created_by: Option<Uuid>,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The policy.
    #[sea_orm(
        belongs_to = "super::sla_policy::Entity",
        from = "Column::PolicyId",
        to = "super::sla_policy::Column::Id"
    )]
    Policy,
    /// The calendar by which time is counted.
    #[sea_orm(
        belongs_to = "super::calendar::Entity",
        from = "Column::CalendarId",
        to = "super::calendar::Column::Id"
    )]
    Calendar,
}

impl Related<super::sla_policy::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Policy.def()
    }
}

impl Related<super::calendar::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Calendar.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
