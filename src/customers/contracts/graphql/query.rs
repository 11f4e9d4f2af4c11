//! Reading contracts, money and renewals.

use async_graphql::{Context, Object, Result};
use entity::{contract, contract_payment, renewal};

use super::enums::{ContractOrder, ContractPaymentOrder, RenewalOrder};
use super::filters::{ContractFilter, ContractPaymentFilter, RenewalFilter};
use super::renewals::Renewal;
use super::types::{Contract, ContractPayment};
use crate::customers::contracts::store;
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};
use crate::organisation::today;

/// The renewals that a filter is about; worklist and risks by today.
async fn renewal_filter(
    ctx: &Context<'_>,
    filter: RenewalFilter,
) -> crate::error::Result<store::RenewalFilter> {
    let days = if filter.goes_by_days() {
        Some(store::days(ctx.app().db.reader(), today(ctx.call())).await?)
    } else {
        None
    };
    filter.plain(days)
}

macro_rules! roots {
    ($($(#[$one_doc:meta])* $one:ident, $(#[$many_doc:meta])* $many:ident: $view:ident of $table:ident, $filter:ident, $order:ident, |$given:ident, $ctx:ident| $plain:expr;)*) => {
        /// The queries about contracts, money and renewals.
        #[derive(Default)]
        pub struct ContractQuery;

        /// The queries about contracts, money and renewals.
        #[Object]
        impl ContractQuery {
            $(
                $(#[$one_doc])*
                async fn $one(
                    &self,
                    ctx: &Context<'_>,
                    #[graphql(desc = "Which one. 标识")] id: Id<$table::Entity>,
                ) -> Result<Option<$view>> {
                    let row = ctx.row::<$table::Entity>(id.uuid).await;
                    Ok(row.on_field(ctx.call())?.map($view))
                }

                $(#[$many_doc])*
                #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
                async fn $many(
                    &self,
                    $ctx: &Context<'_>,
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
                    listing::<$table::Entity, _>($ctx, args, $plain, order, $view).await
                }
            )*
        }
    };
}

roots! {
    /// A contract by id; null when there is none within your reach. 合同
    contract,
    /// Contracts: of the customers within your reach, and those that you stand behind. 合同列表
    contracts: Contract of contract, ContractFilter, ContractOrder, |filter, ctx| filter.plain();
    /// An entry of money by id; null when there is none within your reach. 回款记录
    contract_payment,
    /// Entries of money, the latest first when nothing else is said. 回款列表
    contract_payments: ContractPayment of contract_payment, ContractPaymentFilter, ContractPaymentOrder, |filter, ctx| filter.plain();
    /// A renewal by id; null when there is none within your reach. 续约跟进
    renewal,
    /// Renewals, what is due first first; the worklist with `filter: { inWorklist: true }`. 续约列表
    renewals: Renewal of renewal, RenewalFilter, RenewalOrder, |filter, ctx| renewal_filter(ctx, filter).await;
}
