//! One step of a version of a process (流程步骤).

use sea_orm::entity::prelude::*;

use crate::enums::TicketStage;

/// A row of `process_steps`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "process_steps")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The version.
    pub version_id: Uuid,
    /// Names the step within its version.
    pub code: String,
    /// Its place, from 1.
    pub position: i32,
    /// The stage that it belongs to.
    pub stage: TicketStage,
    /// Name in English.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// What to do, in English.
    pub guideline: String,
    /// 操作指引.
    pub guideline_zh: String,
    /// The key of the role whose duty it is.
    pub owner_role: String,
    /// Working time that it may take; none for no limit.
    pub limit_seconds: Option<i64>,
    /// Fields that must be filled before it is left.
    #[sea_orm(column_type = "JsonBinary")]
    pub required_fields: Json,
    /// Codes of the steps that may follow.
    #[sea_orm(column_type = "JsonBinary")]
    pub next: Json,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The version.
    #[sea_orm(
        belongs_to = "super::process_version::Entity",
        from = "Column::VersionId",
        to = "super::process_version::Column::Id"
    )]
    Version,
}

impl Related<super::process_version::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Version.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
