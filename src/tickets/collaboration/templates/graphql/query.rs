//! Reading and filling templates.

use async_graphql::{Context, Object, Result};
use entity::{reply_template, ticket};

use super::types::{
    RenderedReply, ReplyTemplate, ReplyTemplateFilter, ReplyTemplateOrder, ReplyTemplateVariable,
};
use crate::graphql::errors::OnField;
use crate::graphql::kinds::Locale;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};
use crate::tickets::collaboration::templates::{self, CATALOGUE, Render};

/// The queries about templates.
#[derive(Default)]
pub struct TemplateQuery;

#[Object]
impl TemplateQuery {
    /// The reply template with this id; null when there is none. 按 ID 查询沟通模板
    async fn reply_template(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The template's id, `replytemplate_...`.")] id: Id<reply_template::Entity>,
    ) -> Result<Option<ReplyTemplate>> {
        let row = ctx.row::<reply_template::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(ReplyTemplate))
    }

    /// The reply templates. 沟通模板列表
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn reply_templates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Which templates.")] filter: Option<ReplyTemplateFilter>,
        #[graphql(
            desc = "In which order; by code when nothing is said.",
            default_with = "ReplyTemplateOrder::CodeAsc"
        )]
        order_by: ReplyTemplateOrder,
    ) -> Result<Option<Connection<ReplyTemplate>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        listing::<reply_template::Entity, _>(
            ctx,
            page,
            Ok(filter.unwrap_or_default().into()),
            order_by.into(),
            ReplyTemplate,
        )
        .await
    }

    /// Every variable that a template can have. 模板变量目录
    async fn reply_template_variables(&self) -> Option<Vec<ReplyTemplateVariable>> {
        Some(CATALOGUE.iter().map(Into::into).collect())
    }

    /// A template filled for a ticket, with what you may read of it; null when you don't see one of them. A look at a
    /// contact's name is logged. Nothing is sent. 按工单填充模板
    async fn reply_template_render(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The template.")] id: Id<reply_template::Entity>,
        #[graphql(desc = "The ticket.")] ticket_id: Id<ticket::Entity>,
        #[graphql(desc = "The language; your own when nothing is said.")] locale: Option<Locale>,
    ) -> Result<Option<RenderedReply>> {
        let render = Render {
            template_id: id.uuid,
            ticket_id: ticket_id.uuid,
            locale: locale.map(Into::into),
        };
        let rendered = templates::render(ctx.app(), ctx.call(), render).await;
        Ok(rendered.on_field(ctx.call())?.map(Into::into))
    }
}
