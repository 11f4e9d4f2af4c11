//! A member has taken note of a version of a rule (已阅确认).

use sea_orm::entity::prelude::*;

/// A row of `rule_acknowledgements`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rule_acknowledgements")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The version.
    pub version_id: Uuid,
    /// The member.
    pub member_id: Uuid,
    /// When.
    pub at: DateTimeUtc,
}

/// Where the foreign keys lead; the joins of this table are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
