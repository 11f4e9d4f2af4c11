//! Who is signed in, as it is told of itself.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use entity::enums::Locale;
use entity::{customer, member, partner, user};

use super::types::{HeldPermission, principal_id};
use crate::access::roles::store;
use crate::access::{Call, Principal};
use crate::app::App;
use crate::graphql::errors::OnField;
use crate::graphql::kinds::{Locale as LocaleView, UserKind};
use crate::graphql::{Ask, DateTime, Id};

/// Who is signed in.
pub struct Viewer {
    principal: Principal,
    account: Option<user::Model>,
}

impl Viewer {
    /// Whoever asks; none when nobody is signed in.
    pub async fn of(ctx: &Context<'_>) -> Result<Option<Self>> {
        Self::at(ctx.app(), ctx.call(), Self::shows_account(ctx)).await
    }

    /// Whoever asks with that call; its fields are then read with the same.
    pub async fn at(app: &App, call: &Call, with_account: bool) -> Result<Option<Self>> {
        let Some(principal) = Principal::of_viewer(&call.viewer) else {
            return Ok(None);
        };
        let account = match principal {
            Principal::User(id) if with_account => store::own_account(app.db.reader(), id)
                .await
                .on_field(call)?,
            _ => None,
        };
        Ok(Some(Self { principal, account }))
    }

    /// Does the client select what only the account's row knows?
    pub fn shows_account(ctx: &Context<'_>) -> bool {
        ctx.selects("login") || ctx.selects("locale")
    }
}

/// A role of the viewer. 角色
#[derive(Clone, Debug, SimpleObject)]
pub struct ViewerRole {
    /// Its name in tokens and configuration. 角色标识
    key: String,
    /// Its name, in the language of the request. 名称
    name: String,
}

/// Who is signed in, and what it may do. 当前登录者
#[Object]
impl Viewer {
    /// The id of the user or API client. 标识
    async fn id(&self) -> ID {
        principal_id(self.principal)
    }

    /// On whose side it stands. 账号类型
    async fn kind(&self, ctx: &Context<'_>) -> Option<UserKind> {
        ctx.call().viewer.kind.map(Into::into)
    }

    /// Is it an API client rather than a person? 是否为 API 客户端
    async fn is_api_client(&self) -> bool {
        matches!(self.principal, Principal::ApiClient(_))
    }

    /// The display name. 名称
    async fn name<'a>(&self, ctx: &'a Context<'_>) -> &'a str {
        &ctx.call().viewer.actor.name
    }

    /// What it signs in with; none for an API client. 登录名
    async fn login(&self) -> Option<&str> {
        self.account.as_ref().map(|account| account.login.as_str())
    }

    /// The language of its account; for an API client that of the request. 语言
    async fn locale(&self, ctx: &Context<'_>) -> LocaleView {
        self.account
            .as_ref()
            .map_or(ctx.call().locale, |account| account.locale)
            .into()
    }

    /// Its roles that count for this request. 角色
    async fn roles(&self, ctx: &Context<'_>) -> Result<Option<Vec<ViewerRole>>> {
        let call = ctx.call();
        let roles = store::roles_by_key(ctx.app().db.reader(), &call.viewer.roles)
            .await
            .on_field(call)?;
        let named = roles.into_iter().map(|role| ViewerRole {
            key: role.key,
            name: match call.locale {
                Locale::En => role.name,
                Locale::Zh => role.name_zh,
            },
        });
        Ok(Some(named.collect()))
    }

    /// What it may do, and for which rows. 权限
    async fn permissions(&self, ctx: &Context<'_>) -> Vec<HeldPermission> {
        HeldPermission::list(ctx, &ctx.call().viewer.grants)
    }

    /// The member behind a staff account. 成员
    async fn member_id(&self, ctx: &Context<'_>) -> Option<Id<member::Entity>> {
        ctx.call().viewer.standing.member_id.map(Id::new)
    }

    /// The partner organisation of a partner's account or API client. 合作伙伴
    async fn partner_id(&self, ctx: &Context<'_>) -> Option<Id<partner::Entity>> {
        ctx.call().viewer.standing.partner_id.map(Id::new)
    }

    /// The customer of a customer's account. 客户
    async fn customer_id(&self, ctx: &Context<'_>) -> Option<Id<customer::Entity>> {
        ctx.call().viewer.standing.customer_id.map(Id::new)
    }

    /// When the access token of this request ends. 访问令牌到期时间
    async fn token_expires_at(&self, ctx: &Context<'_>) -> Option<DateTime> {
        ctx.call().viewer.expires_at.map(Into::into)
    }

    /// When the session ends at the latest, however often its tokens are renewed. 会话到期时间
    async fn session_expires_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime>> {
        let call = ctx.call();
        let Some(id) = call.viewer.session_id else {
            return Ok(None);
        };
        let session = store::own_session(ctx.app().db.reader(), id)
            .await
            .on_field(call)?;
        Ok(session.map(|session| session.expires_at.into()))
    }
}
