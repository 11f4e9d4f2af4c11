//! Policies and their versions.

use async_graphql::{Context, Enum, InputObject, Object, Result, SimpleObject};
use entity::{calendar, region, sla_policy, sla_policy_version};
use serde::de::DeserializeOwned;

use super::loaders::VersionsOf;
use crate::customers::graphql::CustomerTier;
use crate::error::Error;
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::filters::StringFilter;
use crate::graphql::{Ask, DateTime, Duration, Id};
use crate::organisation::graphql::Province;
use crate::tickets::graphql::{TicketKind, TicketPriority, TicketState};
use crate::tickets::sla::rules::policy::{Matches, Promise, Targets};
use crate::tickets::sla::store;

/// Which service levels hold for which tickets. 服务级别策略
pub struct SlaPolicy(pub sla_policy::Model);

/// Which service levels hold for which tickets. 服务级别策略
#[Object]
impl SlaPolicy {
    /// The policy's id, `policy_...`. 策略 ID
    pub async fn id(&self) -> Id<sla_policy::Entity> {
        Id::new(self.0.id)
    }

    /// Short name, unique. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name in English. 英文名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// The first policy that is for a ticket holds: lower comes first. 匹配顺序
    async fn rank(&self) -> i32 {
        self.0.rank
    }

    /// Whether it is used. 是否启用
    async fn active(&self) -> bool {
        self.0.active
    }

    /// The number of the version that holds now. 当前版本
    async fn current(&self) -> i32 {
        self.0.current
    }

    /// Its versions, the newest first. 历史版本
    async fn versions(&self, ctx: &Context<'_>) -> Result<Option<Vec<SlaPolicyVersion>>> {
        let versions = ctx.loads().load_one(VersionsOf(self.0.id)).await;
        let versions = versions.map_err(shared).on_field(ctx.call())?;
        Ok(versions.map(|rows| rows.into_iter().map(SlaPolicyVersion).collect()))
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// One version of a policy; it never changes. 策略版本
pub struct SlaPolicyVersion(pub sla_policy_version::Model);

/// One version of a policy; it never changes. 策略版本
#[Object]
impl SlaPolicyVersion {
    /// The version's id, `policyversion_...`. 版本 ID
    async fn id(&self) -> Id<sla_policy_version::Entity> {
        Id::new(self.0.id)
    }

    /// Counts up from 1. 版本号
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// The policy. 策略
    async fn policy(&self, ctx: &Context<'_>) -> Result<Option<SlaPolicy>> {
        let row = ctx.row::<sla_policy::Entity>(self.0.policy_id).await;
        Ok(row.on_field(ctx.call())?.map(SlaPolicy))
    }

    /// The calendar by which time is counted, `calendar_...`. 工作日历 ID
    async fn calendar_id(&self) -> Id<calendar::Entity> {
        Id::new(self.0.calendar_id)
    }

    /// For which tickets it is. 适用范围
    async fn matches(&self, ctx: &Context<'_>) -> Result<Option<SlaMatches>> {
        let matches: Matches = read(&self.0.matches).on_field(ctx.call())?;
        Ok(Some(matches.into()))
    }

    /// What it promises. 承诺时限
    async fn targets(&self, ctx: &Context<'_>) -> Result<Option<SlaTargets>> {
        let targets: Targets = read(&self.0.targets).on_field(ctx.call())?;
        Ok(Some(targets.into()))
    }

    /// States in which clocks wait; the first response never does. 暂停计时的状态
    async fn pauses_on(&self, ctx: &Context<'_>) -> Result<Option<Vec<TicketState>>> {
        let states: Vec<entity::enums::TicketState> =
            read(&self.0.pauses_on).on_field(ctx.call())?;
        Ok(Some(states.into_iter().map(Into::into).collect()))
    }

    /// After what part of the time a warning is due, in percent. 提醒比例
    async fn warn_percent(&self) -> i32 {
        self.0.warn_percent
    }

    /// Whether open tickets under earlier versions came under it too. 是否适用于进行中的工单
    async fn applies_to_open(&self) -> bool {
        self.0.applies_to_open
    }

    /// What changed with it. 变更说明
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

fn read<T: DeserializeOwned>(json: &serde_json::Value) -> crate::error::Result<T> {
    serde_json::from_value(json.clone()).map_err(Error::from)
}

/// For which tickets a policy is; an empty list is for all. 适用范围
#[derive(SimpleObject)]
pub struct SlaMatches {
    /// Kinds of request. 工单类型
    kinds: Vec<TicketKind>,
    /// Priorities. 优先级
    priorities: Vec<TicketPriority>,
    /// Tiers of customers. 客户等级
    tiers: Vec<CustomerTier>,
    /// Provinces. 省份
    provinces: Vec<Province>,
    /// Regions, whose provinces of the day count too, `region_...`. 区域
    region_ids: Vec<Id<region::Entity>>,
}

impl From<Matches> for SlaMatches {
    fn from(matches: Matches) -> Self {
        Self {
            kinds: matches.kinds.into_iter().map(Into::into).collect(),
            priorities: matches
                .priorities
                .into_iter()
                .map(|key| entity::enums::TicketPriority::from(key).into())
                .collect(),
            tiers: matches.tiers.into_iter().map(Into::into).collect(),
            provinces: matches.provinces.into_iter().map(Into::into).collect(),
            region_ids: matches.regions.into_iter().map(Id::new).collect(),
        }
    }
}

/// Working time until each promise is to be kept. 承诺时限
#[derive(SimpleObject)]
pub struct SlaPromise {
    /// Until the first answer from a person. 首次响应
    first_response: Duration,
    /// Until a preliminary solution. 初步方案
    preliminary_solution: Duration,
    /// Until the matter is resolved. 解决
    resolution: Duration,
}

impl From<Promise> for SlaPromise {
    fn from(promise: Promise) -> Self {
        Self {
            first_response: Duration::of_seconds(promise.first_response),
            preliminary_solution: Duration::of_seconds(promise.preliminary_solution),
            resolution: Duration::of_seconds(promise.resolution),
        }
    }
}

/// What is promised at one priority. 按优先级的承诺时限
#[derive(SimpleObject)]
pub struct SlaPriorityPromise {
    /// The priority. 优先级
    priority: TicketPriority,
    /// What is promised. 承诺时限
    promise: SlaPromise,
}

/// What a policy promises. 承诺时限
#[derive(SimpleObject)]
pub struct SlaTargets {
    /// For priorities that have none of their own. 通用
    usual: SlaPromise,
    /// For these priorities instead. 按优先级
    by_priority: Vec<SlaPriorityPromise>,
}

impl From<Targets> for SlaTargets {
    fn from(targets: Targets) -> Self {
        Self {
            usual: targets.usual.into(),
            by_priority: targets
                .by_priority
                .into_iter()
                .map(|(key, promise)| SlaPriorityPromise {
                    priority: entity::enums::TicketPriority::from(key).into(),
                    promise: promise.into(),
                })
                .collect(),
        }
    }
}

/// Which policies to list. 策略筛选条件
#[derive(Clone, Debug, Default, InputObject)]
pub struct SlaPolicyFilter {
    /// Short name. 编码
    code: Option<StringFilter>,
    /// In use (true) or not (false). 是否启用
    active: Option<bool>,
}

impl From<SlaPolicyFilter> for store::PolicyFilter {
    fn from(filter: SlaPolicyFilter) -> Self {
        Self {
            code: filter.code.map(Into::into),
            active: filter.active,
        }
    }
}

/// In which order policies are listed. 策略排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum SlaPolicyOrder {
    /// As they are tried: the first that is for a ticket holds. 匹配顺序
    #[default]
    RankAsc,
    /// By short name. 编码
    CodeAsc,
}

impl From<SlaPolicyOrder> for store::PolicyOrder {
    fn from(order: SlaPolicyOrder) -> Self {
        match order {
            SlaPolicyOrder::RankAsc => Self::Rank,
            SlaPolicyOrder::CodeAsc => Self::Code,
        }
    }
}
