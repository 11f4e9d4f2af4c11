//! Policies as admins write them.

use async_graphql::InputObject;
use entity::{calendar, region, sla_policy};

use crate::customers::graphql::CustomerTier;
use crate::graphql::{Duration, Id};
use crate::organisation::graphql::Province;
use crate::tickets::graphql::{TicketKind, TicketPriority, TicketState};
use crate::tickets::sla::actions::PolicyContent;
use crate::tickets::sla::rules::policy::Promise;

/// Working time until each promise is to be kept. 承诺时限
#[derive(InputObject)]
pub struct SlaPromiseInput {
    /// Until the first answer from a person. 首次响应
    first_response: Duration,
    /// Until a preliminary solution. 初步方案
    preliminary_solution: Duration,
    /// Until the matter is resolved. 解决
    resolution: Duration,
}

impl From<SlaPromiseInput> for Promise {
    fn from(input: SlaPromiseInput) -> Self {
        Self {
            first_response: input.first_response.seconds(),
            preliminary_solution: input.preliminary_solution.seconds(),
            resolution: input.resolution.seconds(),
        }
    }
}

/// What is promised at one priority. 按优先级的承诺时限
#[derive(InputObject)]
pub struct SlaPriorityPromiseInput {
    /// The priority. 优先级
    priority: TicketPriority,
    /// What is promised. 承诺时限
    promise: SlaPromiseInput,
}

/// What a policy promises. 承诺时限
#[derive(InputObject)]
pub struct SlaTargetsInput {
    /// For priorities that have none of their own. 通用
    usual: SlaPromiseInput,
    /// For these priorities instead. 按优先级
    #[graphql(default)]
    by_priority: Vec<SlaPriorityPromiseInput>,
}

/// For which tickets a policy is; an empty list is for all. 适用范围
#[derive(Default, InputObject)]
pub struct SlaMatchesInput {
    /// Kinds of request. 工单类型
    #[graphql(default)]
    kinds: Vec<TicketKind>,
    /// Priorities. 优先级
    #[graphql(default)]
    priorities: Vec<TicketPriority>,
    /// Tiers of customers. 客户等级
    #[graphql(default)]
    tiers: Vec<CustomerTier>,
    /// Provinces. 省份
    #[graphql(default)]
    provinces: Vec<Province>,
    /// Regions: their provinces of the day count besides those that are named. 区域
    #[graphql(default)]
    region_ids: Vec<Id<region::Entity>>,
}

/// What a policy promises to whom. 策略内容
#[derive(InputObject)]
pub struct SlaPolicyContentInput {
    /// The calendar by which time is counted, `calendar_...`. 工作日历
    calendar_id: Id<calendar::Entity>,
    /// For which tickets it is; for all when absent. 适用范围
    matches: Option<SlaMatchesInput>,
    /// What it promises. 承诺时限
    targets: SlaTargetsInput,
    /// States in which clocks wait; `PENDING_CUSTOMER` when absent. 暂停计时的状态
    pauses_on: Option<Vec<TicketState>>,
    /// After what part of the time a warning is due, 1 to 100 percent. 提醒比例
    #[graphql(default = 75)]
    warn_percent: i32,
    /// What changes with this version. 变更说明
    note: Option<String>,
}

impl From<SlaPolicyContentInput> for PolicyContent {
    fn from(input: SlaPolicyContentInput) -> Self {
        let matches = input.matches.unwrap_or_default();
        let pauses_on = input.pauses_on.map_or_else(
            || vec![entity::enums::TicketState::PendingCustomer],
            |states| states.into_iter().map(Into::into).collect(),
        );
        Self {
            calendar_id: input.calendar_id.uuid,
            kinds: matches.kinds.into_iter().map(Into::into).collect(),
            priorities: matches.priorities.into_iter().map(Into::into).collect(),
            tiers: matches.tiers.into_iter().map(Into::into).collect(),
            provinces: matches.provinces.into_iter().map(Into::into).collect(),
            regions: matches.region_ids.into_iter().map(|id| id.uuid).collect(),
            usual: input.targets.usual.into(),
            by_priority: input
                .targets
                .by_priority
                .into_iter()
                .map(|line| (line.priority.into(), line.promise.into()))
                .collect(),
            pauses_on,
            warn_percent: input.warn_percent,
            note: input.note,
        }
    }
}

/// A new policy. 新建策略
#[derive(InputObject)]
pub struct SlaPolicyCreateInput {
    /// Short name, unique. 编码
    pub code: String,
    /// Name in English. 英文名称
    pub name: String,
    /// Name in Chinese. 中文名称
    pub name_zh: String,
    /// The first policy that is for a ticket holds: lower comes first. 匹配顺序
    #[graphql(default = 500)]
    pub rank: i32,
    /// What it promises to whom. 策略内容
    pub content: SlaPolicyContentInput,
    /// Repeating the mutation with the same key within 24 hours gives the same policy. 幂等键
    pub idempotency_key: Option<String>,
}

/// What changes about a policy, whatever its versions say; what is absent stays. 修改策略
#[derive(InputObject)]
pub struct SlaPolicyChangeInput {
    /// The policy. 策略
    pub id: Id<sla_policy::Entity>,
    /// The version it was read at. 版本号
    pub expected_version: i32,
    /// Name in English. 英文名称
    pub name: Option<String>,
    /// Name in Chinese. 中文名称
    pub name_zh: Option<String>,
    /// Its place in the order: lower comes first. 匹配顺序
    pub rank: Option<i32>,
    /// Whether it is used for tickets. 是否启用
    pub active: Option<bool>,
}

/// A new version of a policy. 新增策略版本
#[derive(InputObject)]
pub struct SlaPolicyVersionAddInput {
    /// The policy. 策略
    pub policy_id: Id<sla_policy::Entity>,
    /// The version it was read at. 版本号
    pub expected_version: i32,
    /// What it promises from now on. 策略内容
    pub content: SlaPolicyContentInput,
    /// Do open tickets under earlier versions come under it too? What has run and paused is kept. 是否适用于进行中的工单
    #[graphql(default)]
    pub apply_to_open: bool,
    /// Repeating the mutation with the same key within 24 hours makes no second version. 幂等键
    pub idempotency_key: Option<String>,
}
