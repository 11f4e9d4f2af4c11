//! Signing in and out, and one's own password.

use async_graphql::{Context, InputObject, Object, Result};
use entity::session;

use super::types::Session;
use crate::graphql::{Ask, Id, Outcome};
use crate::{identity, mutation_payload};

/// Login and password. 登录
#[derive(InputObject)]
pub struct SignInInput {
    /// The login; upper and lower case don't matter. 登录名
    login: String,
    /// The password. 密码
    #[graphql(secret)]
    password: String,
}

/// Id and secret of an API client. API 客户端登录
#[derive(InputObject)]
pub struct ApiClientSignInInput {
    /// The client's id, `client_...`. 客户端 ID
    client_id: String,
    /// The client's secret. 客户端密钥
    #[graphql(secret)]
    client_secret: String,
}

/// A refresh token. 刷新令牌
#[derive(InputObject)]
pub struct TokenRefreshInput {
    /// The refresh token of the last sign-in or refresh; it works once. 刷新令牌（仅可使用一次）
    #[graphql(secret)]
    refresh_token: String,
}

/// The old password and the new one. 修改密码
#[derive(InputObject)]
pub struct PasswordChangeInput {
    /// The password so far. 旧密码
    #[graphql(secret)]
    old_password: String,
    /// The new one, 10 to 128 characters. 新密码（10 至 128 个字符）
    #[graphql(secret)]
    new_password: String,
}

/// The key of a session, as the payload shows it.
type SessionId = Id<session::Entity>;

mutation_payload!(SignInPayload, session: Session, "The new session. 新会话");
mutation_payload!(TokenRefreshPayload, session: Session, "The session with its next tokens. 更新后的会话令牌");
mutation_payload!(ApiClientSignInPayload, session: Session, "The new session. 新会话");
mutation_payload!(SignOutPayload, session_id: SessionId, "The session that has ended. 已结束的会话");
mutation_payload!(SignOutEverywherePayload, sessions: u64, "How many sessions have ended. 已结束的会话数");
mutation_payload!(PasswordChangePayload, changed: bool, "True when the password is changed. 是否已修改");

/// The mutations of sign-in.
#[derive(Default)]
pub struct SignInMutation;

#[Object]
impl SignInMutation {
    /// Begins a session with login and password. 登录
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Login and password. 账号和密码")] input: SignInInput,
    ) -> Result<Option<SignInPayload>> {
        let call = ctx.call();
        let begun = identity::sign_in(ctx.app(), call, &input.login, &input.password).await;
        Ok(Some(
            Outcome::from_result(call, begun.map(Session::from))?.into(),
        ))
    }

    /// Exchanges a refresh token for the next tokens of its session. A token that was used before ends the session. 刷新令牌
    async fn token_refresh(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The refresh token. 刷新令牌")] input: TokenRefreshInput,
    ) -> Result<Option<TokenRefreshPayload>> {
        let call = ctx.call();
        let next = identity::token_refresh(ctx.app(), call, &input.refresh_token).await;
        Ok(Some(
            Outcome::from_result(call, next.map(Session::from))?.into(),
        ))
    }

    /// Begins a session of an API client. `POST /oauth/token` does the same as OAuth 2.0 says. API 客户端登录
    async fn api_client_sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id and secret. 客户端 ID 和密钥")] input: ApiClientSignInInput,
    ) -> Result<Option<ApiClientSignInPayload>> {
        let call = ctx.call();
        let (id, secret) = (&input.client_id, &input.client_secret);
        let begun = identity::api_client_sign_in(ctx.app(), call, id, secret).await;
        Ok(Some(
            Outcome::from_result(call, begun.map(Session::from))?.into(),
        ))
    }

    /// Ends this session and its tokens, at once. 退出登录
    async fn sign_out(&self, ctx: &Context<'_>) -> Result<Option<SignOutPayload>> {
        let call = ctx.call();
        let ended = identity::sign_out(ctx.app(), call).await;
        Ok(Some(Outcome::from_result(call, ended.map(Id::new))?.into()))
    }

    /// Ends all your sessions and their tokens, this one too. 退出所有会话
    async fn sign_out_everywhere(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Option<SignOutEverywherePayload>> {
        let call = ctx.call();
        let ended = identity::sign_out_everywhere(ctx.app(), call).await;
        Ok(Some(Outcome::from_result(call, ended)?.into()))
    }

    /// Sets a new password for yourself and ends your other sessions. 修改密码
    async fn password_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The old password and the new one. 新旧密码")] input: PasswordChangeInput,
    ) -> Result<Option<PasswordChangePayload>> {
        let call = ctx.call();
        let (old, new) = (&input.old_password, &input.new_password);
        let changed = identity::password_change(ctx.app(), call, old, new).await;
        Ok(Some(
            Outcome::from_result(call, changed.map(|_| true))?.into(),
        ))
    }
}
