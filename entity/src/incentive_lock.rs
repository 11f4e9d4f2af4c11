//! Months in which nothing is booked any more (月结锁定).

use sea_orm::entity::prelude::*;

/// A row of `incentive_locks`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incentive_locks")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The first day on which can still be booked.
    pub open_from: Date,
    /// Why.
    pub note: Option<String>,
    /// The user who locked.
    pub made_by: Uuid,
    /// The name of that user at that time.
    pub made_by_name: String,
    /// When.
    pub created_at: DateTimeUtc,
}

/// It points nowhere.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
