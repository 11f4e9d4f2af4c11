//! Reading tickets.

use async_graphql::{Context, Object, Result};
use entity::ticket;
use uuid::Uuid;

use super::filter::{TicketFilter, TicketOrder};
use super::loaders::CommentsOf;
use super::types::{Ticket, comments_page};
use crate::db::along::Alongside;
use crate::db::keyset::{Listing, Page};
use crate::graphql::direct::{Directly, Paged, Wanted, selected_list, wanted_of_row};
use crate::graphql::errors::OnField;
use crate::graphql::listing::{listing_of, row_of};
use crate::graphql::{Ask, Id, PageArgs};
use crate::tickets::store::{self, Filter};

/// Which comments are selected, if they can be read with their ticket: not where they are counted as well.
fn first_comments(list: &Context<'_>) -> Option<Page> {
    let (_, first) = list.param_value::<Option<i64>>("first", None).ok()?;
    let args = PageArgs {
        first,
        ..PageArgs::default()
    };
    // What is wrong with it the list itself says.
    let page = comments_page(list, args).ok()?;
    (!list.selects("totalCount")).then_some(page)
}

/// The ticket with its first comments, which are remembered for its list.
async fn with_comments(
    ctx: &Context<'_>,
    id: Uuid,
    page: Page,
) -> Result<Option<Directly<Ticket>>> {
    let Wanted { columns, along } = wanted_of_row::<Ticket>(ctx);
    let (call, reader) = (ctx.call(), ctx.app().db.reader());
    let found = store::with_comments(reader, &call.viewer, id, columns, &along, &page).await;
    let Some((ticket, alongside, slice)) = found.on_field(call)? else {
        return Ok(None);
    };
    let key = CommentsOf {
        ticket: id,
        visibility: None,
        page,
        want_total: false,
    };
    ctx.loads()
        .feed_one(key, Listing { slice, total: None })
        .await;
    Ok(Some(Directly::new(Ticket(ticket), alongside)))
}

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
        let object = ctx.with_selection_set(&ctx.item.node.selection_set);
        let comments = selected_list::<Ticket>(&object, "comments");
        match comments.and_then(|list| first_comments(&list)) {
            Some(page) => with_comments(ctx, id.uuid, page).await,
            None => row_of(ctx, id.uuid).await,
        }
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
    ) -> Result<Option<Paged<Ticket>>> {
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
