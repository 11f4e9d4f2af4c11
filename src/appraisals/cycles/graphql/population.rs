//! Who would take part in a cycle, in the schema.

use std::collections::BTreeMap;

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{department, member, team};

use super::enums::AppraisalExclusion;
use crate::appraisals::cycles::population::Candidate;
use crate::appraisals::rules::population::Verdict;
use crate::error::ApiError;
use crate::graphql::Ask;
use crate::graphql::errors::{OnField, from_api};
use crate::organisation::graphql::{Department, JobFamily, Member, Team};

/// The most candidates that are told at once.
const MOST: usize = 100;

/// Who would take part in a cycle if it were opened now. 参评预览
pub struct AppraisalPreview(pub Vec<Candidate>);

/// So many with this cause. 原因统计
#[derive(SimpleObject)]
pub struct AppraisalCauseCount {
    /// Why they don't take part. 原因
    cause: AppraisalExclusion,
    /// How many. 人数
    count: usize,
}

/// So many of this family. 岗位族统计
#[derive(SimpleObject)]
pub struct AppraisalFamilyCount {
    /// By whose template. 岗位族
    family: JobFamily,
    /// How many. 人数
    count: usize,
}

impl AppraisalPreview {
    fn included(&self) -> usize {
        let takes_part = |one: &&Candidate| matches!(one.verdict, Verdict::In { .. });
        self.0.iter().filter(takes_part).count()
    }
}

/// Who would take part in a cycle if it were opened now. 参评预览
#[Object]
impl AppraisalPreview {
    /// How many take part. 参评人数
    #[graphql(name = "included")]
    async fn how_many(&self) -> usize {
        self.included()
    }

    /// How many others worked here on one of the days. 未参评人数
    async fn excluded(&self) -> usize {
        self.0.len() - self.included()
    }

    /// Why they don't take part. 未参评原因
    async fn causes(&self) -> Vec<AppraisalCauseCount> {
        let mut counts = BTreeMap::new();
        for one in &self.0 {
            if let Verdict::Out { cause, .. } = one.verdict {
                *counts.entry(cause).or_insert(0) += 1;
            }
        }
        let shown = |(cause, count): (entity::enums::AppraisalExclusion, usize)| {
            let cause = cause.into();
            AppraisalCauseCount { cause, count }
        };
        counts.into_iter().map(shown).collect()
    }

    /// By whose templates they are appraised. 参评岗位族
    async fn families(&self) -> Vec<AppraisalFamilyCount> {
        let mut counts = BTreeMap::new();
        for one in &self.0 {
            if let Verdict::In { family, .. } = one.verdict {
                *counts.entry(family).or_insert(0) += 1;
            }
        }
        let shown = |(family, count): (entity::enums::JobFamily, usize)| {
            let family = family.into();
            AppraisalFamilyCount { family, count }
        };
        counts.into_iter().map(shown).collect()
    }

    /// Everybody who worked here on one of the days, by number. 名单
    async fn candidates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those who take part, or only those who don't. 是否参评")]
        included: Option<bool>,
        #[graphql(desc = "How many to leave out first. 跳过条数", default = 0)] skip: usize,
        #[graphql(desc = "How many at most, 1 to 100. 条数", default = 20)] first: usize,
    ) -> Result<Vec<AppraisalCandidate>> {
        if !(1..=MOST).contains(&first) {
            let error = ApiError::bad_input(
                "first",
                format!("{first} is not between 1 and {MOST}"),
                format!("{first} 不在 1 到 {MOST} 之间"),
            );
            return Err(from_api(ctx.call(), &error));
        }
        let wanted = |one: &&Candidate| {
            included.is_none_or(|wanted| matches!(one.verdict, Verdict::In { .. }) == wanted)
        };
        let some = self.0.iter().filter(wanted).skip(skip).take(first);
        Ok(some.copied().map(AppraisalCandidate).collect())
    }
}

/// Somebody who worked here on one of the days of a cycle. 候选成员
pub struct AppraisalCandidate(pub Candidate);

/// Somebody who worked here on one of the days of a cycle. 候选成员
#[Object]
impl AppraisalCandidate {
    /// Who; null when the member is out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.employed.member).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// By the template of this family; null for those who don't take part. 岗位族
    async fn family(&self) -> Option<JobFamily> {
        match self.0.verdict {
            Verdict::In { family, .. } => Some(family.into()),
            Verdict::Out { .. } => None,
        }
    }

    /// For this team; null for those who don't take part. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Verdict::In { team: Some(id), .. } = self.0.verdict else {
            return Ok(None);
        };
        let row = ctx.row::<team::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Team))
    }

    /// For this department; null for those who don't take part. 部门
    async fn department(&self, ctx: &Context<'_>) -> Result<Option<Department>> {
        let Verdict::In {
            department: Some(id),
            ..
        } = self.0.verdict
        else {
            return Ok(None);
        };
        let row = ctx.row::<department::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Department))
    }

    /// On how many days of the period the member is at work. 在岗天数
    async fn days(&self) -> i32 {
        match self.0.verdict {
            Verdict::In { days, .. } | Verdict::Out { days, .. } => days,
        }
    }

    /// Why they don't take part; null for those who do. 未参评原因
    async fn cause(&self) -> Option<AppraisalExclusion> {
        match self.0.verdict {
            Verdict::Out { cause, .. } => Some(cause.into()),
            Verdict::In { .. } => None,
        }
    }
}
