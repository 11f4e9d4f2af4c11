//! One version of a process (流程版本).

use sea_orm::entity::prelude::*;

use crate::enums::ProcessState;

/// A row of `process_versions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "process_versions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The process.
    pub template_id: Uuid,
    /// Counts up from 1.
    pub number: i32,
    /// Draft, published or retired.
    pub state: ProcessState,
    /// What changed.
    pub note: Option<String>,
    /// The user who made it.
    pub created_by: Option<Uuid>,
    /// The user who published it.
    pub published_by: Option<Uuid>,
    /// When it was published.
    pub published_at: Option<DateTimeUtc>,
    /// When it was retired.
    pub retired_at: Option<DateTimeUtc>,
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
    /// The process.
    #[sea_orm(
        belongs_to = "super::process_template::Entity",
        from = "Column::TemplateId",
        to = "super::process_template::Column::Id"
    )]
    Template,
}

impl Related<super::process_template::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Template.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
