//! A planned change of the organisation with its day (组织调整方案).

use sea_orm::entity::prelude::*;

use crate::enums::ReorganisationState;

/// A row of `reorganisations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reorganisations")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// Why it is done.
    pub reason: String,
    /// The day on which it takes effect.
    pub takes_effect_on: Date,
    /// What has become of it.
    pub state: ReorganisationState,
    /// The user who approved it.
    pub approved_by: Option<Uuid>,
    /// When it was approved.
    pub approved_at: Option<DateTimeUtc>,
    /// When it was applied.
    pub applied_at: Option<DateTimeUtc>,
    /// Why it was cancelled, or what kept it from being applied.
    pub ended_reason: Option<String>,
    /// The user who planned it.
    pub created_by: Uuid,
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
