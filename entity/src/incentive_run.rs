//! The awards of a period by the rules in force, worked out at once (激励计算批次).

use sea_orm::entity::prelude::*;

use crate::enums::{IncentivePeriod, IncentiveRunState};

/// A row of `incentive_runs`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "incentive_runs")]
pub struct Model {
    /// Identifier, a UUIDv7: sorts by time of creation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// For a month, a quarter or a year.
    pub period: IncentivePeriod,
    /// The first day.
    pub from_day: Date,
    /// The first day after it.
    pub until_day: Date,
    /// Counts up from 1: one that was sent back may be run again.
    pub attempt: i32,
    /// How far it is.
    pub state: IncentiveRunState,
    /// The versions of rules by which it is worked out, in the order of their rules.
    #[sea_orm(column_type = "JsonBinary")]
    pub versions: Json,
    /// The digest of these versions.
    pub rule_set: String,
    /// Where its figures are frozen.
    pub snapshot_id: Option<Uuid>,
    /// The money of earlier periods that it takes with it: `customers::Late` as JSON; none where there is no period before.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub late: Option<Json>,
    /// Up to where it is worked out, while it is.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub cursor: Option<Json>,
    /// How many members, teams and records were evaluated.
    pub evaluated: i32,
    /// How many awards it has.
    pub awards: i32,
    /// By rule: for how many nothing came out because a fact wasn't known or it couldn't be computed; none in runs of older versions.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub lacks: Option<Json>,
    /// What its rules had given, as approved, within the time of their budgets, in minor units or things by rule.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub spent: Option<Json>,
    /// What keeps it from being worked out.
    pub problem: Option<String>,
    /// The user who asked for it.
    pub started_by: Uuid,
    /// The name of that user at that time.
    pub started_by_name: String,
    /// When it was worked out.
    pub calculated_at: Option<DateTimeUtc>,
    /// The user who approved it or sent it back.
    pub decided_by: Option<Uuid>,
    /// The name of that user at that time.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<DateTimeUtc>,
    /// Why it was sent back.
    pub reason: Option<String>,
    /// The last award that is booked, while it is being booked.
    pub booked_until: Option<Uuid>,
    /// When all of it was booked.
    pub booked_at: Option<DateTimeUtc>,
    /// Counts up with every change; a writer names the version that it saw.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
}

/// Where the foreign keys lead.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Where its figures are frozen.
    #[sea_orm(
        belongs_to = "super::metric_snapshot::Entity",
        from = "Column::SnapshotId",
        to = "super::metric_snapshot::Column::Id"
    )]
    Snapshot,
}

impl ActiveModelBehavior for ActiveModel {}
