//! Rules tried on the past (激励模拟).

use sea_orm::entity::prelude::*;

use crate::enums::{IncentivePeriod, IncentiveSimulationState};

/// A row of `incentive_simulations`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incentive_simulations")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// How far it is.
    pub state: IncentiveSimulationState,
    /// For which time the rules give that are tried.
    pub period: IncentivePeriod,
    /// What is tried: what `incentives::definitions::simulations::plan` reads.
    #[sea_orm(column_type = "JsonBinary")]
    pub request: Json,
    /// Where the worker goes on.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub cursor: Option<Json>,
    /// How many steps are done.
    pub done: i32,
    /// How many there are, as far as is known.
    pub total: i32,
    /// Why it couldn't be computed, in both languages.
    pub failure: Option<String>,
    /// Who asked for it, as the account was called then.
    pub requested_by_name: String,
    /// When the worker began.
    pub started_at: Option<DateTimeUtc>,
    /// When it ended.
    pub ended_at: Option<DateTimeUtc>,
    /// When what it came to was released for those who may not see what everybody is paid; none while it is sealed.
    pub released_at: Option<DateTimeUtc>,
    /// Who released it, as the account was called then.
    pub released_by_name: Option<String>,
    /// The least group of whose figures something was shown then; never fewer are.
    pub released_group: Option<i32>,
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
