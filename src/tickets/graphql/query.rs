//! Reading tickets.

use async_graphql::{Context, Object, Result};
use entity::ticket;

use super::filter::{TicketFilter, TicketOrder};
use super::types::Ticket;
use crate::db::along::Alongside;
use crate::graphql::direct::Directly;
use crate::graphql::errors::OnField;
use crate::graphql::listing::{listing_of, row_of};
use crate::graphql::{Ask, Connection, Id, PageArgs};
use crate::tickets::store::{self, Filter};

/// The queries about tickets.
#[derive(Default)]
pub struct TicketQuery;

#[Object]
impl TicketQuery {
    /// The ticket with this id; null when there is none within your reach. 按 ID 查询工单
    async fn ticket(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ticket's id, `ticket_...`.")] id: Id<ticket::Entity>,
    ) -> Result<Option<Directly<Ticket>>> {
        row_of(ctx, id.uuid).await
    }

    /// The ticket with this number; null when there is none within your reach. 按编号查询工单
    async fn ticket_by_number(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The number for people.")] number: i64,
    ) -> Result<Option<Directly<Ticket>>> {
        let found = store::by_number(ctx.app().db.reader(), &ctx.call().viewer, number).await;
        let found = found.on_field(ctx.call())?.map(Ticket);
        Ok(found.map(|ticket| Directly::new(ticket, Alongside::default())))
    }

    /// The tickets within your reach. 工单列表
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn tickets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which tickets.")] filter: Option<TicketFilter>,
        #[graphql(
            desc = "In which order; newest first when nothing is said.",
            default_with = "TicketOrder::CreatedAtDesc"
        )]
        order_by: TicketOrder,
    ) -> Result<Option<Connection<Ticket>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter
            .unwrap_or_default()
            .plain_for(&ctx.app().db, ctx.call())
            .await
            .map(|filter| Filter {
                due_seen: order_by.tells_due_times(),
                ..filter
            });
        listing_of::<Ticket>(ctx, page, filter, order_by.into()).await
    }
}
