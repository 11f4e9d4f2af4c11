//! Facts of a period as they were when it was frozen (冻结的事实): the columns of `metric_facts`, and whose snapshot it is.

use sea_orm::entity::prelude::*;

use crate::enums::{Attribution, Province};

/// A row of `metric_frozen_facts`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "metric_frozen_facts")]
pub struct Model {
    /// The snapshot.
    #[sea_orm(primary_key, auto_increment = false)]
    pub snapshot_id: Uuid,
    /// The id that the fact had.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The source, such as `ticket.resolved`.
    pub source: String,
    /// By which rule it is attributed.
    pub attribution: Attribution,
    /// What the record is, such as `ticket`.
    pub record_kind: String,
    /// The record.
    pub record_id: Uuid,
    /// Counts the facts of one source within a record.
    pub part: i32,
    /// When it happened.
    pub at: DateTimeUtc,
    /// The day of that, in the organisation's time zone.
    pub day: Date,
    /// What part of the fact this row is, in ten-thousandths.
    pub weight: i32,
    /// The attributed member.
    pub member_id: Option<Uuid>,
    /// The team of the member on that day, or of the record.
    pub team_id: Option<Uuid>,
    /// The department of the member on that day, or of the record's team.
    pub department_id: Option<Uuid>,
    /// The province.
    pub province: Option<Province>,
    /// The product.
    pub product_id: Option<Uuid>,
    /// The way it came in.
    pub channel: Option<String>,
    /// What kind of record it is.
    pub kind: Option<String>,
    /// What within the record it is about, such as a step or a reason for waiting.
    pub detail: Option<String>,
    /// The source's first measure.
    pub value0: Option<i64>,
    /// The second.
    pub value1: Option<i64>,
    /// The third.
    pub value2: Option<i64>,
    /// The fourth.
    pub value3: Option<i64>,
}

/// It points nowhere: what it tells of may go, this stays.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
