//! What a role allows: permission and reach (授权).

use sea_orm::entity::prelude::*;

use crate::enums::Reach;

/// A row of `role_grants`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grants")]
pub struct Model {
    /// The role.
    #[sea_orm(primary_key, auto_increment = false)]
    pub role_id: Uuid,
    /// Permission, such as `ticket.read`; the server knows which there are.
    #[sea_orm(primary_key, auto_increment = false)]
    pub permission: String,
    /// To which rows it extends.
    #[sea_orm(primary_key, auto_increment = false)]
    pub reach: Reach,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The role.
    #[sea_orm(
        belongs_to = "super::role::Entity",
        from = "Column::RoleId",
        to = "super::role::Column::Id"
    )]
    Role,
}

impl Related<super::role::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Role.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
