//! Reading roles, oneself, and what would be allowed.

use async_graphql::{Context, Object, Result};
use entity::role;
use serde_json::{Map, Value};

use super::check::{AccessCheck, Question};
use super::inputs::{AccessCheckAs, RoleChangeInput, RoleFilter, RoleGiftFilter, RoleOrder};
use super::preview::RolePreview;
use super::types::{Permission, Role, RoleGift};
use super::viewer::Viewer;
use crate::access::roles::{actions, store};
use crate::error::ApiError;
use crate::graphql::errors::{OnField, from_api};
use crate::graphql::{Ask, Connection, Id, Json, PageArgs, SchemaFacts};

/// The most changes that one preview plays.
const MAX_CHANGES: usize = 20;

/// The root fields about access.
#[derive(Default)]
pub struct RoleQuery;

/// The root fields about access.
#[Object]
impl RoleQuery {
    /// Who is signed in, and what it may do. 当前登录者及其权限
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<Viewer>> {
        Viewer::of(ctx).await
    }

    /// The catalogue of permissions: everything that can be allowed. 权限目录
    async fn permissions(&self) -> Option<Vec<Permission>> {
        Some(
            crate::access::Permission::ALL
                .iter()
                .copied()
                .map(Permission)
                .collect(),
        )
    }

    /// A role by id. 角色
    async fn role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<role::Entity>,
    ) -> Result<Option<Role>> {
        let row = ctx.row::<role::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(Role))
    }

    /// The roles. 角色列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn roles(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<RoleFilter>,
        #[graphql(desc = "In this order; by key when nothing is said. 排序")] order_by: Option<
            RoleOrder,
        >,
    ) -> Result<Option<Connection<Role>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let call = ctx.call();
        let page = args.page(ctx).on_field(call)?;
        let order = order_by.map_or_else(store::RoleOrder::default, Into::into);
        let listing = store::roles(
            ctx.app().db.reader(),
            &call.viewer,
            &filter.unwrap_or_default().into(),
            order,
            &page,
            ctx.selects("totalCount"),
        )
        .await
        .on_field(call)?;
        Ok(Some(Connection::from_listing(listing, Role)))
    }

    /// Who has which role, also what has ended; the youngest first. 角色授予记录
    async fn role_gifts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<RoleGiftFilter>,
    ) -> Result<Option<Connection<RoleGift>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let call = ctx.call();
        let page = args.page(ctx).on_field(call)?;
        let filter = filter.unwrap_or_default().plain().on_field(call)?;
        let listing = store::gifts(
            ctx.app().db.reader(),
            &call.viewer,
            &filter,
            &page,
            ctx.selects("totalCount"),
        )
        .await
        .on_field(call)?;
        Ok(Some(Connection::from_listing(listing, RoleGift)))
    }

    /// Who would gain and lose what by these changes, down to the fields; nothing is written. 角色变更预览
    async fn role_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes, one after the other; at most 20. 变更列表")] changes: Vec<
            RoleChangeInput,
        >,
    ) -> Result<Option<RolePreview>> {
        let call = ctx.call();
        if changes.len() > MAX_CHANGES {
            let error = ApiError::bad_input(
                "changes",
                format!("at most {MAX_CHANGES} changes at once"),
                format!("一次最多 {MAX_CHANGES} 项变更"),
            );
            return Err(from_api(call, &error));
        }
        let planned: Vec<_> = changes.into_iter().map(Into::into).collect();
        let facts = ctx.data_unchecked::<std::sync::Arc<SchemaFacts>>();
        let preview = actions::preview(&ctx.app().db, call, &facts.registry, &planned).await;
        preview
            .on_field(call)
            .map(|preview| Some(RolePreview(preview)))
    }

    /// What of a document is allowed, why not, and what it would cost - without executing it. 访问检查
    async fn access_check(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The GraphQL document. 文档")] document: String,
        #[graphql(desc = "Its variables. 变量")] variables: Option<Json>,
        #[graphql(desc = "Which of its operations. 操作名")] operation_name: Option<String>,
        #[graphql(
            name = "as",
            desc = "With whose rights, your own when it is missing; others' need `role.manage`. 检查对象"
        )]
        whose: Option<AccessCheckAs>,
    ) -> Result<Option<AccessCheck>> {
        let variables = match variables.map(|variables| variables.0) {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(variables)) => variables,
            Some(_) => {
                let wrong = ApiError::bad_input(
                    "variables",
                    "variables are an object, by their names",
                    "变量须为以变量名为键的对象",
                );
                return Err(from_api(ctx.call(), &wrong));
            }
        };
        let question = Question {
            document,
            variables,
            operation_name,
            whose,
        };
        let answer = question.answer(ctx).await;
        answer.on_field(ctx.call()).map(Some)
    }
}
