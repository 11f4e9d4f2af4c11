//! Reading processes, and trying them.

use async_graphql::{Context, Object, Result};
use entity::{process_template, process_version};

use super::inputs::{ProcessTemplateFilter, ProcessTemplateOrder};
use super::trial::{ProcessTrial, ProcessTrialInput};
use super::types::{ProcessTemplate, ProcessVersion};
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};
use crate::tickets::processes::actions;

/// The queries about processes.
#[derive(Default)]
pub struct ProcessQuery;

#[Object]
impl ProcessQuery {
    /// The process template with this id. 按 ID 查询流程模板
    async fn process_template(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The template's id, `process_...`.")] id: Id<process_template::Entity>,
    ) -> Result<Option<ProcessTemplate>> {
        let row = ctx.row::<process_template::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(ProcessTemplate))
    }

    /// The process templates. 流程模板列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn process_templates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only these.")] filter: Option<ProcessTemplateFilter>,
        #[graphql(desc = "In this order; by code when nothing is said.")] order_by: Option<
            ProcessTemplateOrder,
        >,
    ) -> Result<Option<Connection<ProcessTemplate>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().into();
        let order = order_by.unwrap_or_default().into();
        listing::<process_template::Entity, _>(ctx, args, Ok(filter), order, ProcessTemplate).await
    }

    /// The version of a process with this id. 按 ID 查询流程版本
    async fn process_version(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version's id, `procversion_...`.")] id: Id<process_version::Entity>,
    ) -> Result<Option<ProcessVersion>> {
        let row = ctx.row::<process_version::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(ProcessVersion))
    }

    /// Holds a version against past tickets of its kind within your reach: which would have been late, and where. Time
    /// in which a ticket waited doesn't count. 流程试运行
    async fn process_trial(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which version on which tickets.")] input: ProcessTrialInput,
    ) -> Result<Option<ProcessTrial>> {
        let found = actions::trial(ctx.app(), ctx.call(), input.into()).await;
        Ok(Some(ProcessTrial(found.on_field(ctx.call())?)))
    }
}
