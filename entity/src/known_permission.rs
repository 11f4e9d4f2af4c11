//! A permission that this database has met: its default grants were given out once (已知权限).

use sea_orm::entity::prelude::*;

/// A row of `known_permissions`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "known_permissions")]
pub struct Model {
    /// The permission, such as `ticket.read`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// When it became known.
    pub since: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
