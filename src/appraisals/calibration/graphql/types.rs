//! Sessions, results in them, changes, two side by side.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use entity::{
    appraisal, appraisal_calibration, appraisal_calibration_change, appraisal_cycle,
    appraisal_template_version, department, member, team,
};

use super::enums::AppraisalHintBy;
use super::loaders::{ChangesOf, GroupOf};
use super::spread::{AppraisalHint, AppraisalSpread, int};
use crate::appraisals::calibration::actions::{Group, Pair, Placed};
use crate::appraisals::calibration::rules::{Line, Scope};
use crate::appraisals::calibration::store::Changed;
use crate::error::{ApiError, Error, Text};
use crate::graphql::children::shared;
use crate::graphql::errors::{OnField, from_api};
use crate::graphql::{Ask, DateTime, Decimal, Id};
use crate::organisation::graphql::{Department, Member, Team};

/// The most results in an answer.
const MOST: u32 = 100;

/// A meeting of managers over the results of a group. Of your own result you find nothing in it: it is left out of every list,
/// count and share. 校准会（不含本人结果）
pub struct AppraisalCalibration(pub appraisal_calibration::Model);

impl AppraisalCalibration {
    async fn group(&self, ctx: &Context<'_>) -> Result<Arc<Group>> {
        let key = GroupOf(Scope::from(&self.0));
        let group = ctx.loads().load_one(key).await.map_err(shared);
        let there = group
            .and_then(|group| group.ok_or_else(|| Error::internal("a session without its group")));
        there.on_field(ctx.call())
    }
}

/// A meeting of managers over the results of a group. Of your own result you find nothing in it: it is left out of every list,
/// count and share. 校准会（不含本人结果）
#[Object]
impl AppraisalCalibration {
    /// Its id, `calibration_...`. 标识
    pub async fn id(&self) -> Id<appraisal_calibration::Entity> {
        Id::new(self.0.id)
    }

    /// The cycle, `appraisalcycle_...`. 考核周期
    async fn cycle_id(&self) -> Id<appraisal_cycle::Entity> {
        Id::new(self.0.cycle_id)
    }

    /// What it is called. 名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Only appraisals of this department; of all when null. 部门
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Department>> {
        let Some(id) = self.0.department_id else {
            return Ok(None);
        };
        let row = ctx.row::<department::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Department))
    }

    /// Only appraisals by this version of a template; by all when null. 模板版本
    async fn version_id(&self) -> Option<Id<appraisal_template_version::Entity>> {
        self.0.version_id.map(Id::new)
    }

    /// Who opened it, as the account was called then. 召集人
    async fn led_by(&self) -> &str {
        &self.0.led_by_name
    }

    /// The results of the group, the best first; never your own. The look is logged. 成员结果（按得分排序，不含本人）
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "So many of them, at most 100. 数量，最多 100", default = 50)] first: u32,
        #[graphql(desc = "After leaving out so many. 跳过数量", default = 0)] offset: u32,
        #[graphql(desc = "Only those in the band with this key. 等级编码")] band: Option<String>,
    ) -> Result<Option<Vec<AppraisalCalibrationResult>>> {
        if first > MOST {
            let error = ApiError::bad_input(
                "first",
                format!("{first} is more than {MOST}"),
                format!("{first} 超过 {MOST}"),
            );
            return Err(from_api(ctx.call(), &error));
        }
        let group = self.group(ctx).await?;
        let size = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        let wanted = group.placed.iter();
        let wanted = wanted.filter(|placed| band.as_ref().is_none_or(|band| *band == placed.band));
        let page = wanted.skip(size(offset)).take(size(first));
        Ok(Some(
            page.cloned().map(AppraisalCalibrationResult).collect(),
        ))
    }

    /// How many of the group have a result; you aren't counted. 已有结果人数（不含本人）
    async fn member_total(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        Ok(Some(int(self.group(ctx).await?.placed.len())))
    }

    /// How many of the group have none yet; you aren't counted. 尚无结果人数（不含本人）
    async fn waiting(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        Ok(Some(int(self.group(ctx).await?.waiting)))
    }

    /// How the group is spread, by version of the template; your own result is left out. 本组分布（不含本人）
    async fn spread(&self, ctx: &Context<'_>) -> Result<Option<Vec<AppraisalSpread>>> {
        let group = self.group(ctx).await?;
        Ok(Some(
            group.group.iter().cloned().map(AppraisalSpread).collect(),
        ))
    }

    /// How the whole cycle is spread, by version of the template; your own result is left out. 全周期分布（不含本人）
    async fn cycle_spread(&self, ctx: &Context<'_>) -> Result<Option<Vec<AppraisalSpread>>> {
        let group = self.group(ctx).await?;
        Ok(Some(
            group.cycle.iter().cloned().map(AppraisalSpread).collect(),
        ))
    }

    /// Which reviewers, teams or times of service stand out in the group; your own result is left out. 偏差提示（不含本人）
    async fn hints(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What results are compared by. 对比维度")] by: AppraisalHintBy,
    ) -> Result<Option<Vec<AppraisalHint>>> {
        let group = self.group(ctx).await?;
        Ok(Some(
            group
                .hints(by.into())
                .into_iter()
                .map(AppraisalHint)
                .collect(),
        ))
    }

    /// What was changed in it, the latest first, at most 500; never of your own result. 调整记录（不含本人）
    async fn changes(&self, ctx: &Context<'_>) -> Result<Option<Vec<AppraisalCalibrationChange>>> {
        let changes = ctx.loads().load_one(ChangesOf(self.0.id)).await;
        let changes = changes.map_err(shared).on_field(ctx.call())?;
        let changes = changes.unwrap_or_default().into_iter();
        Ok(Some(changes.map(AppraisalCalibrationChange).collect()))
    }

    /// What came of it; null while it is open. 结论
    async fn conclusion(&self) -> Option<&str> {
        self.0.conclusion.as_deref()
    }

    /// When it was closed; null while it is open. 结束时间
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in a change. Results that are changed don't raise it. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was opened. 召开时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// A result as a session looks at it. 校准范围内的结果
pub struct AppraisalCalibrationResult(pub Placed);

/// A result as a session looks at it. 校准范围内的结果
#[Object]
impl AppraisalCalibrationResult {
    /// The appraisal, `appraisal_...`. 考核
    async fn appraisal_id(&self) -> Id<appraisal::Entity> {
        Id::new(self.0.stand.id)
    }

    /// The appraisal's version, to name as `expectedVersion` when it is changed. 考核版本号
    async fn appraisal_version(&self) -> i32 {
        self.0.stand.version
    }

    /// By which version of a template, `appraisalversion_...`. 模板版本
    async fn version_id(&self) -> Id<appraisal_template_version::Entity> {
        Id::new(self.0.stand.version_id)
    }

    /// Whose; null when the member is out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.stand.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Who judged. 评价人
    async fn reviewer(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Some(id) = self.0.stand.reviewer_id else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The home team. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.0.stand.team_id else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// The score that holds. 得分
    async fn score(&self) -> Decimal {
        Decimal(self.0.score)
    }

    /// The key of its band. 等级编码
    async fn band(&self) -> &str {
        &self.0.band
    }

    /// The number of the result that holds: above 1 it was changed since it was computed. 结果序号
    async fn result(&self) -> i32 {
        self.0.stand.result
    }
}

/// A result that was changed in a session. 校准调整
pub struct AppraisalCalibrationChange(pub Changed);

/// A result that was changed in a session. 校准调整
#[Object]
impl AppraisalCalibrationChange {
    /// Its id, `calibrationchange_...`. 标识
    async fn id(&self) -> Id<appraisal_calibration_change::Entity> {
        Id::new(self.0.0.id)
    }

    /// The appraisal, `appraisal_...`. 考核
    async fn appraisal_id(&self) -> Id<appraisal::Entity> {
        Id::new(self.0.0.appraisal_id)
    }

    /// Whose; null when the member is out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.1).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The score before. 调整前得分
    async fn from_score(&self) -> Decimal {
        self.0.0.from_score.into()
    }

    /// The score from then on. 调整后得分
    async fn to_score(&self) -> Decimal {
        self.0.0.to_score.into()
    }

    /// The key of the band before. 调整前等级
    async fn from_band(&self) -> &str {
        &self.0.0.from_band
    }

    /// The key of the band from then on. 调整后等级
    async fn to_band(&self) -> &str {
        &self.0.0.to_band
    }

    /// Why. 原因
    async fn reason(&self) -> &str {
        &self.0.0.reason
    }

    /// Who changed it, as the account was called then. 调整人
    async fn made_by(&self) -> &str {
        &self.0.0.made_by_name
    }

    /// When. 调整时间
    async fn created_at(&self) -> DateTime {
        self.0.0.created_at.into()
    }
}

/// Two results side by side. 两人对比
pub struct AppraisalPair(pub Pair);

/// Two results side by side. 两人对比
#[Object]
impl AppraisalPair {
    /// The first. 甲
    async fn one(&self) -> AppraisalCalibrationResult {
        AppraisalCalibrationResult(self.0.one.clone())
    }

    /// The other. 乙
    async fn other(&self) -> AppraisalCalibrationResult {
        AppraisalCalibrationResult(self.0.other.clone())
    }

    /// Each section with its items after it. 各项得分率
    async fn lines(&self) -> Vec<AppraisalPairLine> {
        let lines = self.0.lines.iter().cloned();
        lines
            .map(|(name, line)| AppraisalPairLine(name, line))
            .collect()
    }
}

/// What a part of an appraisal is worth for both. 对比项
pub struct AppraisalPairLine(Text, Line);

/// What a part of an appraisal is worth for both. 对比项
#[Object]
impl AppraisalPairLine {
    /// The section's key. 考核项目编码
    async fn section(&self) -> &str {
        &self.1.section
    }

    /// The item's key; null for the section as a whole. 细项编码
    async fn item(&self) -> Option<&str> {
        self.1.item.as_deref()
    }

    /// What it is called, in the language of the request. 名称
    async fn name(&self, ctx: &Context<'_>) -> &str {
        self.0.in_locale(ctx.call().locale)
    }

    /// What it is worth for the first, in percent; null where there is nothing to go by. 甲得分率
    async fn one(&self) -> Option<Decimal> {
        self.1.one.map(Decimal)
    }

    /// What it is worth for the other, in percent; null where there is nothing to go by. 乙得分率
    async fn other(&self) -> Option<Decimal> {
        self.1.other.map(Decimal)
    }
}
