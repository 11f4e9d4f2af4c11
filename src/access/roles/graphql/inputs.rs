//! What clients write about roles.

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, OneofObject};
use entity::{api_client, role, user};

use crate::access::Principal;
use crate::access::roles::actions::{
    GrantsChange, NewGift, NewRole, Planned, RoleUpdate, TakenRole, TypedGrant,
};
use crate::access::roles::store;
use crate::error::Result;
use crate::graphql::filters::{IdFilter, StringFilter};
use crate::graphql::kinds::{Reach, UserKind};
use crate::graphql::{DateTime, Id, Node};

/// A permission with a reach. 权限和数据范围
#[derive(Clone, Debug, InputObject)]
pub struct RoleGrantInput {
    /// The permission's key, such as `ticket.read`; see `permissions`. 权限标识
    permission: String,
    /// For which rows. 数据范围
    reach: Reach,
}

fn typed(grants: Vec<RoleGrantInput>) -> Vec<TypedGrant> {
    grants
        .into_iter()
        .map(|grant| TypedGrant {
            permission: grant.permission,
            reach: grant.reach.into(),
        })
        .collect()
}

/// Who has a role or is to have it: a user or an API client. 角色持有者
#[derive(Clone, OneofObject)]
pub enum PrincipalInput {
    /// A user. 用户
    UserId(Id<user::Entity>),
    /// A partner's API client. API 客户端
    ApiClientId(Id<api_client::Entity>),
}

impl From<PrincipalInput> for Principal {
    fn from(input: PrincipalInput) -> Self {
        match input {
            PrincipalInput::UserId(id) => Self::User(id.uuid),
            PrincipalInput::ApiClientId(id) => Self::ApiClient(id.uuid),
        }
    }
}

/// A role to be made. 新建角色
#[derive(Clone, Debug, InputObject)]
pub struct RoleCreateInput {
    /// Its name in tokens and configuration: 2 to 50 of a-z, 0-9 and _. It never changes. 角色标识
    key: String,
    /// Its name in English, at most 100 characters. 英文名称
    name: String,
    /// Its name in Chinese, at most 100 characters; the English one when it is missing. 中文名称
    name_zh: Option<String>,
    /// What it is for, in English, at most 1,000 characters. 英文说明
    description: Option<String>,
    /// What it is for, in Chinese, at most 1,000 characters. 中文说明
    description_zh: Option<String>,
    /// For whom it is; it never changes. 面向的账号类型
    audience: UserKind,
    /// What it grants; only what you hold yourself. 授权
    #[graphql(default)]
    grants: Vec<RoleGrantInput>,
    /// The same key within 24 hours gives the same role instead of another one. 幂等键
    pub idempotency_key: Option<String>,
}

impl From<RoleCreateInput> for NewRole {
    fn from(input: RoleCreateInput) -> Self {
        Self {
            key: input.key,
            name: input.name,
            name_zh: input.name_zh,
            description: input.description,
            description_zh: input.description_zh,
            audience: input.audience.into(),
            grants: typed(input.grants),
        }
    }
}

/// New texts of a role; what is absent stays, `null` empties a description. 修改角色说明
#[derive(Clone, InputObject)]
pub struct RoleUpdateInput {
    /// The role. 角色
    id: Id<role::Entity>,
    /// The version that you saw. 预期版本
    expected_version: i32,
    /// Its name in English, at most 100 characters. 英文名称
    name: MaybeUndefined<String>,
    /// Its name in Chinese, at most 100 characters. 中文名称
    name_zh: MaybeUndefined<String>,
    /// What it is for, in English, at most 1,000 characters. 英文说明
    description: MaybeUndefined<String>,
    /// What it is for, in Chinese, at most 1,000 characters. 中文说明
    description_zh: MaybeUndefined<String>,
}

impl From<RoleUpdateInput> for RoleUpdate {
    fn from(input: RoleUpdateInput) -> Self {
        // `null` is the empty text: refused for a name, fine for a description.
        let text = |value: MaybeUndefined<String>| match value {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(String::new()),
            MaybeUndefined::Value(text) => Some(text),
        };
        Self {
            id: input.id.uuid,
            expected_version: input.expected_version,
            name: text(input.name),
            name_zh: text(input.name_zh),
            description: text(input.description),
            description_zh: text(input.description_zh),
        }
    }
}

/// A change of what a role grants. 修改角色授权
#[derive(Clone, InputObject)]
pub struct RoleGrantsChangeInput {
    /// The role. 角色
    id: Id<role::Entity>,
    /// The version that you saw. 预期版本
    expected_version: i32,
    /// What it is to grant as well; only what you hold yourself. 新增授权
    #[graphql(default)]
    grant: Vec<RoleGrantInput>,
    /// What it is to grant no more. 撤销授权
    #[graphql(default)]
    revoke: Vec<RoleGrantInput>,
}

impl From<RoleGrantsChangeInput> for GrantsChange {
    fn from(input: RoleGrantsChangeInput) -> Self {
        Self {
            id: input.id.uuid,
            expected_version: input.expected_version,
            grant: typed(input.grant),
            revoke: typed(input.revoke),
        }
    }
}

/// A role to be deleted. 删除角色
#[derive(Clone, InputObject)]
pub struct RoleDeleteInput {
    /// The role; nobody may have it any more. 角色
    pub id: Id<role::Entity>,
    /// The version that you saw. 预期版本
    pub expected_version: i32,
}

/// A role to be given. 授予角色
#[derive(Clone, InputObject)]
pub struct RoleGiveInput {
    /// The role. 角色
    role_id: Id<role::Entity>,
    /// Who is to have it; never yourself. 授予对象
    principal: PrincipalInput,
    /// When it stops counting; for good when it is missing. 截止时间
    valid_until: Option<DateTime>,
    /// The same key within 24 hours gives the same result instead of another change. 幂等键
    pub idempotency_key: Option<String>,
}

impl From<RoleGiveInput> for NewGift {
    fn from(input: RoleGiveInput) -> Self {
        Self {
            role_id: input.role_id.uuid,
            to: input.principal.into(),
            valid_until: input.valid_until.map(|until| until.0),
        }
    }
}

/// A role to be taken back. 收回角色
#[derive(Clone, InputObject)]
pub struct RoleTakeInput {
    /// The role. 角色
    role_id: Id<role::Entity>,
    /// Who has it; never yourself. 收回对象
    principal: PrincipalInput,
}

impl From<RoleTakeInput> for TakenRole {
    fn from(input: RoleTakeInput) -> Self {
        Self {
            role_id: input.role_id.uuid,
            from: input.principal.into(),
        }
    }
}

/// A change to be tried, as the mutation of that name takes it. 待预览的变更
#[derive(Clone, OneofObject)]
pub enum RoleChangeInput {
    /// As `roleGrantsChange`; the version isn't looked at. 修改授权
    GrantsChange(RoleGrantsChangeInput),
    /// As `roleGive`. 授予角色
    Give(RoleGiveInput),
    /// As `roleTake`. 收回角色
    Take(RoleTakeInput),
}

impl From<RoleChangeInput> for Planned {
    fn from(input: RoleChangeInput) -> Self {
        match input {
            RoleChangeInput::GrantsChange(input) => Self::Grants(input.into()),
            RoleChangeInput::Give(input) => Self::Give(input.into()),
            RoleChangeInput::Take(input) => Self::Take(input.into()),
        }
    }
}

/// Which roles; all given conditions must hold. 角色筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct RoleFilter {
    /// By key. 角色标识
    key: Option<StringFilter>,
    /// By name in English. 英文名称
    name: Option<StringFilter>,
    /// For this kind of principal. 面向的账号类型
    audience: Option<UserKind>,
    /// Those that came with the product, or the others. 是否内置
    builtin: Option<bool>,
}

impl From<RoleFilter> for store::RoleFilter {
    fn from(filter: RoleFilter) -> Self {
        Self {
            key: filter.key.map(Into::into).unwrap_or_default(),
            name: filter.name.map(Into::into).unwrap_or_default(),
            audience: filter.audience.map(Into::into),
            builtin: filter.builtin,
        }
    }
}

/// How roles are ordered. 角色排序
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "store::RoleOrder")]
pub enum RoleOrder {
    /// By key. 按标识
    KeyAsc,
    /// The oldest first. 按创建时间升序
    CreatedAtAsc,
    /// The youngest first. 按创建时间降序
    CreatedAtDesc,
}

/// Which gifts of roles; all given conditions must hold. 角色授予筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct RoleGiftFilter {
    /// Of these roles. 角色
    role_id: Option<IdFilter>,
    /// To these users. 用户
    user_id: Option<IdFilter>,
    /// To these API clients. API 客户端
    api_client_id: Option<IdFilter>,
}

impl RoleGiftFilter {
    /// As plain comparisons.
    ///
    /// # Errors
    /// `BAD_INPUT` when an id is of another type.
    pub fn plain(self) -> Result<store::GiftFilter> {
        fn of<E: Node>(
            filter: Option<IdFilter>,
            field: &str,
        ) -> Result<crate::db::filter::IdMatches> {
            filter.map_or_else(|| Ok(Default::default()), |filter| filter.of::<E>(field))
        }
        Ok(store::GiftFilter {
            role: of::<role::Entity>(self.role_id, "filter.roleId")?,
            user: of::<user::Entity>(self.user_id, "filter.userId")?,
            api_client: of::<api_client::Entity>(self.api_client_id, "filter.apiClientId")?,
        })
    }
}

/// Whose rights an access check looks at; your own when it is missing. 检查对象
#[derive(Clone, Debug, OneofObject)]
pub enum AccessCheckAs {
    /// Somebody with exactly this role, by its key. 角色标识
    Role(String),
    /// This user or API client, with all its roles. 用户或 API 客户端
    Principal(ID),
}
