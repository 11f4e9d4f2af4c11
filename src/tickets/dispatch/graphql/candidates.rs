//! Who was looked at, with the figures behind the choice.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{dispatch_candidate, member};
use uuid::Uuid;

use super::enums::DispatchExclusion;
use crate::error::{self, Error};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Loads};
use crate::organisation::graphql::Member;
use crate::tickets::dispatch::rules::{Candidate, Judged, Points, Verdict, Why};
use crate::tickets::dispatch::store::{self, Recorded};

/// Somebody who was looked at in a decision or in a simulation. 派单候选人
pub struct DispatchCandidate {
    facts: Candidate,
    rank: Option<i64>,
    why: Option<Why>,
    points: Points,
    total: u64,
}

impl DispatchCandidate {
    /// A candidate of a decision.
    ///
    /// # Errors
    /// When its facts can't be read.
    pub fn stored(row: &dispatch_candidate::Model) -> error::Result<Self> {
        let Recorded { facts, why } = Recorded::of(row)?;
        let large = |value: i32| u64::try_from(value).unwrap_or(0);
        Ok(Self {
            facts,
            rank: row.rank.map(Into::into),
            why,
            points: Points {
                load: large(row.load),
                fit: large(row.fit),
                fairness: large(row.fairness),
            },
            total: large(row.total),
        })
    }
}

impl From<Judged> for DispatchCandidate {
    fn from(judged: Judged) -> Self {
        let (rank, why, points, total) = match judged.verdict {
            Verdict::Ranked {
                rank,
                points,
                total,
            } => (Some(rank.into()), None, points, total),
            Verdict::Excluded(why) => (None, Some(why), Points::default(), 0),
        };
        Self {
            facts: judged.candidate,
            rank,
            why,
            points,
            total,
        }
    }
}

/// Somebody who was looked at in a decision or in a simulation. 派单候选人
#[Object]
impl DispatchCandidate {
    /// Who; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        Ok(ctx
            .row::<member::Entity>(self.facts.member)
            .await
            .on_field(ctx.call())?
            .map(Member))
    }

    /// The place in the ranking, from 1; null when excluded. 排名
    async fn rank(&self) -> Option<i64> {
        self.rank
    }

    /// Why they could not be given it; null when ranked. 排除原因
    async fn excluded(&self) -> Option<DispatchExclusion> {
        self.why.as_ref().map(|why| why.exclusion().into())
    }

    /// That reason in a sentence, with its figures. 排除说明
    async fn explanation(&self, ctx: &Context<'_>) -> Option<String> {
        let text = self.why.as_ref()?.text();
        Some(text.in_locale(ctx.call().locale).to_owned())
    }

    /// Points for load, 0 to 1000: the free part of the capacity, where urgent tickets take more of it. 负荷得分
    async fn load(&self) -> u64 {
        self.points.load
    }

    /// Points for fit, 0 to 1000: skills a little above what is needed, and experience with the product. 匹配得分
    async fn fit(&self) -> u64 {
        self.points.fit
    }

    /// Points for fairness, 0 to 1000: 500 for exactly the fair share of the last days. 公平得分
    async fn fairness(&self) -> u64 {
        self.points.fairness
    }

    /// The weighted mean of the three, 0 to 1000. 总分
    async fn total(&self) -> u64 {
        self.total
    }

    /// Open tickets at that moment. 未结工单数
    async fn open_tickets(&self) -> u32 {
        self.facts.open.count()
    }

    /// Open tickets at most. 工单容量
    async fn capacity(&self) -> u32 {
        self.facts.capacity
    }

    /// Tickets received within the days that fairness looks at. 近期接单数
    async fn received(&self) -> u32 {
        self.facts.received
    }

    /// Tickets about the same product resolved within a year. 同产品已解决工单数
    async fn resolved_alike(&self) -> u32 {
        self.facts.resolved_alike
    }

    /// When they last received a ticket; null when that was more than 90 days ago. 上次接单时间
    async fn last_assigned_at(&self) -> Option<DateTime> {
        self.facts.last_assigned.map(Into::into)
    }
}

/// How many candidates were excluded for a reason. 排除统计
#[derive(SimpleObject)]
pub struct DispatchExclusionCount {
    /// The reason. 原因
    excluded: DispatchExclusion,
    /// How many. 人数
    count: i64,
}

/// Counts of exclusions as clients see them.
pub fn counts(counted: BTreeMap<entity::enums::Exclusion, u32>) -> Vec<DispatchExclusionCount> {
    counted
        .into_iter()
        .map(|(excluded, count)| DispatchExclusionCount {
            excluded: excluded.into(),
            count: count.into(),
        })
        .collect()
}

/// The candidates of one decision.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CandidatesOf(pub Uuid);

impl Loader<CandidatesOf> for Loads {
    type Value = Arc<Vec<dispatch_candidate::Model>>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[CandidatesOf],
    ) -> std::result::Result<HashMap<CandidatesOf, Self::Value>, Self::Error> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let of = store::candidates(self.db.reader(), &ids).await?;
        Ok(of
            .into_iter()
            .map(|(id, rows)| (CandidatesOf(id), Arc::new(rows)))
            .collect())
    }
}
