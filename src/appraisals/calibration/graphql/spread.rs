//! How results are spread, and what stands out.

use async_graphql::{Context, Object, Result};
use entity::{appraisal_template_version, member, team};

use super::enums::{AppraisalFinding, AppraisalTenure};
use crate::appraisals::calibration::actions::{Key, Spread};
use crate::appraisals::rules::calibration::{Finding, Hint, Share};
use crate::error::Text;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Id};
use crate::organisation::graphql::{Member, Team};

/// A count as clients see it.
pub fn int(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// How many results lie in a band. 等级人数
pub struct AppraisalBandShare(pub Text, pub Share);

/// How many results lie in a band. 等级人数
#[Object]
impl AppraisalBandShare {
    /// The band's key. 等级编码
    async fn band(&self) -> &str {
        &self.1.band
    }

    /// What it is called, in the language of the request. 等级名称
    async fn name(&self, ctx: &Context<'_>) -> &str {
        self.0.in_locale(ctx.call().locale)
    }

    /// How many. 人数
    async fn count(&self) -> i32 {
        int(self.1.count)
    }

    /// How many there may be: the band's percentage of the results, rounded down; null when it doesn't matter. 人数上限
    async fn most(&self) -> Option<i32> {
        self.1.most.map(int)
    }

    /// How many are too many. 超出人数
    async fn over(&self) -> i32 {
        int(self.1.over())
    }
}

/// How the results by one version of a template are spread over its bands. 结果分布
pub struct AppraisalSpread(pub Spread);

/// How the results by one version of a template are spread over its bands. 结果分布
#[Object]
impl AppraisalSpread {
    /// The version, `appraisalversion_...`. 模板版本
    async fn version_id(&self) -> Id<appraisal_template_version::Entity> {
        Id::new(self.0.version)
    }

    /// Of how many results; your own isn't among them. 结果数（不含本人）
    async fn results(&self) -> i32 {
        int(self.0.results)
    }

    /// The bands, from the best one down. 各等级
    async fn bands(&self) -> Vec<AppraisalBandShare> {
        let bands = self.0.bands.iter().cloned();
        bands
            .map(|(name, share)| AppraisalBandShare(name, share))
            .collect()
    }

    /// Does every band keep to what there may be in it? 是否符合比例上限
    async fn within(&self) -> bool {
        self.0.bands.iter().all(|(_, share)| share.over() == 0)
    }
}

/// How the results of a reviewer, a team or a time of service compare with all others: a hint where to look, not a proof.
/// 偏差提示
pub struct AppraisalHint(pub Hint<Key>);

/// How the results of a reviewer, a team or a time of service compare with all others: a hint where to look, not a proof.
/// 偏差提示
#[Object]
impl AppraisalHint {
    /// Who judged; null when results are compared by something else, or out of your reach. 评价人
    async fn reviewer(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Key::Reviewer(Some(id)) = self.0.group else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The team; null when results are compared by something else. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Key::Team(Some(id)) = self.0.group else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// For how long here; null when results are compared by something else. 司龄
    async fn tenure(&self) -> Option<AppraisalTenure> {
        match self.0.group {
            Key::Tenure(tenure) => Some(tenure.into()),
            _ => None,
        }
    }

    /// How many results there are of it. 样本数
    async fn results(&self) -> i32 {
        int(self.0.count)
    }

    /// How many of the others. 对照样本数
    async fn others(&self) -> i32 {
        int(self.0.others)
    }

    /// What is said of it. 结论
    async fn finding(&self) -> AppraisalFinding {
        self.0.finding.into()
    }

    /// By how many points of a hundred the mean lies above the others, below zero: below them; null unless it stands out.
    /// 均值差（百分制）
    async fn apart(&self) -> Option<f64> {
        let tenths = |points: f64| (points * 10.0).round() / 10.0;
        match self.0.finding {
            Finding::Higher(points) => Some(tenths(points)),
            Finding::Lower(points) => Some(-tenths(points)),
            Finding::TooFew | Finding::Even => None,
        }
    }
}
