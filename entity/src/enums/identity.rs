//! What users, their sessions and the keys choose from.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// On whose side a user stands; also for whom a role is meant (用户类型).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum UserKind {
    /// Works for us (内部员工).
    #[sea_orm(string_value = "staff")]
    Staff,
    /// Works for a partner organisation (合作伙伴).
    #[sea_orm(string_value = "partner")]
    Partner,
    /// Acts for a customer (客户).
    #[sea_orm(string_value = "customer")]
    Customer,
}

/// Whether a principal may sign in (账号状态).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum UserStatus {
    /// May sign in (启用).
    #[sea_orm(string_value = "active")]
    Active,
    /// May not sign in, and its tokens no longer count (停用).
    #[sea_orm(string_value = "disabled")]
    Disabled,
}

/// Language of labels and messages (语言).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    /// English.
    #[sea_orm(string_value = "en")]
    En,
    /// Chinese (中文).
    #[sea_orm(string_value = "zh")]
    Zh,
}

/// Why a session ended before its time (会话失效原因).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum RevokeReason {
    /// Its user signed out (退出登录).
    #[sea_orm(string_value = "sign_out")]
    SignOut,
    /// Its user signed out of all sessions (全部退出).
    #[sea_orm(string_value = "sign_out_everywhere")]
    SignOutEverywhere,
    /// The password changed (密码已修改).
    #[sea_orm(string_value = "password_changed")]
    PasswordChanged,
    /// A refresh token that had been used came back (令牌被重复使用).
    #[sea_orm(string_value = "reuse_detected")]
    ReuseDetected,
    /// The principal was disabled (账号停用).
    #[sea_orm(string_value = "disabled")]
    Disabled,
    /// It outlived its time (已过期).
    #[sea_orm(string_value = "expired")]
    Expired,
}

/// With what a signing key signs access tokens.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum KeyAlgorithm {
    /// EdDSA over Ed25519.
    #[sea_orm(string_value = "ed_dsa")]
    EdDsa,
    /// ECDSA over P-256 with SHA-256.
    #[sea_orm(string_value = "es256")]
    Es256,
}
