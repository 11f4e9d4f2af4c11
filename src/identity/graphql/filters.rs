//! Filters and orderings of accounts as clients write them.

use async_graphql::{Enum, InputObject};
use entity::partner;

use crate::enum_filter;
use crate::error::Result;
use crate::graphql::filters::{IdFilter, StringFilter};
use crate::graphql::kinds::UserKind;
use crate::identity::store;

/// May an account sign in? 账号状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::UserStatus")]
pub enum UserStatus {
    /// It may sign in. 启用
    Active,
    /// It may not sign in, and its tokens no longer count. 停用
    Disabled,
}

enum_filter!(
    UserStatusFilter,
    UserStatus,
    entity::enums::UserStatus,
    "Compares the status of an account. 账号状态条件"
);

enum_filter!(
    UserKindFilter,
    UserKind,
    entity::enums::UserKind,
    "Compares on whose side an account stands. 账号类型条件"
);

/// Which users to list. Everything given must hold. 用户筛选条件
#[derive(Clone, Debug, Default, InputObject)]
pub struct UserFilter {
    /// What they sign in with. 登录名
    login: Option<StringFilter>,
    /// The name that others see. 显示名称
    display_name: Option<StringFilter>,
    /// On whose side they stand. 账号类型
    kind: Option<UserKindFilter>,
    /// May they sign in? 账号状态
    status: Option<UserStatusFilter>,
    /// The partner for which they act. 所属合作伙伴
    partner_id: Option<IdFilter>,
}

impl UserFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::UserFilter> {
        Ok(store::UserFilter {
            login: self.login.map(Into::into),
            display_name: self.display_name.map(Into::into),
            kind: self.kind.map(Into::into),
            status: self.status.map(Into::into),
            partner: self
                .partner_id
                .map(|ids| ids.of::<partner::Entity>("filter.partnerId"))
                .transpose()?,
        })
    }
}

/// In which order users are listed. 用户排序
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "store::UserOrder")]
pub enum UserOrder {
    /// By login. 按登录名
    LoginAsc,
    /// Newest first. 最新创建
    CreatedAtDesc,
}

/// Which API clients to list. Everything given must hold. API 客户端筛选条件
#[derive(Clone, Debug, Default, InputObject)]
pub struct ApiClientFilter {
    /// Their name. 名称
    name: Option<StringFilter>,
    /// May they sign in? 状态
    status: Option<UserStatusFilter>,
    /// The partner for which they act. 所属合作伙伴
    partner_id: Option<IdFilter>,
}

impl ApiClientFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::ClientFilter> {
        Ok(store::ClientFilter {
            name: self.name.map(Into::into),
            status: self.status.map(Into::into),
            partner: self
                .partner_id
                .map(|ids| ids.of::<partner::Entity>("filter.partnerId"))
                .transpose()?,
        })
    }
}

/// In which order API clients are listed. API 客户端排序
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "store::ClientOrder")]
pub enum ApiClientOrder {
    /// By name. 按名称
    NameAsc,
    /// Newest first. 最新创建
    CreatedAtDesc,
}
