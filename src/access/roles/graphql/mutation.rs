//! Changing roles and who has them.

use async_graphql::{Context, Object, Result};
use entity::role;

use super::inputs::{
    RoleCreateInput, RoleDeleteInput, RoleGiveInput, RoleGrantsChangeInput, RoleTakeInput,
    RoleUpdateInput,
};
use super::loads::{GrantsOf, HoldersOf};
use super::types::{Role, RoleGift};
use crate::access::roles::actions;
use crate::graphql::{Ask, Id, Outcome, RowId};
use crate::mutation_payload;

/// A deleted role's id, as the payload shows it.
type DeletedRoleId = Id<role::Entity>;

mutation_payload!(RoleCreatePayload, role: Role, "The new role. 新角色");
mutation_payload!(RoleUpdatePayload, role: Role, "The role with its new texts. 修改后的角色");
mutation_payload!(RoleGrantsChangePayload, role: Role, "The role with its new grants. 修改后的角色");
mutation_payload!(RoleDeletePayload, deleted_id: DeletedRoleId, "The id of the role that is gone. 已删除角色的标识");
mutation_payload!(RoleGivePayload, gift: RoleGift, "The role in its new hands. 角色授予");
mutation_payload!(RoleTakePayload, role: Role, "The role that was taken. 被收回的角色");

/// The mutations of roles.
#[derive(Default)]
pub struct RoleMutation;

/// What was loaded before a change no longer counts for what comes after it in the same request.
fn forget(ctx: &Context<'_>) {
    ctx.loads().clear::<GrantsOf>();
    ctx.loads().clear::<HoldersOf>();
    ctx.loads().clear::<RowId<role::Entity>>();
}

/// The mutations of roles.
#[Object]
impl RoleMutation {
    /// Makes a role. You can grant only what you hold yourself. 新建角色
    async fn role_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The role. 角色")] input: RoleCreateInput,
    ) -> Result<Option<RoleCreatePayload>> {
        let (call, key) = (ctx.call(), input.idempotency_key.clone());
        let made = actions::create(&ctx.app().db, call, input.into(), key.as_deref()).await;
        forget(ctx);
        Ok(Some(Outcome::from_result(call, made.map(Role))?.into()))
    }

    /// Changes name and description of a role. 修改角色名称和说明
    async fn role_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new texts. 新内容")] input: RoleUpdateInput,
    ) -> Result<Option<RoleUpdatePayload>> {
        let call = ctx.call();
        let updated = actions::update(&ctx.app().db, call, input.into()).await;
        forget(ctx);
        Ok(Some(Outcome::from_result(call, updated.map(Role))?.into()))
    }

    /// Changes what a role grants, at once for everybody who has it. Not for a role that you have yourself. 修改角色授权
    async fn role_grants_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change. 变更")] input: RoleGrantsChangeInput,
    ) -> Result<Option<RoleGrantsChangePayload>> {
        let call = ctx.call();
        let changed = actions::change_grants(&ctx.app().db, call, input.into()).await;
        forget(ctx);
        Ok(Some(Outcome::from_result(call, changed.map(Role))?.into()))
    }

    /// Deletes a role that nobody has and that didn't come with the product. 删除角色
    async fn role_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 角色")] input: RoleDeleteInput,
    ) -> Result<Option<RoleDeletePayload>> {
        let call = ctx.call();
        let gone =
            actions::delete(&ctx.app().db, call, input.id.uuid, input.expected_version).await;
        forget(ctx);
        Ok(Some(Outcome::from_result(call, gone.map(Id::new))?.into()))
    }

    /// Gives a role to a user or an API client, at once; or changes the end of what it has. Never to yourself. 授予角色
    async fn role_give(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role to whom. 角色和对象")] input: RoleGiveInput,
    ) -> Result<Option<RoleGivePayload>> {
        let (call, key) = (ctx.call(), input.idempotency_key.clone());
        let given = actions::give(&ctx.app().db, call, input.into(), key.as_deref()).await;
        forget(ctx);
        Ok(Some(
            Outcome::from_result(call, given.map(RoleGift))?.into(),
        ))
    }

    /// Takes a role back, at once, also from open sockets. Never from yourself, and never the last administrator's. 收回角色
    async fn role_take(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role from whom. 角色和对象")] input: RoleTakeInput,
    ) -> Result<Option<RoleTakePayload>> {
        let call = ctx.call();
        let taken = actions::take(&ctx.app().db, call, input.into()).await;
        forget(ctx);
        Ok(Some(Outcome::from_result(call, taken.map(Role))?.into()))
    }
}
