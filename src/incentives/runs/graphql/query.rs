//! Reading runs, awards and the ledger.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use entity::{
    incentive_award, incentive_correction, incentive_lock, incentive_payout, incentive_question,
    incentive_run, member,
};

use super::awards::IncentiveAward;
use super::enums::{
    IncentiveAwardOrder, IncentiveCorrectionOrder, IncentivePayoutOrder, IncentiveQuestionOrder,
    IncentiveRunOrder, IncentiveTransactionOrder, plain,
};
use super::filters::{
    IncentiveAwardFilter, IncentiveCorrectionFilter, IncentiveQuestionFilter, IncentiveRunFilter,
    IncentiveTransactionFilter,
};
use super::ledger::{
    IncentiveAccount, IncentiveCorrection, IncentiveQuestion, IncentiveTransaction,
};
use super::mine::MyIncentives;
use super::types::{IncentiveMonthLock, IncentivePayout, IncentiveRun};

use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Date, Id, PageArgs};
use crate::incentives::definitions::graphql::IncentivePeriod;
use crate::incentives::runs::statement::statement;
use crate::incentives::runs::store::{entries_seen, list_seen, one_seen};
use crate::incentives::runs::view::mine;

macro_rules! roots {
    (
        whole { $($(#[$many_doc:meta])* $many:ident: $view:ident of $table:ident, $filter:ty, $order:ident, |$given:ident| $plain:expr;)* }
        pay { $($(#[$pays_doc:meta])* $pays:ident: $pay_view:ident of $pay_table:ident, $pay_filter:ident, $pay_order:ident;)* }
    ) => {
        /// The queries about runs, awards and the ledger.
        #[derive(Default)]
        pub struct IncentiveRunQuery;

        /// The queries about runs, awards and the ledger.
        #[Object]
        impl IncentiveRunQuery {
            /// A run by id. 激励计算批次
            async fn incentive_run(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Which one. 标识")] id: Id<incentive_run::Entity>,
            ) -> Result<Option<IncentiveRun>> {
                let row = ctx.row::<incentive_run::Entity>(id.uuid).await;
                Ok(row.on_field(ctx.call())?.map(IncentiveRun))
            }

            /// A payout by id. 发放批次
            async fn incentive_payout(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Which one. 标识")] id: Id<incentive_payout::Entity>,
            ) -> Result<Option<IncentivePayout>> {
                let row = ctx.row::<incentive_payout::Entity>(id.uuid).await;
                Ok(row.on_field(ctx.call())?.map(IncentivePayout))
            }

            /// An award by id: one's own, or of members whose awards and pay are within your reach; such a look is logged. 奖励
            async fn incentive_award(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Which one. 标识")] id: Id<incentive_award::Entity>,
            ) -> Result<Option<IncentiveAward>> {
                let row = one_seen::<incentive_award::Entity>(&ctx.app().db, ctx.call(), id.uuid).await;
                Ok(row.on_field(ctx.call())?.map(IncentiveAward))
            }

            /// A correction by id; a look at somebody else's is logged. 更正
            async fn incentive_correction(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Which one. 标识")] id: Id<incentive_correction::Entity>,
            ) -> Result<Option<IncentiveCorrection>> {
                let row = one_seen::<incentive_correction::Entity>(&ctx.app().db, ctx.call(), id.uuid).await;
                Ok(row.on_field(ctx.call())?.map(IncentiveCorrection))
            }

            /// What was owed to a member at first, what came and went, and what is owed in the end, by currency. A look at somebody
            /// else's is logged. 对账单
            async fn incentive_statement(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Whose; your own when nothing is said. 成员")] member_id: Option<Id<member::Entity>>,
                #[graphql(desc = "The first day. 首日")] from: Date,
                #[graphql(desc = "The first day after it, ten years later at most. 截止日（不含）")] until: Date,
            ) -> Result<Option<Vec<IncentiveAccount>>> {
                let call = ctx.call();
                let own = call.viewer.standing.member_id;
                // Whoever is no member has no account to tell of.
                let Some(member) = member_id.map(|id| id.uuid).or(own) else {
                    return Ok(Some(Vec::new()));
                };
                let found = statement(ctx.app(), call, member, (from.0, until.0)).await;
                Ok(Some(found.on_field(call)?.into_iter().map(Into::into).collect()))
            }

            /// The period of that kind in which a day lies, as you see it: what you have earned, what is pending, what you can still
            /// reach and what it takes. 我的激励
            async fn my_incentives(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "A month, a quarter or a year. 周期")] period: IncentivePeriod,
                #[graphql(desc = "A day of it; today when nothing is said. 日期")] day: Option<Date>,
            ) -> Result<Option<MyIncentives>> {
                let call = ctx.call();
                // Whoever is no member has nothing to earn.
                if call.viewer.standing.member_id.is_none() {
                    return Ok(None);
                }
                let found = mine(ctx.app(), call, plain(period), day.map(|day| day.0)).await;
                Ok(Some(MyIncentives {
                    mine: Arc::new(found.on_field(call)?),
                    locale: call.locale,
                }))
            }

            /// Payouts, the latest first when nothing else is said. 发放批次列表
            async fn incentive_payouts(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")] first: Option<i64>,
                #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
                #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
                #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
                #[graphql(desc = "In this order. 排序")] order_by: Option<IncentivePayoutOrder>,
            ) -> Result<Option<Connection<IncentivePayout>>> {
                let args = PageArgs { first, after, last, before };
                let order = order_by.unwrap_or_default().into();
                listing::<incentive_payout::Entity, _>(ctx, args, Ok(()), order, IncentivePayout).await
            }

            /// Locked months, the latest first when nothing else is said. 月结锁定列表
            async fn incentive_month_locks(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")] first: Option<i64>,
                #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
                #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
                #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
                #[graphql(desc = "In this order. 排序")] order_by: Option<IncentivePayoutOrder>,
            ) -> Result<Option<Connection<IncentiveMonthLock>>> {
                let args = PageArgs { first, after, last, before };
                let order = order_by.unwrap_or_default().into();
                listing::<incentive_lock::Entity, _>(ctx, args, Ok(()), order, IncentiveMonthLock).await
            }

            /// Entries of the ledger: your own, and those of members whose awards and pay are within your reach; a look at these is logged.
            /// Of a payout they are what payroll gets, by the members' numbers when nothing else is said and only for whoever sees
            /// everybody's pay: ask for them at `/export/xlsx` or `/export/csv`. 台账分录列表
            #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
            async fn incentive_transactions(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")] first: Option<i64>,
                #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
                #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
                #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
                #[graphql(desc = "Only these. 筛选")] filter: Option<IncentiveTransactionFilter>,
                #[graphql(desc = "In this order. 排序")] order_by: Option<IncentiveTransactionOrder>,
            ) -> Result<Option<Connection<IncentiveTransaction>>> {
                let call = ctx.call();
                let page = PageArgs { first, after, last, before }.page(ctx).on_field(call)?;
                let filter = filter.unwrap_or_default().plain().on_field(call)?;
                let usual = match filter.payout {
                    Some(_) => IncentiveTransactionOrder::LineAsc,
                    None => IncentiveTransactionOrder::default(),
                };
                let asked = (&filter, order_by.unwrap_or(usual).into());
                let found = entries_seen(&ctx.app().db, call, asked, &page, ctx.selects("totalCount")).await;
                Ok(Some(Connection::from_listing(found.on_field(call)?, IncentiveTransaction)))
            }

            $(
                $(#[$many_doc])*
                #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
                async fn $many(
                    &self,
                    ctx: &Context<'_>,
                    #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")] first: Option<i64>,
                    #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
                    #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
                    #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
                    #[graphql(desc = "Only these. 筛选")] filter: Option<$filter>,
                    #[graphql(desc = "In this order. 排序")] order_by: Option<$order>,
                ) -> Result<Option<Connection<$view>>> {
                    let args = PageArgs { first, after, last, before };
                    let $given = filter.unwrap_or_default();
                    let order = order_by.unwrap_or_default().into();
                    listing::<$table::Entity, _>(ctx, args, Ok($plain), order, $view).await
                }
            )*

            $(
                $(#[$pays_doc])*
                #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
                async fn $pays(
                    &self,
                    ctx: &Context<'_>,
                    #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")] first: Option<i64>,
                    #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
                    #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
                    #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
                    #[graphql(desc = "Only these. 筛选")] filter: Option<$pay_filter>,
                    #[graphql(desc = "In this order. 排序")] order_by: Option<$pay_order>,
                ) -> Result<Option<Connection<$pay_view>>> {
                    let call = ctx.call();
                    let page = PageArgs { first, after, last, before }.page(ctx).on_field(call)?;
                    let filter = filter.unwrap_or_default().plain().on_field(call)?;
                    let asked = (&filter, order_by.unwrap_or_default().into());
                    let total = ctx.selects("totalCount");
                    let found = list_seen::<$pay_table::Entity>(&ctx.app().db, call, asked, &page, total).await;
                    Ok(Some(Connection::from_listing(found.on_field(call)?, $pay_view)))
                }
            )*
        }
    };
}

roots! {
    whole {
    /// Runs, those of the latest days first when nothing else is said. 激励计算批次列表
    incentive_runs: IncentiveRun of incentive_run, IncentiveRunFilter, IncentiveRunOrder, |filter| filter.plain();
    }
    pay {
    /// Awards: your own, and those of members whose awards and pay are within your reach; a look at these is logged. 奖励列表
    incentive_awards: IncentiveAward of incentive_award, IncentiveAwardFilter, IncentiveAwardOrder;
    /// Corrections, the latest first; a look at somebody else's is logged. 更正列表
    incentive_corrections: IncentiveCorrection of incentive_correction, IncentiveCorrectionFilter, IncentiveCorrectionOrder;
    /// Questions about awards; a look at somebody else's is logged. 疑问列表
    incentive_questions: IncentiveQuestion of incentive_question, IncentiveQuestionFilter, IncentiveQuestionOrder;
    }
}
