//! Reading appeals.

use async_graphql::{Context, InputObject, Object, Result};
use entity::{appraisal, appraisal_appeal};

use super::types::{AppraisalAppeal, AppraisalAppealOrder, AppraisalAppealStateFilter};
use crate::appraisals::appeals::store;
use crate::error;
use crate::graphql::errors::OnField;
use crate::graphql::filters::IdFilter;
use crate::graphql::{Ask, Connection, Id, PageArgs};

/// Which appeals. Everything given must hold. 申诉筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct AppraisalAppealFilter {
    /// Against results of which appraisal. 考核
    appraisal_id: Option<IdFilter>,
    /// What has become of them. 状态
    state: Option<AppraisalAppealStateFilter>,
}

impl AppraisalAppealFilter {
    fn plain(self) -> error::Result<store::AppealFilter> {
        let appraisal = self.appraisal_id;
        Ok(store::AppealFilter {
            appraisal_id: appraisal
                .map(|ids| ids.of::<appraisal::Entity>("filter.appraisalId"))
                .transpose()?,
            state: self.state.map(Into::into),
        })
    }
}

/// The queries about appeals.
#[derive(Default)]
pub struct AppealQuery;

/// The queries about appeals.
#[Object]
impl AppealQuery {
    /// An appeal by id; null when there is none within your reach. A look at somebody else's is logged. 考核申诉
    async fn appraisal_appeal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<appraisal_appeal::Entity>,
    ) -> Result<Option<AppraisalAppeal>> {
        let row = store::appeal(&ctx.app().db, ctx.call(), id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(AppraisalAppeal))
    }

    /// Appeals against results: your own, and those within your reach. A look at those of others is logged. 考核申诉列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn appraisal_appeals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<AppraisalAppealFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<AppraisalAppealOrder>,
    ) -> Result<Option<Connection<AppraisalAppeal>>> {
        let call = ctx.call();
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = args.page(ctx).on_field(call)?;
        let filter = filter.unwrap_or_default().plain().on_field(call)?;
        let order = order_by.unwrap_or_default().into();
        let total = ctx.selects("totalCount");
        let listing = store::appeals(&ctx.app().db, call, &filter, order, &page, total).await;
        let listing = listing.on_field(call)?;
        Ok(Some(Connection::from_listing(listing, AppraisalAppeal)))
    }
}
