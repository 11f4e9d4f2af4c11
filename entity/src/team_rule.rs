//! A rule that was adopted together (管理规则).

use sea_orm::entity::prelude::*;

use crate::enums::CircleKind;

/// A row of `team_rules`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "team_rules")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// For whom.
    pub circle: CircleKind,
    /// The department, for one.
    pub department_id: Option<Uuid>,
    /// The team, for one.
    pub team_id: Option<Uuid>,
    /// What it is called now.
    pub title: String,
    /// The number of its latest version.
    pub current: i32,
    /// The first day on which it no longer holds.
    pub repealed_from: Option<Date>,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Where the foreign keys lead; the joins of this table are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
