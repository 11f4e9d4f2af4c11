//! Who gets what for what: a rule with its versions (激励规则).

use sea_orm::entity::prelude::*;

use crate::enums::{IncentiveKind, IncentiveMethod, IncentivePeriod};

/// A row of `incentive_rules`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incentive_rules")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Short code, unique.
    #[sea_orm(unique)]
    pub code: String,
    /// What it is called: as its version in force says, or its first one before there is any.
    pub name: String,
    /// What it is called in Chinese (中文名称).
    pub name_zh: String,
    /// What it gives, by the same version.
    pub kind: IncentiveKind,
    /// By which method it works, by the same version.
    pub method: IncentiveMethod,
    /// For which time it gives, by the same version.
    pub period: IncentivePeriod,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// It points nowhere.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
