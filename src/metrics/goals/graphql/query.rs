//! Reading goals.

use async_graphql::{Context, Object, Result};
use entity::goal;

use super::filters::{GoalFilter, GoalOrder};
use super::types::Goal;
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};

/// The queries about goals.
#[derive(Default)]
pub struct GoalQuery;

#[Object]
impl GoalQuery {
    /// The goal with this id; null when there is none within your reach. 目标
    async fn goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which goal.")] id: Id<goal::Entity>,
    ) -> Result<Option<Goal>> {
        let row = ctx.row::<goal::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(Goal::from))
    }

    /// The goals of the company, of what you belong to, and those within your reach. 目标列表
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn goals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which goals.")] filter: Option<GoalFilter>,
        #[graphql(desc = "In which order; the nearest deadline first when nothing is said.")]
        order_by: Option<GoalOrder>,
    ) -> Result<Option<Connection<Goal>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        let order = order_by.unwrap_or_default().into();
        listing::<goal::Entity, _>(ctx, page, filter, order, Goal::from).await
    }
}
