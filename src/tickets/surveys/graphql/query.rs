//! Reading surveys.

use async_graphql::{Context, Object, Result};
use entity::{survey, survey_follow_up};

use super::filters::{
    SatisfactionFilter, SurveyFilter, SurveyFollowUpFilter, SurveyFollowUpOrder, SurveyOrder,
};
use super::types::{Satisfaction, Survey, SurveyFollowUp, SurveyInvitation};
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, PageArgs};
use crate::tickets::surveys::{actions, store};

/// The queries about surveys.
#[derive(Default)]
pub struct SurveyQuery;

#[Object]
impl SurveyQuery {
    /// The surveys of the tickets within your reach. 问卷列表
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn surveys(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which surveys.")] filter: Option<SurveyFilter>,
        #[graphql(desc = "In which order; newest first when nothing is said.")] order_by: Option<
            SurveyOrder,
        >,
    ) -> Result<Option<Connection<Survey>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain(ctx.call().at);
        let order = order_by.unwrap_or_default().into();
        listing::<survey::Entity, _>(ctx, page, filter, order, Survey).await
    }

    /// What is to be done about low ratings, and what came of it, within your reach. 差评回访列表
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn survey_follow_ups(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which follow-ups.")] filter: Option<SurveyFollowUpFilter>,
        #[graphql(desc = "In which order; first due first when nothing is said.")] order_by: Option<
            SurveyFollowUpOrder,
        >,
    ) -> Result<Option<Connection<SurveyFollowUp>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<survey_follow_up::Entity, _>(ctx, page, filter, order, SurveyFollowUp).await
    }

    /// How satisfied customers are with the tickets within your reach: surveys sent in a time, whatever has come of them but
    /// being withdrawn. `average` is the sum of the ratings by their number, `satisfied` the number of ratings of 4 or 5 by
    /// that of all; of a member each rating counts by the member's recorded share of the ticket. 满意度统计
    async fn satisfaction(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose, and of which time.")] filter: SatisfactionFilter,
    ) -> Result<Option<Satisfaction>> {
        let call = ctx.call();
        let asked = filter.plain().on_field(call)?;
        let found = store::satisfaction(ctx.app().db.reader(), &call.viewer, &asked).await;
        Ok(Some(found.on_field(call)?.into()))
    }

    /// The survey behind a link, for whoever holds it; no sign-in is needed. Null when the link isn't good. 按链接查询问卷
    async fn survey_by_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The pass in the link.", secret)] token: String,
    ) -> Result<Option<SurveyInvitation>> {
        let call = ctx.call();
        let found = actions::look(ctx.app(), call, &token).await;
        Ok(found
            .on_field(call)?
            .map(|invitation| SurveyInvitation::of(invitation, call.locale)))
    }
}
