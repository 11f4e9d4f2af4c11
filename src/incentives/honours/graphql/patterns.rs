//! How much somebody can still give, and what recognitions of some days look like, in the schema.

use async_graphql::{Context, Object, Result, SimpleObject};

use super::types::{name, within_reach};
use crate::graphql::Date;
use crate::incentives::honours::balance::Balance;
use crate::incentives::honours::patterns::Patterns;
use crate::incentives::rules::honours::{Concentration, Mutual};
use crate::organisation::graphql::Member;

fn count(many: usize) -> i32 {
    i32::try_from(many).unwrap_or(i32::MAX)
}

/// How much you can still give. 认可余额
#[derive(SimpleObject)]
pub struct RecognitionBalance {
    /// The most in a calendar month. 每月上限
    per_month: i32,
    /// The most to the same colleague in a calendar quarter. 每季度对同一同事上限
    per_colleague_a_quarter: i32,
    /// So many days you can't recognise who has just recognised you. 回认间隔天数
    return_days: i32,
    /// How many you gave this month. 本月已给出
    given: i32,
    /// How many more you can. 本月剩余
    left: i32,
    /// The first day of the next month, on which it begins anew. 重新计算日期
    renewed_on: Date,
}

impl From<Balance> for RecognitionBalance {
    fn from(balance: Balance) -> Self {
        Self {
            per_month: count(balance.limits.per_month),
            per_colleague_a_quarter: count(balance.limits.per_pair),
            return_days: i32::try_from(balance.limits.return_days).unwrap_or(i32::MAX),
            given: count(balance.given),
            left: count(balance.left),
            renewed_on: balance.renewed_on.into(),
        }
    }
}

/// What recognitions of some days look like: something to look into, not a judgement. 认可模式
pub struct RecognitionPatterns(pub Patterns);

/// What recognitions of some days look like: something to look into, not a judgement. 认可模式
#[Object]
impl RecognitionPatterns {
    /// How many there are, without those that were taken back. 认可数
    async fn recognitions(&self) -> i32 {
        count(self.0.recognitions)
    }

    /// How many members gave one. 认可人数
    async fn givers(&self) -> i32 {
        count(self.0.givers)
    }

    /// How many members got one. 被认可人数
    async fn receivers(&self) -> i32 {
        count(self.0.receivers)
    }

    /// Two who recognised each other twice at least, each way; most of all first, 50 at most. 相互认可
    async fn mutual(&self) -> Vec<RecognitionMutual> {
        self.0
            .mutual
            .iter()
            .copied()
            .map(RecognitionMutual)
            .collect()
    }

    /// Who got most, 50 at most. 集中情况
    async fn concentrated(&self) -> Vec<RecognitionConcentration> {
        let all = self.0.concentrated.iter().copied();
        all.map(RecognitionConcentration).collect()
    }
}

/// Two who recognise each other. 相互认可
pub struct RecognitionMutual(Mutual);

/// Two who recognise each other. 相互认可
#[Object]
impl RecognitionMutual {
    /// The one; null when out of your reach. 一方
    async fn one(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        within_reach(ctx, self.0.one).await
    }

    /// What the one is called. 一方姓名
    async fn one_name(&self, ctx: &Context<'_>) -> Result<String> {
        name(ctx, self.0.one).await
    }

    /// The other; null when out of your reach. 另一方
    async fn other(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        within_reach(ctx, self.0.other).await
    }

    /// What the other is called. 另一方姓名
    async fn other_name(&self, ctx: &Context<'_>) -> Result<String> {
        name(ctx, self.0.other).await
    }

    /// How often the one recognised the other. 一方认可次数
    async fn there(&self) -> i32 {
        count(self.0.there)
    }

    /// How often the other recognised the one. 另一方认可次数
    async fn back(&self) -> i32 {
        count(self.0.back)
    }
}

/// Who is recognised, and how much of all that is. 认可集中情况
pub struct RecognitionConcentration(Concentration);

/// Who is recognised, and how much of all that is. 认可集中情况
#[Object]
impl RecognitionConcentration {
    /// Who; null when out of your reach. 被认可人
    async fn receiver(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        within_reach(ctx, self.0.receiver).await
    }

    /// What they are called. 被认可人姓名
    async fn receiver_name(&self, ctx: &Context<'_>) -> Result<String> {
        name(ctx, self.0.receiver).await
    }

    /// How often. 次数
    async fn received(&self) -> i32 {
        count(self.0.received)
    }

    /// By how many colleagues. 认可人数
    async fn givers(&self) -> i32 {
        count(self.0.givers)
    }

    /// How much of all recognitions that is, in basis points. 占比（基点）
    async fn basis_points(&self) -> i32 {
        count(self.0.basis_points)
    }
}
