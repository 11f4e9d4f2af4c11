//! The results of teams, departments and regions.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{department, region, team};

use crate::appraisals::consequences::actions::{GroupResult, GroupResults, Weakness};
use crate::appraisals::consequences::rules::groups::Part;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Decimal};
use crate::organisation::graphql::{Department, Region, Team};

/// The results of a cycle by group. 分组结果
pub struct AppraisalGroupResults(pub GroupResults);

fn int(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// The results of a cycle by group. 分组结果
#[Object]
impl AppraisalGroupResults {
    /// All of the cycle; null when that would tell about few members. 整体（人数过少时不显示）
    async fn whole(&self) -> Option<AppraisalGroupResult> {
        self.0.whole.clone().map(AppraisalGroupResult)
    }

    /// The groups that are told. 各组
    async fn groups(&self) -> Vec<AppraisalGroupResult> {
        let groups = self.0.groups.iter().cloned();
        groups.map(AppraisalGroupResult).collect()
    }

    /// How many groups aren't told, because that, alone or held against others, would tell about few members. 未显示组数
    async fn withheld(&self) -> i32 {
        int(self.0.withheld)
    }
}

/// The result of a group. 团队结果
pub struct AppraisalGroupResult(pub GroupResult);

/// The result of a group. 团队结果
#[Object]
impl AppraisalGroupResult {
    /// The team; null when it is another kind of group. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Part::Team(id) = self.0.part else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// The department; null when it is another kind of group. 部门
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Department>> {
        let Part::Department(id) = self.0.part else {
            return Ok(None);
        };
        let row = ctx.row::<department::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Department))
    }

    /// The region; null when it is another kind of group. 区域
    async fn region(&self, ctx: &Context<'_>) -> Result<Option<Region>> {
        let Part::Region(id) = self.0.part else {
            return Ok(None);
        };
        let row = ctx.row::<region::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Region))
    }

    /// Of how many members. 人数
    async fn people(&self) -> i32 {
        int(self.0.people)
    }

    /// The mean score, in percent of full marks: templates may differ. 平均得分（折合百分制）
    async fn mean(&self) -> Decimal {
        Decimal(self.0.mean)
    }

    /// How many lie in each band, from the best one down. 等级分布
    async fn bands(&self, ctx: &Context<'_>) -> Vec<AppraisalGroupBand> {
        let locale = ctx.call().locale;
        let bands = self.0.bands.iter();
        bands
            .map(|(band, name, count)| AppraisalGroupBand {
                band: band.clone(),
                name: name.in_locale(locale).to_owned(),
                count: int(*count),
            })
            .collect()
    }

    /// What it is weakest in, of what enough members are measured by: the weakest first, at most five. What to begin a plan for
    /// improvement with. 最薄弱项（改进计划依据）
    async fn weakest(&self) -> Vec<AppraisalGroupWeakness> {
        let weakest = self.0.weakest.iter().cloned();
        weakest.map(AppraisalGroupWeakness).collect()
    }
}

/// How many of a group lie in a band. 等级人数
#[derive(SimpleObject)]
pub struct AppraisalGroupBand {
    /// The band's key. 等级编码
    band: String,
    /// What it is called, in the language of the request. 等级名称
    name: String,
    /// How many. 人数
    count: i32,
}

/// Something that a group is weak in, beside what else it is measured by. 薄弱项
pub struct AppraisalGroupWeakness(pub Weakness);

/// Something that a group is weak in, beside what else it is measured by. 薄弱项
#[Object]
impl AppraisalGroupWeakness {
    /// The section's key. 考核项目编码
    async fn section(&self) -> &str {
        &self.0.item.section
    }

    /// The item's key; null for the work plan. 细项编码
    async fn item(&self) -> Option<&str> {
        self.0.item.item.as_deref()
    }

    /// What it is called, in the language of the request. 名称
    async fn name(&self, ctx: &Context<'_>) -> &str {
        self.0.name.in_locale(ctx.call().locale)
    }

    /// What it is worth on the mean, in percent. 平均得分率
    async fn mean(&self) -> Decimal {
        Decimal(self.0.mean)
    }

    /// Of how many members. 人数
    async fn people(&self) -> i32 {
        int(self.0.people)
    }
}
