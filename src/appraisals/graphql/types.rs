//! An appraisal in the schema.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use entity::enums::{AppraisalRatingBy, AppraisalStage};
use entity::{appraisal, appraisal_cycle, appraisal_template_version, member, team};

use super::figures::AppraisalFigure;
use super::loaders::{
    CycleOf, FiguresOf, ResultsSeen, content_of, is_about_viewer, may_see_judged,
};
use super::parts::{AppraisalDispute, AppraisalIncident, AppraisalPlanItem, AppraisalRating};
use super::results::AppraisalResult;
use crate::appraisals::cycles::graphql::AppraisalCycle;
use crate::appraisals::store::{DisputesOf, IncidentsOf, PlanOf, RatingsOf};
use crate::appraisals::templates::graphql::AppraisalTemplateVersion;
use crate::error;
use crate::graphql::children::{rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Id};
use crate::organisation::graphql::{Member, Team};

/// How a member did in the period of a cycle. What the reviewer judged and what was computed is kept from the member until results
/// are out. 考核
#[derive(Clone)]
pub struct Appraisal(pub appraisal::Model);

impl Appraisal {
    /// The results that the viewer may see, in their order; each look at those of others is logged.
    async fn seen(&self, ctx: &Context<'_>) -> error::Result<Vec<AppraisalResult>> {
        let key = ResultsSeen {
            appraisal: self.0.id,
            member: self.0.member_id,
        };
        let rows = ctx.loads().load_one(key).await.map_err(shared)?;
        let content = content_of(ctx, self.0.version_id).await?;
        rows.unwrap_or_default()
            .into_iter()
            .map(|row| AppraisalResult::new(row, Arc::clone(&content)))
            .collect()
    }

    async fn ratings(
        &self,
        ctx: &Context<'_>,
        by: AppraisalRatingBy,
    ) -> error::Result<Vec<AppraisalRating>> {
        let about = Arc::new(self.0.clone());
        let rows = rows_of::<RatingsOf>(ctx, self.0.id).await?;
        let rating = |row| AppraisalRating {
            row,
            about: Arc::clone(&about),
        };
        let rows = rows.into_iter().filter(|row| row.by == by);
        Ok(rows.map(rating).collect())
    }

    /// May the viewer know when it changed last? Not the member while results are computed and calibrated: changes then are
    /// changes of the result.
    async fn changes_shown(&self, ctx: &Context<'_>) -> error::Result<bool> {
        if !is_about_viewer(ctx, &self.0) {
            return Ok(true);
        }
        let cycle = ctx.loads().load_one(CycleOf(self.0.cycle_id)).await;
        let secret = [AppraisalStage::Counting, AppraisalStage::Calibration];
        Ok(cycle
            .map_err(shared)?
            .is_some_and(|cycle| !secret.contains(&cycle.stage)))
    }
}

/// How a member did in the period of a cycle. What the reviewer judged and what was computed is kept from the member until results
/// are out. 考核
#[Object]
impl Appraisal {
    /// Its id, `appraisal_...`. 标识
    pub async fn id(&self) -> Id<appraisal::Entity> {
        Id::new(self.0.id)
    }

    /// The cycle; null when you may not see it. 考核周期
    async fn cycle(&self, ctx: &Context<'_>) -> Result<Option<AppraisalCycle>> {
        let row = ctx.row::<appraisal_cycle::Entity>(self.0.cycle_id).await;
        Ok(row.on_field(ctx.call())?.map(AppraisalCycle))
    }

    /// The version of the template that it follows; null when you may not see it. 模板版本
    async fn template_version(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Option<AppraisalTemplateVersion>> {
        let row = ctx.row::<appraisal_template_version::Entity>(self.0.version_id);
        Ok(row
            .await
            .on_field(ctx.call())?
            .map(AppraisalTemplateVersion))
    }

    /// Who is appraised; null when the member is out of your reach. 被考核人
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Who judges; null when nobody is named, or the member is out of your reach. 评价人
    async fn reviewer(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Some(id) = self.0.reviewer_id else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The team for which the member was at work. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.0.team_id else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// On how many days of the period the member was at work. 在岗天数
    async fn days(&self) -> i32 {
        self.0.days
    }

    /// The work plan, in its order. 工作计划
    async fn plan(&self, ctx: &Context<'_>) -> Result<Option<Vec<AppraisalPlanItem>>> {
        // Here and not at each item: a page of appraisals is one look.
        let asked = |field| ctx.look_ahead().field(field).exists();
        let judged = if asked("percent") || asked("comment") {
            may_see_judged(ctx, &self.0).await.on_field(ctx.call())?
        } else {
            false
        };
        let rows = rows_of::<PlanOf>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        let item = |row| AppraisalPlanItem { row, judged };
        Ok(Some(rows.into_iter().map(item).collect()))
    }

    /// When the plan was agreed. 计划确认时间
    async fn plan_agreed_at(&self) -> Option<DateTime> {
        self.0.plan_agreed_at.map(Into::into)
    }

    /// How the member sees the criteria. 自评分
    async fn own_ratings(&self, ctx: &Context<'_>) -> Result<Option<Vec<AppraisalRating>>> {
        let ratings = self.ratings(ctx, AppraisalRatingBy::Own).await;
        Ok(Some(ratings.on_field(ctx.call())?))
    }

    /// How the member sees it, in words. 自评说明
    async fn self_comment(&self) -> Option<&str> {
        self.0.self_comment.as_deref()
    }

    /// When the self-assessment was handed in. 自评提交时间
    async fn self_submitted_at(&self) -> Option<DateTime> {
        self.0.self_submitted_at.map(Into::into)
    }

    /// How the reviewer sees the criteria; empty for the member until results are out. Looks of others than the member and the
    /// reviewer are logged. 上级评分
    async fn reviewer_ratings(&self, ctx: &Context<'_>) -> Result<Option<Vec<AppraisalRating>>> {
        let ratings = async {
            // At once, so that a page takes no more statements than a row: what ratings are called is read here too.
            let (shown, ratings, content) = tokio::join!(
                may_see_judged(ctx, &self.0),
                self.ratings(ctx, AppraisalRatingBy::Reviewer),
                content_of(ctx, self.0.version_id),
            );
            let (ratings, _) = (ratings?, content?);
            Ok(if shown? { ratings } else { Vec::new() })
        };
        Ok(Some(ratings.await.on_field(ctx.call())?))
    }

    /// How the reviewer sees it, in words; null for the member until results are out. Looks of others than the member and the
    /// reviewer are logged. 上级评语
    async fn review_comment(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        let shown = may_see_judged(ctx, &self.0).await.on_field(ctx.call())?;
        Ok(self.0.review_comment.as_deref().filter(|_| shown))
    }

    /// When the review was handed in. 评价提交时间
    async fn review_submitted_at(&self) -> Option<DateTime> {
        self.0.review_submitted_at.map(Into::into)
    }

    /// Critical behaviours that were recorded, the earliest first; also those that were taken back. 关键行为记录
    async fn incidents(&self, ctx: &Context<'_>) -> Result<Option<Vec<AppraisalIncident>>> {
        let about = Arc::new(self.0.clone());
        let rows = rows_of::<IncidentsOf>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        let incident = |row| AppraisalIncident {
            row,
            about: Arc::clone(&about),
        };
        Ok(Some(rows.into_iter().map(incident).collect()))
    }

    /// Records that the member disputes, the first first. 数据异议
    async fn disputes(&self, ctx: &Context<'_>) -> Result<Option<Vec<AppraisalDispute>>> {
        let rows = rows_of::<DisputesOf>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(AppraisalDispute).collect()))
    }

    /// The figures that it goes by, as they stand now or as they were frozen, in the order of the template; null unless you are
    /// the member, the reviewer, or may have figures of that member anyway (`metric.member.read`). 考核指标
    async fn figures(&self, ctx: &Context<'_>) -> Result<Option<Vec<AppraisalFigure>>> {
        let key = FiguresOf(Arc::new(self.0.clone()));
        let look = ctx.loads().load_one(key).await.map_err(shared);
        let look = look.on_field(ctx.call())?;
        Ok(look.map(|look| AppraisalFigure::all(self.0.member_id, look)))
    }

    /// What keeps the result from being computed; null when nothing does, and for the member until results are out. 未能计算的原因
    async fn blocked(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        let shown = may_see_judged(ctx, &self.0).await.on_field(ctx.call())?;
        Ok(self.0.blocked.as_deref().filter(|_| shown))
    }

    /// The result that holds; null when there is none, and for the member until results are out. Looks at the results of others
    /// are logged. 考核结果
    async fn result(&self, ctx: &Context<'_>) -> Result<Option<AppraisalResult>> {
        let mut results = self.seen(ctx).await.on_field(ctx.call())?;
        // A result that came after this appraisal was read isn't one of it yet.
        results.retain(|one| one.number() == self.0.result);
        Ok(results.pop())
    }

    /// All results, the first first; empty for the member until results are out. Looks at the results of others are logged.
    /// 历次结果
    async fn results(&self, ctx: &Context<'_>) -> Result<Option<Vec<AppraisalResult>>> {
        let mut results = self.seen(ctx).await.on_field(ctx.call())?;
        results.retain(|one| one.number() <= self.0.result);
        Ok(Some(results))
    }

    /// When the member took note of the result that holds; null for the member while results are computed and calibrated. 确认时间
    async fn acknowledged_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime>> {
        let shown = self.changes_shown(ctx).await.on_field(ctx.call())?;
        Ok(self.0.acknowledged_at.filter(|_| shown).map(Into::into))
    }

    /// What the member said to it; null for the member while results are computed and calibrated. 确认意见
    async fn acknowledgement(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        let shown = self.changes_shown(ctx).await.on_field(ctx.call())?;
        Ok(self.0.acknowledgement.as_deref().filter(|_| shown))
    }

    /// The version to name as `expectedVersion` in a change; null for the member while results are computed and calibrated, when
    /// there is nothing that the member could change. 版本号
    async fn version(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let shown = self.changes_shown(ctx).await.on_field(ctx.call())?;
        Ok(shown.then_some(self.0.version))
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed; null for the member while results are computed and calibrated. 更新时间
    async fn updated_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime>> {
        let shown = self.changes_shown(ctx).await.on_field(ctx.call())?;
        Ok(shown.then_some(self.0.updated_at.into()))
    }
}
