//! What is appraised, and how it counts: never changed once published (考核模板版本).

use sea_orm::entity::prelude::*;

use crate::enums::AppraisalVersionState;

/// A row of `appraisal_template_versions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appraisal_template_versions")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which template.
    pub template_id: Uuid,
    /// Counts up from 1.
    pub number: i32,
    /// Draft or published.
    pub state: AppraisalVersionState,
    /// Sections with weights, scale, cap, bands, rounding: what `appraisals::rules::content` reads.
    #[sea_orm(column_type = "JsonBinary")]
    pub content: Json,
    /// What is new.
    pub note: Option<String>,
    /// When it was published.
    pub published_at: Option<DateTimeUtc>,
    /// Who published it, as the account was called then.
    pub published_by_name: Option<String>,
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
    /// Of which template.
    #[sea_orm(
        belongs_to = "super::appraisal_template::Entity",
        from = "Column::TemplateId",
        to = "super::appraisal_template::Column::Id"
    )]
    Template,
}

impl Related<super::appraisal_template::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Template.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
