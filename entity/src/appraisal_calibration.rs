//! A meeting of managers over the results of a group (校准会).

use sea_orm::entity::prelude::*;

/// A row of `appraisal_calibrations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appraisal_calibrations")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The cycle.
    pub cycle_id: Uuid,
    /// What it is called.
    pub name: String,
    /// Only members of this department; of all when none is named.
    pub department_id: Option<Uuid>,
    /// Only appraisals by this version; of all when none is named.
    pub version_id: Option<Uuid>,
    /// The user who leads it.
    pub led_by: Uuid,
    /// The name of that user at that time.
    pub led_by_name: String,
    /// When it was closed.
    pub closed_at: Option<DateTimeUtc>,
    /// What it came to.
    pub conclusion: Option<String>,
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
    /// The cycle.
    #[sea_orm(
        belongs_to = "super::appraisal_cycle::Entity",
        from = "Column::CycleId",
        to = "super::appraisal_cycle::Column::Id"
    )]
    Cycle,
    /// Only members of this department; of all when none is named.
    #[sea_orm(
        belongs_to = "super::department::Entity",
        from = "Column::DepartmentId",
        to = "super::department::Column::Id"
    )]
    Department,
    /// Only appraisals by this version; of all when none is named.
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

impl Related<super::department::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Department.def()
    }
}

impl Related<super::appraisal_template_version::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Version.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
