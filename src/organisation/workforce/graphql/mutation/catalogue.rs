//! The mutations of the catalogue.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use entity::{certificate, skill};

use super::show;
use crate::graphql::{Ask, Id, change};
use crate::mutation_payload;
use crate::organisation::workforce::actions;
use crate::organisation::workforce::graphql::catalogue::{Certificate, Skill};

/// A skill to add. 新增技能
#[derive(InputObject)]
pub struct SkillCreateInput {
    /// Short name, unique: small letters, digits and `_`, `-`, `.` between them, at most 50. 编码
    code: String,
    /// Name in English, 1 to 100 characters. 英文名称
    name: String,
    /// Name in Chinese, 1 to 100 characters. 中文名称
    name_zh: String,
    /// A group of skills, 1 to 100 characters, such as `product` or `communication`. 类别
    category: String,
    /// Does it count only while a certificate for it is valid? 是否须持有效证书
    #[graphql(default)]
    needs_certificate: bool,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// What changes about a skill: what is absent stays; nothing can be taken away. 修改技能
#[derive(InputObject)]
pub struct SkillUpdateInput {
    /// Which one. 技能
    id: Id<skill::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Name in English, 1 to 100 characters. 英文名称
    name: MaybeUndefined<String>,
    /// Name in Chinese, 1 to 100 characters. 中文名称
    name_zh: MaybeUndefined<String>,
    /// A group of skills, 1 to 100 characters. 类别
    category: MaybeUndefined<String>,
    /// Does it count only while a certificate for it is valid? It changes at once what members can do. 是否须持有效证书
    needs_certificate: MaybeUndefined<bool>,
}

/// A certificate to add. 新增证书
#[derive(InputObject)]
pub struct CertificateCreateInput {
    /// Short name, unique: small letters, digits and `_`, `-`, `.` between them, at most 50. 编码
    code: String,
    /// Name in English, 1 to 100 characters. 英文名称
    name: String,
    /// Name in Chinese, 1 to 100 characters. 中文名称
    name_zh: String,
    /// The skill that it grants. 对应技能
    skill_id: Option<Id<skill::Entity>>,
    /// The level of that skill, 1 to 5; without one it only lets what is recorded count. 授予等级
    level: Option<i32>,
    /// How many months one is valid, 1 to 600; for ever when absent. 有效期（月）
    months_valid: Option<i32>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// What changes about a certificate: what is absent stays, null takes away. 修改证书
#[derive(InputObject)]
pub struct CertificateUpdateInput {
    /// Which one. 证书
    id: Id<certificate::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Name in English, 1 to 100 characters; can't be taken away. 英文名称
    name: MaybeUndefined<String>,
    /// Name in Chinese, 1 to 100 characters; can't be taken away. 中文名称
    name_zh: MaybeUndefined<String>,
    /// The skill that it grants; it changes at once what its holders can do. 对应技能
    skill_id: MaybeUndefined<Id<skill::Entity>>,
    /// The level of that skill, 1 to 5; it changes at once what its holders can do. 授予等级
    level: MaybeUndefined<i32>,
    /// How many months those are valid that are recorded from now on, 1 to 600. 有效期（月）
    months_valid: MaybeUndefined<i32>,
}

mutation_payload!(
    SkillCreatePayload,
    skill: Skill,
    "The new skill; null when nothing was changed. 新技能"
);
mutation_payload!(
    SkillUpdatePayload,
    skill: Skill,
    "The skill; null when nothing was changed. 技能"
);
mutation_payload!(
    CertificateCreatePayload,
    certificate: Certificate,
    "The new certificate; null when nothing was changed. 新证书"
);
mutation_payload!(
    CertificateUpdatePayload,
    certificate: Certificate,
    "The certificate; null when nothing was changed. 证书"
);

/// The mutations of the catalogue.
#[derive(Default)]
pub struct CatalogueMutation;

/// The mutations of the catalogue.
#[Object]
impl CatalogueMutation {
    /// Adds a skill to the catalogue. 新增技能
    async fn skill_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The skill. 技能")] input: SkillCreateInput,
    ) -> Result<Option<SkillCreatePayload>> {
        let order = actions::SkillCreate {
            code: input.code,
            name: input.name,
            name_zh: input.name_zh,
            category: input.category,
            needs_certificate: input.needs_certificate,
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::skill_create(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result, skill as Skill)
    }

    /// Changes a skill of the catalogue. 修改技能
    async fn skill_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes. 修改内容")] input: SkillUpdateInput,
    ) -> Result<Option<SkillUpdatePayload>> {
        let order = actions::SkillUpdate {
            id: input.id.uuid,
            expected_version: input.expected_version,
            name: change(input.name),
            name_zh: change(input.name_zh),
            category: change(input.category),
            needs_certificate: change(input.needs_certificate),
        };
        let result = actions::skill_update(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, skill as Skill)
    }

    /// Adds a certificate to the catalogue. 新增证书
    async fn certificate_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The certificate. 证书")] input: CertificateCreateInput,
    ) -> Result<Option<CertificateCreatePayload>> {
        let order = actions::CertificateCreate {
            code: input.code,
            name: input.name,
            name_zh: input.name_zh,
            skill_id: input.skill_id.map(|id| id.uuid),
            level: input.level,
            months_valid: input.months_valid,
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::certificate_create(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result, certificate as Certificate)
    }

    /// Changes a certificate of the catalogue. 修改证书
    async fn certificate_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes. 修改内容")] input: CertificateUpdateInput,
    ) -> Result<Option<CertificateUpdatePayload>> {
        let order = actions::CertificateUpdate {
            id: input.id.uuid,
            expected_version: input.expected_version,
            name: change(input.name),
            name_zh: change(input.name_zh),
            skill_id: change(input.skill_id).map(|id| id.uuid),
            level: change(input.level),
            months_valid: change(input.months_valid),
        };
        let result = actions::certificate_update(ctx.app(), ctx.call(), order).await;
        show!(ctx, result, certificate as Certificate)
    }
}
