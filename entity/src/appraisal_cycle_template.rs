//! Which version of which template a cycle uses (考核周期所用模板).

use sea_orm::entity::prelude::*;

use crate::enums::JobFamily;

/// A row of `appraisal_cycle_templates`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appraisal_cycle_templates")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The cycle.
    pub cycle_id: Uuid,
    /// The version.
    pub version_id: Uuid,
    /// For positions of which family.
    pub family: JobFamily,
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
    /// The version.
    #[sea_orm(
        belongs_to = "super::appraisal_template_version::Entity",
        from = "Column::VersionId",
        to = "super::appraisal_template_version::Column::Id"
    )]
    Version,
}

impl Related<super::appraisal_cycle::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Cycle.def()
    }
}

impl Related<super::appraisal_template_version::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Version.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
