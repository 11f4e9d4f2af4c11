//! How frozen figures differ from today's, in the schema.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result};

use super::types::{Answer, MetricRecord, shown_key, subject_of};
use crate::access::Permission;
use crate::error::ApiError;
use crate::graphql::errors::{OnField, from_api};
use crate::graphql::ids::encode;
use crate::graphql::node::{self, Node};
use crate::graphql::{Ask as _, Connection, Decimal, PageArgs};
use crate::metrics::figures::{Cause, Difference, MOST_FACTS, Rights, page_of};
use crate::metrics::rules::causes::{Fact, Key, Kind};

/// What made a frozen figure and today's differ. 差异原因类别
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Kind")]
pub enum MetricCauseKind {
    /// Records count that didn't count then: they are new, or were counted late. 新增或补计
    Came,
    /// Records count with another measure, share or member. 更正
    Corrected,
    /// Records came over from another group, or from another day of the snapshot. 移入
    MovedIn,
    /// Records went over to another group or day. 移出
    MovedOut,
    /// Records don't count any more: reopened, cancelled, merged. 不再计入
    Went,
    /// Regions were said to be made of other provinces. 区域划分变更
    Regions,
    /// The metric is computed in another way. 指标口径变更
    Definition,
}

/// How a frozen figure differs from today's, over the whole period. 与当前数据的差异
pub struct MetricDifference {
    /// What is common to all figures of the answer.
    pub answer: Arc<Answer>,
    /// The key of the group.
    pub key: String,
}

impl MetricDifference {
    fn difference(&self) -> Option<&Difference> {
        self.answer.differences.as_ref()?.groups.get(&self.key)
    }
}

/// How a frozen figure differs from today's, over the whole period. 与当前数据的差异
#[Object]
impl MetricDifference {
    /// Which team, product and so on, as the key of a group; null when nothing was grouped. 键
    async fn key(&self) -> Option<String> {
        self.answer.ask.by.map(|by| shown_key(by, &self.key))
    }

    /// The team, product and so on itself, if you may see it. 对象
    async fn subject(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        subject_of(ctx, self.answer.ask.by, &self.key).await
    }

    /// The frozen figure; null when there was nothing to compute it from, or it is withheld. 冻结值
    async fn then(&self) -> Option<Decimal> {
        self.difference()?.then.map(Decimal)
    }

    /// Today's, by the metric's definition of today; null when there is nothing to compute it from, or it is withheld.
    /// 当前值
    async fn now(&self) -> Option<Decimal> {
        self.difference()?.now.map(Decimal)
    }

    /// How much more it is today; null where either isn't known. 变化
    async fn change(&self) -> Option<Decimal> {
        self.difference()?.change().map(Decimal)
    }

    /// What made it differ, in the order in which it is reckoned: the changes add up to the difference. 原因
    async fn causes(&self, ctx: &Context<'_>) -> Result<Option<Vec<MetricCause>>> {
        let too_many = self
            .answer
            .differences
            .as_ref()
            .is_some_and(|all| all.too_many);
        if too_many {
            let error = ApiError::bad_input(
                "period",
                format!(
                    "more than {MOST_FACTS} facts have changed since; ask for a shorter period or a part of the company to see what"
                ),
                format!("此后变更的明细超过 {MOST_FACTS} 条，请缩短周期或缩小范围后查看原因"),
            );
            return Err(from_api(ctx.call(), &error));
        }
        let causes = self.difference().into_iter().flat_map(|one| &one.causes);
        let cause = |cause: &Cause| MetricCause {
            answer: Arc::clone(&self.answer),
            cause: cause.clone(),
        };
        Ok(Some(causes.map(cause).collect()))
    }

    /// Is the metric out of use? Then `now` is by its last definition. 指标是否已停用
    async fn retired(&self) -> bool {
        self.answer
            .differences
            .as_ref()
            .is_some_and(|all| all.retired)
    }

    /// Is the metric computed in another way today? 指标口径是否已变更
    async fn redefined(&self) -> bool {
        self.answer
            .differences
            .as_ref()
            .is_some_and(|all| all.redefined)
    }

    /// Is it withheld because it would tell about few members? 是否因人数过少不显示
    async fn withheld(&self) -> bool {
        self.difference().is_some_and(|one| one.withheld)
    }
}

/// One cause of a difference. 差异原因
pub struct MetricCause {
    answer: Arc<Answer>,
    cause: Cause,
}

/// One cause of a difference. 差异原因
#[Object]
impl MetricCause {
    /// What happened. 类别
    async fn kind(&self) -> MetricCauseKind {
        self.cause.kind.into()
    }

    /// By how much the figure changed through it. Null where the figure isn't known after it - what it did is then in the
    /// next one - and without `metric.member.read` for figures about members. 影响值
    async fn change(&self) -> Option<Decimal> {
        self.cause.change.map(Decimal)
    }

    /// How many facts of records it happened to; null where it isn't facts that changed, and without `metric.member.read`
    /// for figures about members. 涉及明细数
    async fn count(&self) -> Option<i32> {
        let of_facts = !matches!(self.cause.kind, Kind::Regions | Kind::Definition);
        let told = of_facts && self.answer.rights == Rights::Whole;
        told.then(|| i32::try_from(self.cause.facts.len()).unwrap_or(i32::MAX))
    }

    /// The facts that it happened to, record by record; needs `metric.member.read` for this part of the company when the
    /// figure is about members. 明细
    async fn records(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<MetricChangedFact>>> {
        let call = ctx.call();
        if self.answer.rights == Rights::Guarded {
            let error = call.viewer.reach_too_small(Permission::MetricMemberRead);
            return Err(from_api(call, &error));
        }
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = args.page(ctx).on_field(call)?;
        let listing = page_of(&self.cause.facts, &page).on_field(call)?;
        let view = |(key, fact)| MetricChangedFact { key, fact };
        Ok(Some(Connection::from_listing(listing, view)))
    }
}

/// A fact of a record that changed since it was frozen. 变更的明细
pub struct MetricChangedFact {
    key: Key,
    fact: Fact,
}

impl MetricChangedFact {
    fn id(&self) -> ID {
        let mut rows = self.fact.then.iter().chain(&self.fact.now);
        let kind = rows.next().map_or("", |row| &row.record_kind);
        ID(encode(kind, self.key.record_id))
    }
}

/// A fact of a record that changed since it was frozen. 变更的明细
#[Object]
impl MetricChangedFact {
    /// The record's id. 记录 ID
    async fn record_id(&self) -> ID {
        self.id()
    }

    /// The record itself, if you may see it. 记录
    async fn record(&self, ctx: &Context<'_>) -> Result<Option<Node>> {
        node::find(ctx, "recordId", &self.id()).await
    }

    /// The key of the source, such as `ticket.resolved`. 事实来源
    async fn source(&self) -> &str {
        &self.key.source
    }

    /// How it counted here then: more than once where credit was shared; not at all where it came later. 冻结时
    async fn then(&self) -> Vec<MetricRecord> {
        self.fact.then.iter().cloned().map(MetricRecord).collect()
    }

    /// How it counts here now; not at all where it went. 当前
    async fn now(&self) -> Vec<MetricRecord> {
        self.fact.now.iter().cloned().map(MetricRecord).collect()
    }
}
