//! Reading accounts.

use async_graphql::{Context, Object, Result};
use entity::{api_client, user};

use super::filters::{ApiClientFilter, ApiClientOrder, UserFilter, UserOrder};
use super::types::{ApiClient, User};
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};

/// The queries about users and API clients.
#[derive(Default)]
pub struct AccountQuery;

#[Object]
impl AccountQuery {
    /// The user with this id. 按 ID 查询用户
    async fn user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The user's id, `user_...`. 用户 ID")] id: Id<user::Entity>,
    ) -> Result<Option<User>> {
        let found = ctx.row::<user::Entity>(id.uuid).await;
        Ok(found.on_field(ctx.call())?.map(User))
    }

    /// The accounts of people. 用户列表
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn users(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Which users. 筛选")] filter: Option<UserFilter>,
        #[graphql(
            desc = "In which order; by login when nothing is said. 排序",
            default_with = "UserOrder::LoginAsc"
        )]
        order_by: UserOrder,
    ) -> Result<Option<Connection<User>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        listing::<user::Entity, _>(ctx, page, filter, order_by.into(), User).await
    }

    /// The API client with this id. 按 ID 查询 API 客户端
    async fn api_client(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The client's id, `client_...`. 客户端 ID")] id: Id<api_client::Entity>,
    ) -> Result<Option<ApiClient>> {
        let found = ctx.row::<api_client::Entity>(id.uuid).await;
        Ok(found.on_field(ctx.call())?.map(ApiClient))
    }

    /// The accounts of partners' systems. API 客户端列表
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn api_clients(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Which clients. 筛选")] filter: Option<ApiClientFilter>,
        #[graphql(
            desc = "In which order; by name when nothing is said. 排序",
            default_with = "ApiClientOrder::NameAsc"
        )]
        order_by: ApiClientOrder,
    ) -> Result<Option<Connection<ApiClient>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        listing::<api_client::Entity, _>(ctx, page, filter, order_by.into(), ApiClient).await
    }
}
