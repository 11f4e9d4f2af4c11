//! Who would gain and lose what.

use async_graphql::{Context, ID, Object, SimpleObject};

use super::types::{HeldPermission, principal_id};
use crate::access::Principal;
use crate::access::roles::actions::{Effect, Preview};
use crate::graphql::UserErrorView;
use crate::graphql::errors::user_errors;
use crate::graphql::kinds::UserKind;

use crate::graphql::Ask;

/// What changes of rights would do.
pub struct RolePreview(pub Preview);

/// What the changes would do; nothing has been written. 变更预览
#[Object]
impl RolePreview {
    /// How many users and API clients would gain or lose something. 受影响账号数
    async fn affected_count(&self) -> usize {
        self.0.effects.len()
    }

    /// Those users and API clients, by name. 受影响账号
    async fn principals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "So many of them, at most 100. 数量，最多 100", default = 50)] first: u32,
        #[graphql(desc = "After leaving out so many. 跳过数量", default = 0)] offset: u32,
    ) -> Vec<RolePreviewPrincipal> {
        let limit = usize::try_from(first.min(100)).unwrap_or(100);
        self.0
            .effects
            .iter()
            .skip(usize::try_from(offset).unwrap_or(usize::MAX))
            .take(limit)
            .map(|effect| RolePreviewPrincipal::of(ctx, effect))
            .collect()
    }

    /// The changes that would be refused, and why; they are left out of the effects. 会被拒绝的变更
    async fn user_errors(&self, ctx: &Context<'_>) -> Vec<UserErrorView> {
        user_errors(ctx.call(), &self.0.mistakes)
    }
}

/// What changes of rights would do to one user or API client. 对单个账号的影响
#[derive(SimpleObject)]
pub struct RolePreviewPrincipal {
    /// Its id. 标识
    id: ID,
    /// Its name. 名称
    name: String,
    /// On whose side it stands. 账号类型
    kind: UserKind,
    /// Is it an API client rather than a person? 是否为 API 客户端
    is_api_client: bool,
    /// May it sign in at present? 是否启用
    active: bool,
    /// What it would hold as well. 新增权限
    gained_permissions: Vec<HeldPermission>,
    /// What it would hold no more. 失去权限
    lost_permissions: Vec<HeldPermission>,
    /// Fields as `Type.field` that it can't have now and could then. 新增可见字段
    gained_fields: Vec<String>,
    /// Fields as `Type.field` that it can have now and couldn't then. 不再可见字段
    lost_fields: Vec<String>,
}

impl RolePreviewPrincipal {
    fn of(ctx: &Context<'_>, effect: &Effect) -> Self {
        Self {
            id: principal_id(effect.principal),
            name: effect.holder.name.clone(),
            kind: effect.holder.kind.into(),
            is_api_client: matches!(effect.principal, Principal::ApiClient(_)),
            active: effect.holder.active,
            gained_permissions: HeldPermission::list(ctx, &effect.gained),
            lost_permissions: HeldPermission::list(ctx, &effect.lost),
            gained_fields: effect.gained_fields.clone(),
            lost_fields: effect.lost_fields.clone(),
        }
    }
}
