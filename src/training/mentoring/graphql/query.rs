//! Reading pairs and mentors' results.

use async_graphql::{Context, Object, Result};
use entity::{member, mentoring};

use super::enums::MentoringOrder;
use super::inputs::MentoringFilter;
use super::standard::MentorResult;
use super::types::Mentoring;
use crate::error::ApiError;
use crate::graphql::errors::{OnField, from_api};
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};
use crate::organisation::today;
use crate::training::mentoring::actions;

/// The most mentors in an argument, and in an answer.
const MOST: usize = 100;

/// The queries about mentoring.
#[derive(Default)]
pub struct MentoringQuery;

/// The queries about mentoring.
#[Object]
impl MentoringQuery {
    /// A pair by id; null when there is none within your reach. 师徒结对
    async fn mentoring(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<mentoring::Entity>,
    ) -> Result<Option<Mentoring>> {
        let row = ctx.row::<mentoring::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(Mentoring))
    }

    /// Pairs: your own, and those within your reach. 师徒结对列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn mentorings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<MentoringFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<MentoringOrder>,
    ) -> Result<Option<Connection<Mentoring>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<mentoring::Entity, _>(ctx, args, filter, order, Mentoring).await
    }

    /// What became of the pairs of mentors, those with the most pairs first: at most 100 mentors, of the latest 500 pairs within
    /// your reach. 导师成效
    async fn mentor_results(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of these mentors, at most 100. 导师")] mentor_ids: Option<
            Vec<Id<member::Entity>>,
        >,
    ) -> Result<Option<Vec<MentorResult>>> {
        let (app, call) = (ctx.app(), ctx.call());
        if mentor_ids.as_ref().is_some_and(|ids| ids.len() > MOST) {
            let error = ApiError::bad_input(
                "mentorIds",
                format!("at most {MOST} mentors are asked for at once"),
                format!("一次最多查询 {MOST} 名导师"),
            );
            return Err(from_api(call, &error));
        }
        let ids: Option<Vec<_>> = mentor_ids.map(|ids| ids.into_iter().map(|id| id.uuid).collect());
        let found = actions::mentor_results(
            &app.db,
            &app.counter,
            &call.viewer,
            ids.as_deref(),
            today(call),
        )
        .await;
        let found = found.on_field(call)?;
        Ok(Some(
            found.into_iter().take(MOST).map(MentorResult).collect(),
        ))
    }
}
