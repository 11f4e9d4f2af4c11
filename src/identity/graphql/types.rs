//! Users, API clients, sessions.

use async_graphql::{Object, SimpleObject};
use entity::{api_client, customer, member, partner, user};

use super::filters::UserStatus;
use crate::graphql::kinds::{Locale, UserKind};
use crate::graphql::{DateTime, Id};
use crate::identity::{ApiClientSecret, SessionTokens};

/// A person's account.
pub struct User(pub user::Model);

/// A person's account. 用户账号
#[Object]
impl User {
    /// The account's id. 标识
    pub async fn id(&self) -> Id<user::Entity> {
        Id::new(self.0.id)
    }

    /// On whose side it stands. 账号类型
    async fn kind(&self) -> UserKind {
        self.0.kind.into()
    }

    /// What it signs in with. 登录名
    async fn login(&self) -> &str {
        &self.0.login
    }

    /// The name that others see. 显示名称
    async fn display_name(&self) -> &str {
        &self.0.display_name
    }

    /// May it sign in? 账号状态
    async fn status(&self) -> UserStatus {
        self.0.status.into()
    }

    /// The language of its messages. 语言
    async fn locale(&self) -> Locale {
        self.0.locale.into()
    }

    /// The member it is, for staff. 对应成员
    async fn member_id(&self) -> Option<Id<member::Entity>> {
        self.0.member_id.map(Id::new)
    }

    /// The partner for which it acts, for partner users. 所属合作伙伴
    async fn partner_id(&self) -> Option<Id<partner::Entity>> {
        self.0.partner_id.map(Id::new)
    }

    /// The customer for which it acts, for customer users. 所属客户
    async fn customer_id(&self) -> Option<Id<customer::Entity>> {
        self.0.customer_id.map(Id::new)
    }

    /// When its password was last set. 密码修改时间
    async fn password_changed_at(&self) -> DateTime {
        self.0.password_changed_at.into()
    }

    /// When it was added. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }

    /// Counts up with every change; goes into `expectedVersion`. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// The account of a partner's system.
pub struct ApiClient(pub api_client::Model);

/// The account of a partner's system. API 客户端
#[Object]
impl ApiClient {
    /// The client's id, with which it also signs in. 标识
    pub async fn id(&self) -> Id<api_client::Entity> {
        Id::new(self.0.id)
    }

    /// Its name. 名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The partner for which it acts. 所属合作伙伴
    async fn partner_id(&self) -> Id<partner::Entity> {
        Id::new(self.0.partner_id)
    }

    /// May it sign in? 状态
    async fn status(&self) -> UserStatus {
        self.0.status.into()
    }

    /// May it run only the documents that it is trusted with (`apiClientDocuments`)? 是否仅允许受信文档
    async fn trusted_documents_only(&self) -> bool {
        self.0.trusted_documents_only
    }

    /// When it was added. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }

    /// Counts up with every change; goes into `expectedVersion`. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// The tokens of a session, shown this once. 会话令牌
#[derive(SimpleObject)]
pub struct Session {
    /// Goes with every request as `Authorization: Bearer`. 访问令牌
    access_token: String,
    /// Gets the next tokens by `tokenRefresh`, once; API clients have none and sign in again. 刷新令牌
    refresh_token: Option<String>,
    /// When the access token counts no more. 访问令牌到期时间
    expires_at: DateTime,
    /// When the session ends at the latest. 会话到期时间
    session_ends_at: DateTime,
    /// How the access token is sent: `Bearer`. 令牌类型
    token_type: &'static str,
}

impl From<SessionTokens> for Session {
    fn from(tokens: SessionTokens) -> Self {
        Self {
            access_token: tokens.access_token,
            refresh_token: tokens.refresh_token,
            expires_at: tokens.expires_at.into(),
            session_ends_at: tokens.session_ends.into(),
            token_type: "Bearer",
        }
    }
}

/// What an API client signs in with. 客户端凭据
#[derive(SimpleObject)]
pub struct ApiClientCredentials {
    /// The client. 客户端
    api_client: ApiClient,
    /// Its id, as `client_id`. 客户端 ID
    client_id: Id<api_client::Entity>,
    /// The new secret, shown this once; null when the request is repeated with its idempotency key. 新密钥（仅显示一次）
    client_secret: Option<String>,
    /// When the secrets before it stop counting. 旧密钥失效时间
    old_secrets_end_at: Option<DateTime>,
}

impl From<ApiClientSecret> for ApiClientCredentials {
    fn from(made: ApiClientSecret) -> Self {
        Self {
            client_id: Id::new(made.client.id),
            api_client: ApiClient(made.client),
            client_secret: made.secret,
            old_secrets_end_at: made.old_secrets_end.map(Into::into),
        }
    }
}
