//! Cycles in the schema.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{
    appraisal_absence, appraisal_cycle, appraisal_cycle_template, appraisal_template_version,
    department, member, metric_snapshot,
};
use futures_util::future::try_join_all;

use super::enums::{AppraisalExclusion, AppraisalMovers, AppraisalRhythm, AppraisalStage};
use super::loaders::ProgressOf;
use super::progress::AppraisalProgress;
use crate::appraisals::cycles::store::{CyclesAbsences, CyclesTemplates};
use crate::appraisals::rules::population::Rule;
use crate::appraisals::templates::graphql::AppraisalTemplateVersion;
use crate::error::Error;
use crate::graphql::children::{page_of, rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Connection, Date, DateTime, Id, PageArgs};
use crate::metrics::snapshots::graphql::MetricSnapshot;
use crate::organisation::graphql::{Department, JobFamily, Member};

/// A round of appraisals about a period. 考核周期
pub struct AppraisalCycle(pub appraisal_cycle::Model);

/// A round of appraisals about a period. 考核周期
#[Object]
impl AppraisalCycle {
    /// Its id, `appraisalcycle_...`. 标识
    pub async fn id(&self) -> Id<appraisal_cycle::Entity> {
        Id::new(self.0.id)
    }

    /// Short code, unique. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What it is called. 名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// 中文名称.
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// How often such a round comes. 周期类型
    async fn rhythm(&self) -> AppraisalRhythm {
        self.0.rhythm.into()
    }

    /// The first day that it is about. 起始日
    async fn from_day(&self) -> Date {
        self.0.from_day.into()
    }

    /// The first day after it. 截止日（不含）
    async fn until_day(&self) -> Date {
        self.0.until_day.into()
    }

    /// How far it is. 阶段
    async fn stage(&self) -> AppraisalStage {
        self.0.stage.into()
    }

    /// Until when what is done. 日程
    async fn calendar(&self) -> AppraisalCalendar {
        AppraisalCalendar {
            self_until: self.0.self_until.into(),
            review_until: self.0.review_until.into(),
            publish_on: self.0.publish_on.into(),
            acknowledge_until: self.0.acknowledge_until.into(),
            appeal_until: self.0.appeal_until.into(),
        }
    }

    /// The rule by which it is found who takes part. 参评范围
    async fn population(&self, ctx: &Context<'_>) -> Result<AppraisalPopulation> {
        let rule: crate::error::Result<Rule> =
            serde_json::from_value(self.0.population.clone()).map_err(Error::from);
        Ok(AppraisalPopulation(rule.on_field(ctx.call())?))
    }

    /// By which templates members are appraised. 所用模板
    async fn templates(&self, ctx: &Context<'_>) -> Result<Vec<AppraisalCycleTemplate>> {
        let rows = rows_of::<CyclesTemplates>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(rows.into_iter().map(AppraisalCycleTemplate).collect())
    }

    /// Where its figures are frozen; null before results are computed. 指标快照
    async fn snapshot(&self, ctx: &Context<'_>) -> Result<Option<MetricSnapshot>> {
        let Some(id) = self.0.snapshot_id else {
            return Ok(None);
        };
        let row = ctx.row::<metric_snapshot::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(MetricSnapshot))
    }

    /// How far its appraisals are. 进度
    async fn progress(&self, ctx: &Context<'_>) -> Result<Option<AppraisalProgress>> {
        let found = ctx.loads().load_one(ProgressOf(self.0.id)).await;
        let found = found.map_err(shared).on_field(ctx.call())?;
        Ok(Some(AppraisalProgress {
            cycle: self.0.id,
            progress: found.unwrap_or_default(),
        }))
    }

    /// Who has no appraisal, by cause. 未参评成员
    async fn absences(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
    ) -> Result<Option<Connection<AppraisalAbsence>>> {
        let call = ctx.call();
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = args.page(ctx).on_field(call)?;
        let listing = page_of::<CyclesAbsences>(ctx, self.0.id, page).await;
        let listing = listing.on_field(call)?;
        Ok(Some(Connection::from_listing(listing, AppraisalAbsence)))
    }

    /// When results were published first. 首次公布时间
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(Into::into)
    }

    /// When it was closed. 结束时间
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(Into::into)
    }

    /// Why it was reopened or called off. 重开或取消的原因
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// Until when what is done in a cycle. 考核日程
#[derive(SimpleObject)]
pub struct AppraisalCalendar {
    /// The last day for self-assessments. 自评截止日
    self_until: Date,
    /// The last day for reviews and feedback. 评价截止日
    review_until: Date,
    /// The day on which results are due. 公布日
    publish_on: Date,
    /// The last day for taking note. 确认截止日
    acknowledge_until: Date,
    /// The last day for appeals. 申诉截止日
    appeal_until: Date,
}

/// Who takes part in a cycle. 参评范围
pub struct AppraisalPopulation(pub Rule);

/// Who takes part in a cycle. 参评范围
#[Object]
impl AppraisalPopulation {
    /// Only members of these departments; of all when none is named. Those out of your reach aren't shown. 部门
    async fn departments(&self, ctx: &Context<'_>) -> Result<Option<Vec<Department>>> {
        let ids = self.0.departments.iter();
        let rows = try_join_all(ids.map(|id| ctx.row::<department::Entity>(*id))).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().flatten().map(Department).collect()))
    }

    /// Whoever was at work on fewer days of the period has no appraisal. 最少在岗天数
    async fn least_days(&self) -> u32 {
        self.0.least_days
    }

    /// Are those appraised who left before the end? 离职人员是否参评
    async fn leavers(&self) -> bool {
        self.0.leavers
    }

    /// Where somebody belongs who moved within the period. 调岗处理
    async fn movers(&self) -> AppraisalMovers {
        self.0.movers.into()
    }
}

/// By which version of which template a family is appraised in a cycle. 考核周期所用模板
pub struct AppraisalCycleTemplate(pub appraisal_cycle_template::Model);

/// By which version of which template a family is appraised in a cycle. 考核周期所用模板
#[Object]
impl AppraisalCycleTemplate {
    /// For positions of which family. 岗位族
    async fn family(&self) -> JobFamily {
        self.0.family.into()
    }

    /// The version of the template. 模板版本
    async fn template_version(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Option<AppraisalTemplateVersion>> {
        let row = ctx.row::<appraisal_template_version::Entity>(self.0.version_id);
        let row = row.await.on_field(ctx.call())?;
        Ok(row.map(AppraisalTemplateVersion))
    }
}

/// Somebody who worked here in the period and has no appraisal. 未参评成员
pub struct AppraisalAbsence(pub appraisal_absence::Model);

/// Somebody who worked here in the period and has no appraisal. 未参评成员
#[Object]
impl AppraisalAbsence {
    /// Who; null when the member is out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Why. 原因
    async fn cause(&self) -> AppraisalExclusion {
        self.0.cause.into()
    }

    /// On how many days of the period the member was at work. 在岗天数
    async fn days(&self) -> i32 {
        self.0.days
    }
}
