//! What hangs on an appraisal: the plan, ratings, incidents, disputes.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use entity::{
    appraisal, appraisal_dispute, appraisal_incident, appraisal_plan_item, appraisal_rating, ticket,
};

use super::enums::AppraisalDisputeState;
use super::loaders::content_of;
use crate::appraisals::rules::content::Measure;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Decimal, Id, ids};
use crate::tickets::graphql::Ticket;

/// Something that a member sets out to do. 工作计划项
pub struct AppraisalPlanItem {
    /// The item.
    pub row: appraisal_plan_item::Model,
    /// May the viewer have what the reviewer says of it?
    pub judged: bool,
}

/// Something that a member sets out to do. 工作计划项
#[Object]
impl AppraisalPlanItem {
    /// Its id, `planitem_...`. 标识
    async fn id(&self) -> Id<appraisal_plan_item::Entity> {
        Id::new(self.row.id)
    }

    /// What is to be done. 计划内容
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// How one sees that it is done. 完成标准
    async fn measure(&self) -> &str {
        &self.row.measure
    }

    /// Its weight among the items. 权重
    async fn weight(&self) -> i32 {
        self.row.weight
    }

    /// How far the member sees it done, in percent. 自评完成率
    async fn own_percent(&self) -> Option<Decimal> {
        self.row.own_percent.map(Into::into)
    }

    /// How far the reviewer sees it done, in percent; null for the member until results are out. 上级评定完成率
    async fn percent(&self) -> Option<Decimal> {
        self.row.percent.filter(|_| self.judged).map(Into::into)
    }

    /// In the words of the reviewer; null for the member until results are out. 上级评语
    async fn comment(&self) -> Option<&str> {
        self.row.comment.as_deref().filter(|_| self.judged)
    }
}

/// How far a criterion is met, as one side sees it. 评分
pub struct AppraisalRating {
    /// The rating.
    pub row: appraisal_rating::Model,
    /// Its appraisal.
    pub about: Arc<appraisal::Model>,
}

/// How far a criterion is met, as one side sees it. 评分
#[Object]
impl AppraisalRating {
    /// The key of the criterion in the template. 评价指标键
    async fn criterion(&self) -> &str {
        &self.row.criterion
    }

    /// What the criterion is called, in your language. 评价指标名称
    async fn name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let call = ctx.call();
        let content = content_of(ctx, self.about.version_id)
            .await
            .on_field(call)?;
        let criteria = content
            .sections
            .iter()
            .filter_map(|one| match &one.measure {
                Measure::Criteria { items } => Some(items),
                _ => None,
            });
        let found = criteria.flatten().find(|one| one.key == self.row.criterion);
        Ok(found.map(|one| match call.locale {
            entity::enums::Locale::En => one.name.clone(),
            entity::enums::Locale::Zh => one.name_zh.clone(),
        }))
    }

    /// How far it is met, in percent. 达成率
    async fn percent(&self) -> Decimal {
        self.row.percent.into()
    }

    /// In words. 说明
    async fn comment(&self) -> Option<&str> {
        self.row.comment.as_deref()
    }
}

/// A critical bad behaviour, with its evidence. 关键行为
pub struct AppraisalIncident {
    /// The incident.
    pub row: appraisal_incident::Model,
    /// Its appraisal.
    pub about: Arc<appraisal::Model>,
}

/// A critical bad behaviour, with its evidence. 关键行为
#[Object]
impl AppraisalIncident {
    /// Its id, `incident_...`. 标识
    async fn id(&self) -> Id<appraisal_incident::Entity> {
        Id::new(self.row.id)
    }

    /// The key of the behaviour in the template. 关键行为键
    async fn behaviour(&self) -> &str {
        &self.row.behaviour
    }

    /// What the behaviour is called, in your language. 关键行为名称
    async fn name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let call = ctx.call();
        let content = content_of(ctx, self.about.version_id)
            .await
            .on_field(call)?;
        let mut behaviours = content.behaviours.iter();
        let found = behaviours.find(|one| one.key == self.row.behaviour);
        Ok(found.map(|one| match call.locale {
            entity::enums::Locale::En => one.name.clone(),
            entity::enums::Locale::Zh => one.name_zh.clone(),
        }))
    }

    /// When it happened. 发生日期
    async fn day(&self) -> Date {
        self.row.day.into()
    }

    /// On which ticket; null when on none, or when it is out of your reach. 工单
    async fn ticket(&self, ctx: &Context<'_>) -> Result<Option<Ticket>> {
        let Some(id) = self.row.ticket_id else {
            return Ok(None);
        };
        let row = ctx.row::<ticket::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Ticket))
    }

    /// What is known of it. 依据
    async fn evidence(&self) -> &str {
        &self.row.evidence
    }

    /// Who recorded it, as the account was called then. 记录人
    async fn recorded_by(&self) -> &str {
        &self.row.recorded_by_name
    }

    /// When it was taken back. 撤回时间
    async fn withdrawn_at(&self) -> Option<DateTime> {
        self.row.withdrawn_at.map(Into::into)
    }

    /// Why it was taken back. 撤回原因
    async fn withdrawn_reason(&self) -> Option<&str> {
        self.row.withdrawn_reason.as_deref()
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// When it was recorded. 记录时间
    async fn created_at(&self) -> DateTime {
        self.row.created_at.into()
    }
}

/// A record behind a figure that the member says is wrong; the figure waits for the decision. 数据异议
pub struct AppraisalDispute(pub appraisal_dispute::Model);

/// A record behind a figure that the member says is wrong; the figure waits for the decision. 数据异议
#[Object]
impl AppraisalDispute {
    /// Its id, `dispute_...`. 标识
    async fn id(&self) -> Id<appraisal_dispute::Entity> {
        Id::new(self.0.id)
    }

    /// The key of the metric whose figure waits. 指标键
    async fn metric_key(&self) -> &str {
        &self.0.metric_key
    }

    /// The id of the record. 记录标识
    async fn record_id(&self) -> ID {
        ID(ids::encode(&self.0.record_table, self.0.record_id))
    }

    /// What is wrong with it, in the words of the member. 异议理由
    async fn grounds(&self) -> &str {
        &self.0.grounds
    }

    /// What has become of it. 状态
    async fn state(&self) -> AppraisalDisputeState {
        self.0.state.into()
    }

    /// Who decided, as the account was called then. 处理人
    async fn decided_by(&self) -> Option<&str> {
        self.0.decided_by_name.as_deref()
    }

    /// When it was decided. 处理时间
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(Into::into)
    }

    /// In the words of who decided. 处理意见
    async fn decision(&self) -> Option<&str> {
        self.0.decision.as_deref()
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was raised. 提出时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}
