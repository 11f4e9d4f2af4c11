//! Partner organisations: dealers, service partners, client companies (合作伙伴).

use sea_orm::entity::prelude::*;

use crate::enums::{PartnerKind, Province};

/// A row of `partners`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partners")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Short code, unique.
    #[sea_orm(unique)]
    pub code: String,
    /// Name.
    pub name: String,
    /// Name in Chinese (中文名称).
    pub name_zh: Option<String>,
    /// What it does with us.
    pub kind: PartnerKind,
    /// Where it is.
    pub province: Province,
    /// First day on which it holds.
    pub valid_from: Date,
    /// First day on which it no longer holds; none while no end is known.
    pub valid_to: Option<Date>,
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
