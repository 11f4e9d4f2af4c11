//! Adding and switching off API clients, and their secrets.

use async_graphql::{Context, InputObject, Object, Result};
use entity::{api_client, partner};

use super::types::{ApiClient, ApiClientCredentials};
use crate::graphql::{Ask, Id, Outcome};
use crate::identity::{self, NewApiClient};
use crate::mutation_payload;

/// What a new API client needs. 新建 API 客户端
#[derive(InputObject)]
pub struct ApiClientCreateInput {
    /// Its name, 1 to 200 characters. 名称
    name: String,
    /// The partner for which it acts. 所属合作伙伴
    partner_id: Id<partner::Entity>,
    /// Repeating the mutation with the same key within 24 hours gives the same client, without its secret. 幂等键
    idempotency_key: Option<String>,
}

/// Whose secret is replaced. 更换密钥
#[derive(InputObject)]
pub struct ApiClientSecretRotateInput {
    /// The client. 客户端
    id: Id<api_client::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// For how many hours the old secrets count on, 0 to 720; 0 also ends the client's sessions. 新旧密钥重叠小时数
    #[graphql(default = 24)]
    overlap_hours: i64,
}

/// Which API client is switched off. 停用 API 客户端
#[derive(InputObject)]
pub struct ApiClientDisableInput {
    /// The client. 客户端
    id: Id<api_client::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
}

mutation_payload!(ApiClientCreatePayload, credentials: ApiClientCredentials, "The new client with its secret, still without roles: give them by `roleGive`. 新客户端及其密钥（尚无角色）");
mutation_payload!(ApiClientSecretRotatePayload, credentials: ApiClientCredentials, "The client with its new secret. 客户端及其新密钥");
mutation_payload!(ApiClientDisablePayload, api_client: ApiClient, "The client, switched off. 已停用的客户端");

/// The mutations of API clients.
#[derive(Default)]
pub struct ApiClientMutation;

#[Object]
impl ApiClientMutation {
    /// Adds an API client of a partner and shows its secret once. Roles are given afterwards, by `roleGive`. 新建 API 客户端
    async fn api_client_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new client. 新客户端")] input: ApiClientCreateInput,
    ) -> Result<Option<ApiClientCreatePayload>> {
        let call = ctx.call();
        let new = NewApiClient {
            name: input.name,
            partner_id: input.partner_id.uuid,
        };
        let key = input.idempotency_key.as_deref();
        let made = identity::api_client_create(ctx.app(), call, new, key).await;
        Ok(Some(
            Outcome::from_result(call, made.map(ApiClientCredentials::from))?.into(),
        ))
    }

    /// Makes a new secret for a client and shows it once; the old ones count on for a while. 更换客户端密钥
    async fn api_client_secret_rotate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which client, and for how long the old secrets count. 客户端及重叠时间")]
        input: ApiClientSecretRotateInput,
    ) -> Result<Option<ApiClientSecretRotatePayload>> {
        let call = ctx.call();
        let made = identity::api_client_secret_rotate(
            ctx.app(),
            call,
            input.id.uuid,
            input.expected_version,
            input.overlap_hours,
        )
        .await;
        Ok(Some(
            Outcome::from_result(call, made.map(ApiClientCredentials::from))?.into(),
        ))
    }

    /// Switches a client off: no sign-in, and its sessions and tokens end at once. 停用客户端
    async fn api_client_disable(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which client. 客户端")] input: ApiClientDisableInput,
    ) -> Result<Option<ApiClientDisablePayload>> {
        let call = ctx.call();
        let (id, version) = (input.id.uuid, input.expected_version);
        let done = identity::api_client_disable(ctx.app(), call, id, version).await;
        Ok(Some(
            Outcome::from_result(call, done.map(ApiClient))?.into(),
        ))
    }
}
