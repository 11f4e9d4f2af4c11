//! What service levels choose from, as clients see it.

use async_graphql::{Enum, InputObject};

use crate::enum_filter;
use crate::tickets::sla::rules::standing::State;

/// How a ticket stands by its service level. 时限状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "State")]
pub enum SlaState {
    /// No policy is for it, or it was given up before anything was due. 无时限
    None,
    /// Clocks run, and no due time is near. 正常
    OnTrack,
    /// A due time comes near. 即将超时
    Warning,
    /// A running clock has passed its due time. 已超时
    Breached,
    /// All open clocks wait. 已暂停
    Paused,
    /// It has ended, and every promise was kept. 按时完成
    Met,
    /// It has ended, and a promise was not kept. 超时完成
    Missed,
}

/// Compares how a ticket stands by its service level, at the moment of the request. 时限状态条件
#[derive(Clone, Debug, InputObject)]
pub struct SlaStateFilter {
    /// Equal to this. 等于
    eq: Option<SlaState>,
    /// One of these. 属于
    r#in: Option<Vec<SlaState>>,
}

impl SlaStateFilter {
    /// The states that are meant; none means that none can be.
    #[must_use]
    pub fn states(self) -> Vec<State> {
        let all = [
            State::None,
            State::OnTrack,
            State::Warning,
            State::Breached,
            State::Paused,
            State::Met,
            State::Missed,
        ];
        let eq = self.eq.map(State::from);
        let one_of: Option<Vec<State>> = self
            .r#in
            .map(|states| states.into_iter().map(State::from).collect());
        all.into_iter()
            .filter(|state| eq.is_none_or(|eq| eq == *state))
            .filter(|state| one_of.as_ref().is_none_or(|of| of.contains(state)))
            .collect()
    }
}

/// What a clock measures. 计时项
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "entity::enums::SlaClockKind")]
pub enum SlaClockKind {
    /// Until the customer gets the first answer from a person. 首次响应
    FirstResponse,
    /// Until a preliminary solution is given. 初步方案
    PreliminarySolution,
    /// Until the matter is resolved. 解决
    Resolution,
    /// The time in one step of the process. 流程步骤
    Step,
}

/// Whether a clock runs. 计时状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "entity::enums::SlaClockState")]
pub enum SlaClockState {
    /// Working time is counted. 计时中
    Running,
    /// It waits and keeps what has run. 已暂停
    Paused,
    /// What it measures has happened, or nobody waits for it any more. 已停止
    Stopped,
}

/// Why an interval of a clock began. 计时区间原因
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "entity::enums::SlaReason")]
pub enum SlaReason {
    /// The clock was started. 开始计时
    Started,
    /// The ticket waits for the customer. 待客户回复
    WaitingCustomer,
    /// The ticket waits for parts. 待配件
    WaitingParts,
    /// The ticket is on hold. 挂起
    OnHold,
    /// The ticket goes on after waiting. 恢复
    Resumed,
    /// What it measures had happened, until the ticket was reopened. 已完成
    Stopped,
    /// The ticket was reopened. 重新打开
    Reopened,
    /// The priority changed. 优先级变更
    PriorityChanged,
    /// Kind, customer tier or region changed. 工单信息变更
    FactsChanged,
    /// The policy got a new version, or another one came to hold. 策略变更
    PolicyChanged,
    /// The calendar got a new version. 日历变更
    CalendarChanged,
}

/// What an alert tells. 提醒类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "entity::enums::AlertKind")]
pub enum AlertKind {
    /// A due time comes near. 即将超时
    Warning,
    /// A due time has passed. 已超时
    Breach,
}

enum_filter!(
    AlertKindFilter,
    AlertKind,
    entity::enums::AlertKind,
    "Compares what an alert tells. 提醒类型条件"
);
