//! What a version would make of a cycle.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{appraisal, member};

use crate::appraisals::calibration::graphql::AppraisalBandShare;
use crate::appraisals::trial::actions::{Moved, Trial, Unknown};
use crate::error::Text;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Decimal, Id};
use crate::organisation::graphql::Member;

/// What a version of a template would make of a past cycle. 模板试算结果
pub struct AppraisalTrial(pub Trial);

fn int(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// What a version of a template would make of a past cycle. 模板试算结果
#[Object]
impl AppraisalTrial {
    /// How many appraisals were looked at; your own isn't among them. 试算人数（不含本人）
    async fn looked_at(&self) -> i32 {
        int(self.0.looked_at)
    }

    /// How many results go from which band to which; those that stay too. 等级变动统计
    async fn moves(&self) -> Vec<AppraisalTrialMove> {
        let between = self.0.between.iter().cloned();
        between
            .map(|((from_band, to_band), count)| AppraisalTrialMove {
                from_band,
                to_band,
                count: int(count),
            })
            .collect()
    }

    /// How many results would lie in another band. 变动人数
    async fn moved_total(&self) -> i32 {
        int(self.0.moved.len())
    }

    /// Whose result would lie in another band. 等级变动人员
    async fn moved(&self) -> Vec<AppraisalTrialResult> {
        let moved = self.0.moved.iter().cloned();
        moved.map(AppraisalTrialResult).collect()
    }

    /// Whose result can't be computed, by either version. 无法试算人员
    async fn unknown(&self) -> Vec<AppraisalTrialUnknown> {
        let unknown = self.0.unknown.iter().cloned();
        unknown.map(AppraisalTrialUnknown).collect()
    }

    /// How the results are spread by the version that was used. 原分布
    async fn before(&self) -> Vec<AppraisalBandShare> {
        let shares = self.0.before.iter().cloned();
        shares
            .map(|(name, share)| AppraisalBandShare(name, share))
            .collect()
    }

    /// How they would be spread. 试算后分布
    async fn after(&self) -> Vec<AppraisalBandShare> {
        let shares = self.0.after.iter().cloned();
        shares
            .map(|(name, share)| AppraisalBandShare(name, share))
            .collect()
    }
}

/// How many results go from one band to another. 等级变动
#[derive(SimpleObject)]
pub struct AppraisalTrialMove {
    /// The key of the band by the version that was used. 原等级
    from_band: String,
    /// The key of the band by the one that is tried. 试算等级
    to_band: String,
    /// How many. 人数
    count: i32,
}

/// A result that would lie in another band. 等级变动人员
pub struct AppraisalTrialResult(Moved);

/// A result that would lie in another band. 等级变动人员
#[Object]
impl AppraisalTrialResult {
    /// The appraisal, `appraisal_...`. 考核
    async fn appraisal_id(&self) -> Id<appraisal::Entity> {
        Id::new(self.0.appraisal)
    }

    /// Whose. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The score by the version that was used. 原得分
    async fn score_before(&self) -> Decimal {
        Decimal(self.0.before.0)
    }

    /// The key of its band. 原等级
    async fn band_before(&self) -> &str {
        &self.0.before.1
    }

    /// The score by the version that is tried. 试算得分
    async fn score_after(&self) -> Decimal {
        Decimal(self.0.after.0)
    }

    /// The key of its band. 试算等级
    async fn band_after(&self) -> &str {
        &self.0.after.1
    }
}

/// A result that can't be computed. 无法试算人员
pub struct AppraisalTrialUnknown(Unknown);

/// A result that can't be computed. 无法试算人员
#[Object]
impl AppraisalTrialUnknown {
    /// The appraisal, `appraisal_...`. 考核
    async fn appraisal_id(&self) -> Id<appraisal::Entity> {
        Id::new(self.0.appraisal)
    }

    /// Whose. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Why not, in the language of the request. 原因
    async fn reasons(&self, ctx: &Context<'_>) -> Vec<String> {
        let reasons = self.0.reasons.iter();
        let said = |text: &Text| text.in_locale(ctx.call().locale).to_owned();
        reasons.map(said).collect()
    }
}
