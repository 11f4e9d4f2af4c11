//! Adding, switching off and resetting users.

use async_graphql::{Context, InputObject, Object, Result};
use entity::{customer, member, partner, user};

use super::types::User;
use crate::graphql::kinds::{Locale, UserKind};
use crate::graphql::{Ask, Id, Outcome};
use crate::identity::{self, NewUser};
use crate::mutation_payload;

/// What a new user needs. 新建用户
#[derive(InputObject)]
pub struct UserCreateInput {
    /// On whose side it stands. 账号类型
    kind: UserKind,
    /// What it signs in with, 1 to 100 characters without spaces. 登录名
    login: String,
    /// The name that others see, 1 to 200 characters. 显示名称
    display_name: String,
    /// The first password, 10 to 128 characters. 初始密码（10 至 128 个字符）
    #[graphql(secret)]
    password: String,
    /// The member it is; for staff, and none for a mere administrator. 对应成员
    member_id: Option<Id<member::Entity>>,
    /// The partner for which it acts; for partner users. 所属合作伙伴
    partner_id: Option<Id<partner::Entity>>,
    /// The customer for which it acts; for customer users. 所属客户
    customer_id: Option<Id<customer::Entity>>,
    /// The language of its messages. 语言
    #[graphql(default_with = "Locale::Zh")]
    locale: Locale,
    /// Repeating the mutation with the same key within 24 hours gives the same user. 幂等键
    idempotency_key: Option<String>,
}

/// Which user is switched off. 停用用户
#[derive(InputObject)]
pub struct UserDisableInput {
    /// The user. 用户
    id: Id<user::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
}

/// Which user is switched on again. 启用用户
#[derive(InputObject)]
pub struct UserEnableInput {
    /// The user. 用户
    id: Id<user::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
}

/// Whose password is set. 重置密码
#[derive(InputObject)]
pub struct UserPasswordResetInput {
    /// The user. 用户
    id: Id<user::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// The new password, 10 to 128 characters. 新密码（10 至 128 个字符）
    #[graphql(secret)]
    new_password: String,
}

mutation_payload!(UserCreatePayload, user: User, "The new user, still without roles: give them by `roleGive`. 新用户（尚无角色，请用 roleGive 授予）");
mutation_payload!(UserDisablePayload, user: User, "The user, switched off. 已停用的用户");
mutation_payload!(UserEnablePayload, user: User, "The user, switched on. 已启用的用户");
mutation_payload!(UserPasswordResetPayload, user: User, "The user with the new password. 已重置密码的用户");

/// The mutations of users.
#[derive(Default)]
pub struct UserMutation;

#[Object]
impl UserMutation {
    /// Adds a user. Roles are given afterwards, by `roleGive`. 新建用户
    async fn user_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new user. 新用户")] input: UserCreateInput,
    ) -> Result<Option<UserCreatePayload>> {
        let call = ctx.call();
        let new = NewUser {
            kind: input.kind.into(),
            login: input.login,
            display_name: input.display_name,
            password: input.password,
            member_id: input.member_id.map(|id| id.uuid),
            partner_id: input.partner_id.map(|id| id.uuid),
            customer_id: input.customer_id.map(|id| id.uuid),
            locale: input.locale.into(),
        };
        let key = input.idempotency_key.as_deref();
        let made = identity::user_create(ctx.app(), call, new, key).await;
        Ok(Some(Outcome::from_result(call, made.map(User))?.into()))
    }

    /// Switches a user off: no sign-in, and all its sessions and tokens end at once. 停用用户
    async fn user_disable(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which user. 用户")] input: UserDisableInput,
    ) -> Result<Option<UserDisablePayload>> {
        let call = ctx.call();
        let (id, version) = (input.id.uuid, input.expected_version);
        let done = identity::user_disable(ctx.app(), call, id, version).await;
        Ok(Some(Outcome::from_result(call, done.map(User))?.into()))
    }

    /// Switches a user on again. 启用用户
    async fn user_enable(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which user. 用户")] input: UserEnableInput,
    ) -> Result<Option<UserEnablePayload>> {
        let call = ctx.call();
        let (id, version) = (input.id.uuid, input.expected_version);
        let done = identity::user_enable(ctx.app(), call, id, version).await;
        Ok(Some(Outcome::from_result(call, done.map(User))?.into()))
    }

    /// Sets the password of a user who may do no more than you, and ends its sessions. 重置用户密码
    async fn user_password_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose password, and the new one. 用户和新密码")]
        input: UserPasswordResetInput,
    ) -> Result<Option<UserPasswordResetPayload>> {
        let call = ctx.call();
        let (id, version) = (input.id.uuid, input.expected_version);
        let new = &input.new_password;
        let done = identity::user_password_reset(ctx.app(), call, id, version, new).await;
        Ok(Some(Outcome::from_result(call, done.map(User))?.into()))
    }
}
