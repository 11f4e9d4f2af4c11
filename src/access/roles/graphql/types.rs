//! Roles, grants, gifts and the catalogue of permissions.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use entity::{api_client, role, role_assignment, user};

use super::loads::{GrantsOf, HoldersOf, NameOf};
use crate::access::roles::rules::sensible_reaches;
use crate::access::{Grants, Principal};
use crate::error::Error;
use crate::graphql::errors::OnField;
use crate::graphql::kinds::{Reach, UserKind};
use crate::graphql::{Ask, DateTime, Id};

/// One thing that can be allowed. 权限
pub struct Permission(pub crate::access::Permission);

/// One thing that can be allowed. 权限
#[Object]
impl Permission {
    /// Its name in roles, tokens and errors, such as `ticket.read`. 标识
    async fn key(&self) -> &'static str {
        self.0.key()
    }

    /// What it allows, in the language of the request. 说明
    async fn label(&self, ctx: &Context<'_>) -> String {
        self.0.label().in_locale(ctx.call().locale).to_owned()
    }

    /// The reaches that make sense for it. 可用数据范围
    async fn reaches(&self) -> Vec<Reach> {
        self.0
            .reaches()
            .iter()
            .map(|reach| (*reach).into())
            .collect()
    }

    /// The kinds of principal that may ever hold it. 可授予的账号类型
    async fn audiences(&self) -> Vec<UserKind> {
        self.0
            .audience()
            .iter()
            .map(|kind| (*kind).into())
            .collect()
    }

    /// The reaches that a role for this kind of principal may grant it with; empty when it may not at all. 该类账号可用的数据范围
    async fn reaches_for(
        &self,
        #[graphql(desc = "For whom the role is. 角色面向的账号类型")] audience: UserKind,
    ) -> Vec<Reach> {
        sensible_reaches(self.0, audience.into())
            .into_iter()
            .map(Into::into)
            .collect()
    }
}

/// A permission with the reaches for which it is held. 权限及其数据范围
#[derive(Clone, Debug, SimpleObject)]
pub struct HeldPermission {
    /// The permission's key, such as `ticket.read`. 权限标识
    permission: &'static str,
    /// The reaches; their rows are united. 数据范围
    reach: Vec<Reach>,
    /// What the permission allows, in the language of the request. 说明
    label: String,
}

impl HeldPermission {
    /// Grants as a list, a permission each.
    pub fn list(ctx: &Context<'_>, grants: &Grants) -> Vec<Self> {
        let mut held: BTreeMap<crate::access::Permission, Vec<Reach>> = BTreeMap::new();
        for (permission, reach) in grants.pairs() {
            held.entry(permission).or_default().push(reach.into());
        }
        held.into_iter()
            .map(|(permission, reach)| Self {
                permission: permission.key(),
                reach,
                label: permission.label().in_locale(ctx.call().locale).to_owned(),
            })
            .collect()
    }
}

/// A named set of grants. 角色
pub struct Role(pub role::Model);

/// A named set of grants: who has the role may do what it grants. 角色
#[Object]
impl Role {
    /// Its id. 标识
    pub async fn id(&self) -> Id<role::Entity> {
        Id::new(self.0.id)
    }

    /// Its name in tokens and configuration. 角色标识
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Its name in English. 英文名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// What it is for, in English. 英文说明
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// What it is for, in Chinese. 中文说明
    async fn description_zh(&self) -> &str {
        &self.0.description_zh
    }

    /// Did it come with the product? Then it can't be deleted. 是否内置
    async fn builtin(&self) -> bool {
        self.0.builtin
    }

    /// For whom it is; nobody else can be given it. 面向的账号类型
    async fn audience(&self) -> UserKind {
        self.0.audience.into()
    }

    /// What it grants, by permission. 授权
    async fn grants(&self, ctx: &Context<'_>) -> Result<Option<Vec<HeldPermission>>> {
        let grants = ctx.loads().load_one(GrantsOf(self.0.id)).await;
        let grants = grants.map_err(internal).on_field(ctx.call())?;
        Ok(Some(HeldPermission::list(ctx, &grants.unwrap_or_default())))
    }

    /// How many users and API clients have it now. 持有人数
    async fn holder_count(&self, ctx: &Context<'_>) -> Result<Option<i64>> {
        let holders = ctx.loads().load_one(HoldersOf(self.0.id)).await;
        Ok(Some(
            holders
                .map_err(internal)
                .on_field(ctx.call())?
                .unwrap_or_default(),
        ))
    }

    /// Counts up with every change; name it in `expectedVersion`. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// One role in the hands of one user or API client. 角色授予
pub struct RoleGift(pub role_assignment::Model);

impl RoleGift {
    fn principal(&self) -> Option<Principal> {
        self.0
            .user_id
            .map(Principal::User)
            .or(self.0.api_client_id.map(Principal::ApiClient))
    }
}

/// One role in the hands of one user or API client. 角色授予
#[Object]
impl RoleGift {
    /// Its id. 标识
    async fn id(&self) -> Id<role_assignment::Entity> {
        Id::new(self.0.id)
    }

    /// The role. 角色
    async fn role(&self, ctx: &Context<'_>) -> Result<Option<Role>> {
        let row = ctx.row::<role::Entity>(self.0.role_id).await;
        Ok(row.on_field(ctx.call())?.map(Role))
    }

    /// The user who has it, unless an API client has. 持有用户
    async fn user_id(&self) -> Option<Id<user::Entity>> {
        self.0.user_id.map(Id::new)
    }

    /// The API client that has it, unless a user has. 持有的 API 客户端
    async fn api_client_id(&self) -> Option<Id<api_client::Entity>> {
        self.0.api_client_id.map(Id::new)
    }

    /// The name of whoever has it. 持有者名称
    async fn holder_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let Some(principal) = self.principal() else {
            return Ok(None);
        };
        let name = ctx.loads().load_one(NameOf(principal)).await;
        name.map_err(internal).on_field(ctx.call())
    }

    /// The user who gave it; none when the server did. 授予人
    async fn given_by_id(&self) -> Option<Id<user::Entity>> {
        self.0.given_by.map(Id::new)
    }

    /// When it was given. 授予时间
    async fn given_at(&self) -> DateTime {
        self.0.given_at.into()
    }

    /// When it stops counting; none for no end. 截止时间
    async fn valid_until(&self) -> Option<DateTime> {
        self.0.valid_until.map(Into::into)
    }
}

/// The id of a principal as clients see it.
pub fn principal_id(principal: Principal) -> ID {
    match principal {
        Principal::User(id) => Id::<user::Entity>::new(id).to_string().into(),
        Principal::ApiClient(id) => Id::<api_client::Entity>::new(id).to_string().into(),
    }
}

fn internal(error: Arc<Error>) -> Error {
    Error::internal(error.to_string())
}
