//! Reading raters, requests, and what may be told of feedback.

use async_graphql::{Context, Object, Result};
use entity::appraisal;
use entity::enums::AppraisalFeedbackSource as Source;
use uuid::Uuid;

use super::enums::AppraisalFeedbackRequestOrder;
use super::inputs::AppraisalFeedbackRequestFilter;
use super::request::AppraisalFeedbackRequest;
use super::types::{AppraisalRater, AppraisalVoices, FeedbackVisibility, lines, voices};
use crate::appraisals::feedback::rules::visibility::visibility;
use crate::appraisals::feedback::{actions, store};
use crate::appraisals::rules::content::fewest;
use crate::appraisals::templates::graphql::AppraisalFeedbackSource;
use crate::error;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Connection, Id, PageArgs};

/// The raters of an appraisal within the viewer's reach.
pub async fn raters(ctx: &Context<'_>, id: Uuid) -> error::Result<Option<Vec<AppraisalRater>>> {
    let Some(row) = ctx.row::<appraisal::Entity>(id).await? else {
        return Ok(None);
    };
    let reader = ctx.app().db.reader();
    let rows = store::raters_of(reader, &ctx.call().viewer, id).await?;
    let rater = |rater| AppraisalRater {
        row: rater,
        about: row.member_id,
    };
    Ok(Some(rows.into_iter().map(rater).collect()))
}

/// The queries about feedback.
#[derive(Default)]
pub struct FeedbackQuery;

/// The queries about feedback.
#[Object]
impl FeedbackQuery {
    /// Who is proposed and asked for feedback about a member, at most 40; null when there is no such appraisal within your reach.
    /// Whether they answered isn't told. 评价人名单
    async fn appraisal_raters(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which appraisal. 考核")] appraisal_id: Id<appraisal::Entity>,
    ) -> Result<Option<Vec<AppraisalRater>>> {
        raters(ctx, appraisal_id.uuid).await.on_field(ctx.call())
    }

    /// What may be told of the feedback about a member, side by side: to the member, the reviewer and holders of
    /// `appraisal.manage`, once results are out. Null to others, and to everybody before that. A look at somebody else's is logged.
    /// 360 度评价汇总
    async fn appraisal_feedback(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which appraisal. 考核")] appraisal_id: Id<appraisal::Entity>,
    ) -> Result<Option<Vec<AppraisalVoices>>> {
        let call = ctx.call();
        let look = actions::look(&ctx.app().db, call, appraisal_id.uuid).await;
        Ok(look.on_field(call)?.map(|look| voices(call, look)))
    }

    /// The requests for feedback that you have got. 收到的评价邀请
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn feedback_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<AppraisalFeedbackRequestFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<AppraisalFeedbackRequestOrder>,
    ) -> Result<Option<Connection<AppraisalFeedbackRequest>>> {
        let call = ctx.call();
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = args.page(ctx).on_field(call)?;
        let filter = filter.unwrap_or_default().plain().on_field(call)?;
        let listing = store::requests(
            ctx.app().db.reader(),
            &call.viewer,
            &filter,
            order_by.unwrap_or_default().into(),
            &page,
            ctx.selects("totalCount"),
        )
        .await
        .on_field(call)?;
        Ok(Some(Connection::from_listing(
            listing,
            AppraisalFeedbackRequest,
        )))
    }

    /// Who will see what of the answers of a side, where a template asks for the fewest answers that are allowed; a request says it
    /// for its own template. 评价可见范围说明
    async fn feedback_visibility(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which side. 来源")] source: AppraisalFeedbackSource,
    ) -> Option<Vec<FeedbackVisibility>> {
        let source = Source::from(source);
        Some(lines(ctx.call(), &visibility(source, fewest(source))))
    }
}
