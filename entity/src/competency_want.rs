//! One competency that a profile wants, and how much of it (能力要求).

use sea_orm::entity::prelude::*;

/// A row of `competency_wants`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "competency_wants")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The profile.
    pub profile_id: Uuid,
    /// The competency.
    pub competency_id: Uuid,
    /// How much of it is wanted, 1 to 5.
    pub level: i32,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The profile.
    #[sea_orm(
        belongs_to = "super::competency_profile::Entity",
        from = "Column::ProfileId",
        to = "super::competency_profile::Column::Id"
    )]
    Profile,
    /// The competency.
    #[sea_orm(
        belongs_to = "super::competency::Entity",
        from = "Column::CompetencyId",
        to = "super::competency::Column::Id"
    )]
    Competency,
}

impl ActiveModelBehavior for ActiveModel {}
