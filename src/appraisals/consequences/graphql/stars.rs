//! Who is among the best, and who was chosen.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{appraisal, member};

use crate::appraisals::consequences::actions::{Candidate, FamilyStars};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Decimal, Id};
use crate::organisation::graphql::{JobFamily, Member};

/// The best of a family. 岗位族候选人
pub struct AppraisalStarFamily(pub FamilyStars);

/// The best of a family. 岗位族候选人
#[Object]
impl AppraisalStarFamily {
    /// The family. 岗位族
    async fn family(&self) -> JobFamily {
        self.0.family.into()
    }

    /// Who, the best first. 候选人
    async fn candidates(&self) -> Vec<AppraisalStarCandidate> {
        let candidates = self.0.candidates.iter().cloned();
        candidates.map(AppraisalStarCandidate).collect()
    }
}

/// Somebody among the best, and why. 评优候选人
pub struct AppraisalStarCandidate(Candidate);

/// Somebody among the best, and why. 评优候选人
#[Object]
impl AppraisalStarCandidate {
    /// The appraisal to nominate from, `appraisal_...`. 考核
    async fn appraisal_id(&self) -> Id<appraisal::Entity> {
        Id::new(self.0.appraisal)
    }

    /// Who. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// The score. 得分
    async fn score(&self) -> Decimal {
        Decimal(self.0.score)
    }

    /// The key of the band: the best one. 等级编码
    async fn band(&self) -> &str {
        &self.0.band
    }

    /// What they are strong in, in the language of the request: what weighs most first. 突出表现
    async fn strengths(&self, ctx: &Context<'_>) -> Vec<String> {
        let locale = ctx.call().locale;
        let strengths = self.0.strengths.iter();
        strengths
            .map(|remark| remark.text.in_locale(locale).to_owned())
            .collect()
    }
}

/// Somebody who was chosen as a star: an honour, for all the staff to know. 服务之星
#[derive(SimpleObject)]
pub struct AppraisalStar {
    /// What they are called. 姓名
    pub name: String,
    /// The same in Latin letters, where there is one. 英文名
    pub name_en: Option<String>,
    /// Why, in the words of the nomination. 事迹
    pub reasons: String,
    /// Since when. 授予时间
    pub since: DateTime,
}
