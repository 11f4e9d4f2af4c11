//! One figure of times, and its comparison with another one.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};

use super::inputs::TimeSpentRecordOrder;
use super::types::{Answer, Path};
use crate::decimal::{self, SCALE};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask as _, Connection, Date, Decimal, PageArgs};
use crate::metrics::figures::Spent;
use crate::metrics::graphql::types::MetricRecord;
use crate::metrics::rules::period::Period;
use crate::metrics::rules::times::{Times, change_percent};

/// A figure of an answer.
pub fn figure(
    answer: &Arc<Answer>,
    path: &Path,
    period: Period,
    times: Times,
    of: i64,
) -> TimeSpentFigure {
    TimeSpentFigure {
        answer: Arc::clone(answer),
        path: path.clone(),
        period,
        times,
        of,
    }
}

/// A figure of an earlier period beside that of now.
pub fn compared(
    answer: &Arc<Answer>,
    path: &Path,
    now: Times,
    (period, spent): &(Period, Spent),
    then: Times,
) -> TimeSpentComparison {
    let change = |now, then| change_percent(now, then).map(Decimal);
    let both = now.count > 0 && then.count > 0;
    TimeSpentComparison {
        figure: figure(answer, path, *period, then, spent.whole.total),
        count_change_percent: change(now.count, then.count),
        median_change_percent: change(now.median, then.median).filter(|_| both),
        p90_change_percent: change(now.p90, then.p90).filter(|_| both),
        total_change_percent: change(now.total, then.total),
    }
}

/// A figure of another time, beside this one. 对比
#[derive(SimpleObject)]
pub struct TimeSpentComparison {
    /// The figure then. 当时数据
    figure: TimeSpentFigure,
    /// How many percent more there are now; null when there were none. 数量变化百分比
    count_change_percent: Option<Decimal>,
    /// How many percent longer the median is now; null when there is or was none, or it was nought. 中位数变化百分比
    median_change_percent: Option<Decimal>,
    /// The same of the 90th percentile. 90 分位变化百分比
    p90_change_percent: Option<Decimal>,
    /// The same of the time together. 总耗时变化百分比
    total_change_percent: Option<Decimal>,
}

/// How long some stretches of time took, in seconds. 耗时数据
pub struct TimeSpentFigure {
    answer: Arc<Answer>,
    path: Path,
    period: Period,
    times: Times,
    of: i64,
}

/// Seconds as a number with decimals.
fn whole(seconds: i64) -> Decimal {
    Decimal(decimal::Decimal(seconds.saturating_mul(SCALE)))
}

/// How long some stretches of time took, in seconds. 耗时数据
#[Object]
impl TimeSpentFigure {
    /// Its first day. 起始日
    async fn from(&self) -> Date {
        Date(self.period.from)
    }

    /// The first day after it. 截止日（不含）
    async fn to(&self) -> Date {
        Date(self.period.to)
    }

    /// How many ended in these days; those that still run aren't counted. 数量
    async fn count(&self) -> i64 {
        self.times.count
    }

    /// The median in seconds, exact, by the nearest rank: the shortest that at least half of them don't exceed; null when
    /// there are none. 中位数（秒）
    async fn median(&self) -> Option<Decimal> {
        (self.times.count > 0).then(|| whole(self.times.median))
    }

    /// The 90th percentile in seconds, exact, by the nearest rank: the shortest that at least nine of ten don't exceed;
    /// null when there are none. 90 分位（秒）
    async fn p90(&self) -> Option<Decimal> {
        (self.times.count > 0).then(|| whole(self.times.p90))
    }

    /// The mean in seconds; null when there are none. 平均值（秒）
    async fn mean(&self) -> Option<Decimal> {
        self.times.mean().map(Decimal)
    }

    /// Their time together in seconds. 总耗时（秒）
    async fn total(&self) -> Decimal {
        whole(self.times.total)
    }

    /// How many percent that is of the time of all that was asked for in the same days; null when that is nought. 占比（%）
    async fn share_of_total(&self) -> Option<Decimal> {
        self.times.share_of(self.of).map(Decimal)
    }

    /// The records behind it. 明细
    async fn records(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(
            desc = "In which order.",
            default_with = "TimeSpentRecordOrder::SecondsDesc"
        )]
        order_by: TimeSpentRecordOrder,
    ) -> Result<Option<Connection<MetricRecord>>> {
        let (app, call) = (ctx.app(), ctx.call());
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = args.page(ctx).on_field(call)?;
        let longest = order_by == TimeSpentRecordOrder::SecondsDesc;
        let total = ctx.selects("totalCount");
        let listing = self
            .answer
            .ask
            .records(
                app.db.reader(),
                self.period,
                &self.path,
                longest,
                (&page, total),
            )
            .await
            .on_field(call)?;
        Ok(Some(Connection::from_listing(listing, MetricRecord)))
    }
}
