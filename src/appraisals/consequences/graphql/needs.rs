//! What results are weak in.

use async_graphql::{Context, Object, Result};
use entity::{appraisal, appraisal_template_version, member};
use uuid::Uuid;

use crate::appraisals::consequences::actions::Need;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Decimal, Id};
use crate::organisation::graphql::Member;

/// Something that results of a cycle are weak in: worth less than 60 percent, and among what weighs most. 能力短板
pub struct AppraisalNeed(pub Need);

fn int(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Something that results of a cycle are weak in: worth less than 60 percent, and among what weighs most. 能力短板
#[Object]
impl AppraisalNeed {
    /// The version of the template, `appraisalversion_...`. 模板版本
    async fn version_id(&self) -> Id<appraisal_template_version::Entity> {
        Id::new(self.0.item.version)
    }

    /// The section's key. 考核项目编码
    async fn section(&self) -> &str {
        &self.0.item.section
    }

    /// The item's key; null for the work plan, whose items are each member's own. 细项编码
    async fn item(&self) -> Option<&str> {
        self.0.item.item.as_deref()
    }

    /// What it is called, in the language of the request. 名称
    async fn name(&self, ctx: &Context<'_>) -> &str {
        self.0.name.in_locale(ctx.call().locale)
    }

    /// How many within your reach are weak in it. 范围内人数
    async fn within(&self) -> i32 {
        int(self.0.within)
    }

    /// How many others are; null when these, or those of the others who aren't, are fewer than `metrics.minimum_group`.
    /// 范围外人数（人数过少时不显示）
    async fn beyond(&self) -> Option<i32> {
        self.0.beyond.map(int)
    }

    /// Who within your reach, the weakest first, at most 500. 范围内人员
    async fn members(&self) -> Vec<AppraisalNeedMember> {
        let members = self.0.members.iter();
        members
            .map(|(member, appraisal, percent)| AppraisalNeedMember {
                member: *member,
                appraisal: *appraisal,
                percent: Decimal(*percent),
            })
            .collect()
    }
}

/// Somebody who is weak in something. 短板人员
pub struct AppraisalNeedMember {
    member: Uuid,
    appraisal: Uuid,
    percent: Decimal,
}

/// Somebody who is weak in something. 短板人员
#[Object]
impl AppraisalNeedMember {
    /// The appraisal, `appraisal_...`. 考核
    async fn appraisal_id(&self) -> Id<appraisal::Entity> {
        Id::new(self.appraisal)
    }

    /// Who; null when the member is out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.member).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// What it is worth, in percent. 得分率
    async fn percent(&self) -> Decimal {
        self.percent
    }
}
