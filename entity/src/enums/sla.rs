//! What service levels choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a clock measures (计时项).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum SlaClockKind {
    /// Until the customer gets the first answer from a person (首次响应).
    #[sea_orm(string_value = "first_response")]
    FirstResponse,
    /// Until a preliminary solution is given (初步方案).
    #[sea_orm(string_value = "preliminary_solution")]
    PreliminarySolution,
    /// Until the matter is resolved (解决).
    #[sea_orm(string_value = "resolution")]
    Resolution,
    /// The time in one step of the process (流程步骤).
    #[sea_orm(string_value = "step")]
    Step,
}

/// Whether a clock runs (计时状态).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum SlaClockState {
    /// Working time is counted (计时中).
    #[sea_orm(string_value = "running")]
    Running,
    /// It waits and keeps what has run (已暂停).
    #[sea_orm(string_value = "paused")]
    Paused,
    /// What it measures has happened (已停止).
    #[sea_orm(string_value = "stopped")]
    Stopped,
}

/// Why an interval of a clock began (计时区间原因).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum SlaReason {
    /// The clock was started (开始计时).
    #[sea_orm(string_value = "started")]
    Started,
    /// The ticket waits for the customer (待客户回复).
    #[sea_orm(string_value = "waiting_customer")]
    WaitingCustomer,
    /// The ticket waits for parts (待配件).
    #[sea_orm(string_value = "waiting_parts")]
    WaitingParts,
    /// The ticket is on hold (挂起).
    #[sea_orm(string_value = "on_hold")]
    OnHold,
    /// The ticket goes on after waiting (恢复).
    #[sea_orm(string_value = "resumed")]
    Resumed,
    /// What it measures had happened; it waits in case the ticket is reopened (已完成).
    #[sea_orm(string_value = "stopped")]
    Stopped,
    /// The ticket was reopened (重新打开).
    #[sea_orm(string_value = "reopened")]
    Reopened,
    /// The priority changed (优先级变更).
    #[sea_orm(string_value = "priority_changed")]
    PriorityChanged,
    /// Kind, customer or region changed, so that another policy or target holds (工单信息变更).
    #[sea_orm(string_value = "facts_changed")]
    FactsChanged,
    /// The policy got a new version or another one came to hold (策略变更).
    #[sea_orm(string_value = "policy_changed")]
    PolicyChanged,
    /// The calendar got a new version (日历变更).
    #[sea_orm(string_value = "calendar_changed")]
    CalendarChanged,
}

/// How a ticket stands by its clocks; whether it is in time follows from its due time (时限状态).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum SlaStanding {
    /// At least one clock runs (计时中).
    #[sea_orm(string_value = "running")]
    Running,
    /// Clocks are open, and all of them wait (已暂停).
    #[sea_orm(string_value = "paused")]
    Paused,
    /// It has ended, and every promise was kept (按时完成).
    #[sea_orm(string_value = "met")]
    Met,
    /// It has ended, and a promise was not kept (超时完成).
    #[sea_orm(string_value = "missed")]
    Missed,
}

/// What an alert tells (提醒类型).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// The due time comes near (即将超时).
    #[sea_orm(string_value = "warning")]
    Warning,
    /// The due time has passed (已超时).
    #[sea_orm(string_value = "breach")]
    Breach,
}
