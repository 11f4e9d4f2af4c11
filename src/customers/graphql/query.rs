//! Reading customers and what belongs to them.

use async_graphql::{Context, Object, Result};
use entity::{customer, partner, product, unit};

use super::filters::{
    CustomerFilter, CustomerOrder, PartnerFilter, PartnerOrder, ProductFilter, ProductOrder,
    UnitFilter, UnitOrder,
};
use super::types::{Customer, Partner, Product, Unit};
use crate::access::Permission;
use crate::customers;
use crate::customers::store::note_search;
use crate::graphql::direct::{Paged, To};
use crate::graphql::listing::listing_of;
use crate::graphql::{Ask, Id, PageArgs};

/// The customers' root fields.
#[derive(Default)]
pub struct CustomerQuery;

/// The filter as plain values. Who compares contact data needs the permission to read it, and leaves an entry in the
/// audit log.
async fn customer_filter(
    ctx: &Context<'_>,
    filter: CustomerFilter,
) -> crate::error::Result<customers::CustomerFilter> {
    let filter = filter.plain()?;
    let compared = filter.contact_fields();
    if !compared.is_empty() {
        let call = ctx.call();
        call.viewer.require(Permission::CustomerContactRead)?;
        note_search(&ctx.app().db, call, &compared).await?;
    }
    Ok(filter)
}

macro_rules! roots {
    ($($(#[$one_doc:meta])* $one:ident, $(#[$many_doc:meta])* $many:ident: $view:ident of $table:ident, $filter:ident, $order:ident, |$given:ident, $ctx:ident| $plain:expr;)*) => {
        /// The customers' root fields.
        #[Object]
        impl CustomerQuery {
            $(
                $(#[$one_doc])*
                async fn $one(
                    &self,
                    #[graphql(desc = "Which one. 标识")] id: Id<$table::Entity>,
                ) -> To<$view> {
                    To::new(id.uuid)
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
                ) -> Result<Option<Paged<$view>>> {
                    let args = PageArgs { first, after, last, before };
                    let $given = filter.unwrap_or_default();
                    let order = order_by.unwrap_or_default().into();
                    listing_of::<$view>($ctx, args, $plain, order).await
                }
            )*
        }
    };
}

roots! {
    /// A partner organisation by id. 合作伙伴
    partner,
    /// Partner organisations. 合作伙伴列表
    partners: Partner of partner, PartnerFilter, PartnerOrder, |filter, ctx| Ok(filter.into());
    /// A customer by id. 客户
    customer,
    /// Customers, the newest first when nothing else is said. 客户列表
    customers: Customer of customer, CustomerFilter, CustomerOrder, |filter, ctx| customer_filter(ctx, filter).await;
    /// A product by id. 产品
    product,
    /// The product catalogue. 产品列表
    products: Product of product, ProductFilter, ProductOrder, |filter, ctx| Ok(filter.into());
    /// A unit by id. 设备
    unit,
    /// Units. 设备列表
    units: Unit of unit, UnitFilter, UnitOrder, |filter, ctx| filter.plain();
}
