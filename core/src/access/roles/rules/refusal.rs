//! Why a change of rights is refused, and the way out.

use entity::enums::{Reach, UserKind};

use crate::access::{Permission, reach_name};
use crate::error::{Text, UserError, UserErrorCode};

/// A reason why rights can't be changed so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody grants what they don't hold.
    NotHeld {
        /// The permission.
        permission: Permission,
        /// With this reach.
        reach: Reach,
    },
    /// The permission is never for this kind of principal.
    NotForAudience {
        /// The permission.
        permission: Permission,
        /// For whom the role is.
        audience: UserKind,
    },
    /// The permission can't be held with this reach by this kind of principal.
    ReachMakesNoSense {
        /// The permission.
        permission: Permission,
        /// The reach asked for.
        reach: Reach,
        /// Those that can be had.
        sensible: Vec<Reach>,
    },
    /// One pair is to be granted and revoked at once.
    GrantedAndRevoked {
        /// The permission.
        permission: Permission,
        /// With this reach.
        reach: Reach,
    },
    /// The role is for another kind of principal.
    WrongAudience {
        /// For whom the role is.
        audience: UserKind,
        /// What the principal is.
        kind: UserKind,
    },
    /// Nobody gives roles to themselves or takes them from themselves.
    OwnGift,
    /// Nobody changes the grants of a role that they have.
    OwnRole,
    /// The grants of `admin` are the whole catalogue, always.
    AdminRole,
    /// What came with the product stays.
    Builtin,
    /// The role is still given to somebody.
    InUse {
        /// To so many principals.
        holders: u64,
    },
    /// Nobody would be left who may manage roles.
    LastAdmin,
    /// The gift would end before it begins.
    EndsInThePast,
    /// The principal doesn't have the role.
    NotGiven,
}

/// A kind of principal in both languages.
const fn kind_name(kind: UserKind) -> (&'static str, &'static str) {
    match kind {
        UserKind::Staff => ("staff", "内部员工"),
        UserKind::Partner => ("partners", "合作伙伴"),
        UserKind::Customer => ("customers", "客户"),
    }
}

impl Refusal {
    /// The kind of mistake, for programs.
    #[must_use]
    pub const fn code(&self) -> UserErrorCode {
        match self {
            Self::NotHeld { .. }
            | Self::NotForAudience { .. }
            | Self::WrongAudience { .. }
            | Self::OwnGift
            | Self::OwnRole
            | Self::AdminRole
            | Self::Builtin
            | Self::LastAdmin => UserErrorCode::RuleViolated,
            Self::ReachMakesNoSense { .. }
            | Self::GrantedAndRevoked { .. }
            | Self::EndsInThePast => UserErrorCode::Invalid,
            Self::InUse { .. } | Self::NotGiven => UserErrorCode::WrongState,
        }
    }

    /// What is wrong and the way out.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::NotHeld { permission, reach } => {
                let (key, reach) = (permission.key(), reach_name(*reach));
                Text::new(
                    format!(
                        "You don't hold {key} with {reach} yourself, so you can't grant it; ask somebody who does, or give a role that has it on the server: `aftercare user give-role`."
                    ),
                    format!(
                        "您自己没有 {key}（{reach}），因此不能授予他人；请联系拥有该权限的人员，或在服务器上用 `aftercare user give-role` 授予含该权限的角色。"
                    ),
                )
            }
            Self::NotForAudience {
                permission,
                audience,
            } => {
                let (en, zh) = kind_name(*audience);
                let key = permission.key();
                Text::new(
                    format!("{key} is never given to {en}."),
                    format!("{key} 不能授予{zh}。"),
                )
            }
            Self::ReachMakesNoSense {
                permission,
                reach,
                sensible,
            } => {
                let (key, reach) = (permission.key(), reach_name(*reach));
                let names: Vec<&str> = sensible.iter().copied().map(reach_name).collect();
                Text::new(
                    format!(
                        "{key} can't be held with {reach} in this role; possible: {}.",
                        names.join(", ")
                    ),
                    format!(
                        "此角色的 {key} 不支持范围 {reach}，可选：{}。",
                        names.join("、")
                    ),
                )
            }
            Self::GrantedAndRevoked { permission, reach } => {
                let (key, reach) = (permission.key(), reach_name(*reach));
                Text::new(
                    format!(
                        "{key} with {reach} is to be granted and revoked at once; leave one of the two out."
                    ),
                    format!("{key}（{reach}）同时被授予和撤销，请去掉其中一项。"),
                )
            }
            Self::WrongAudience { audience, kind } => {
                let ((role_en, role_zh), (en, zh)) = (kind_name(*audience), kind_name(*kind));
                Text::new(
                    format!(
                        "This role is for {role_en} and can't be given to {en}; make or choose a role for {en}."
                    ),
                    format!("此角色面向{role_zh}，不能授予{zh}；请选择或新建面向{zh}的角色。"),
                )
            }
            Self::OwnGift => Text::new(
                "Nobody changes their own roles; ask another administrator.",
                "不能变更自己的角色，请由其他管理员操作。",
            ),
            Self::OwnRole => Text::new(
                "Nobody changes the grants of a role that they have themselves; ask another administrator.",
                "不能修改自己所持有角色的授权，请由其他管理员操作。",
            ),
            Self::AdminRole => Text::new(
                "The role admin always holds every permission; make a role of your own with fewer.",
                "admin 角色始终拥有全部权限；如需较小的权限，请新建角色。",
            ),
            Self::Builtin => Text::new(
                "A role that came with the product can't be deleted; take it from those who have it, or revoke its grants.",
                "内置角色不能删除；可收回该角色或撤销其授权。",
            ),
            Self::InUse { holders } => Text::new(
                format!("The role is still given to {holders}; take it from all of them first."),
                format!("仍有 {holders} 个账号持有该角色，请先全部收回。"),
            ),
            Self::LastAdmin => Text::new(
                "Nobody would be left who may manage roles; give role.manage without an end to another active user first.",
                "操作后将没有任何人能管理角色；请先将 role.manage 长期授予另一位启用的用户。",
            ),
            Self::EndsInThePast => Text::new(
                "The end must lie in the future.",
                "截止时间必须晚于当前时间。",
            ),
            Self::NotGiven => {
                Text::new("The account doesn't have this role.", "该账号没有此角色。")
            }
        }
    }

    /// The mistake in the argument at `field`.
    #[must_use]
    pub fn at(&self, field: &str) -> UserError {
        UserError::new(self.code(), field, self.text())
    }
}
