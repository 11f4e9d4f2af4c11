//! The mutations of what is recorded about members: levels, certificates, capacities.

use async_graphql::{Context, InputObject, Object, Result};
use entity::{certificate, member, member_capacity, member_certificate, member_skill, skill};

use super::show;
use crate::graphql::{Ask, Date, Id};
use crate::mutation_payload;
use crate::organisation::workforce::actions;
use crate::organisation::workforce::graphql::records::{
    MemberCapacity, MemberCertificate, MemberSkill,
};

/// A level of a skill to record. 登记技能等级
#[derive(InputObject)]
pub struct MemberSkillSetInput {
    /// Whose. 成员
    member_id: Id<member::Entity>,
    /// Of which skill. 技能
    skill_id: Id<skill::Entity>,
    /// 1 (beginner) to 5 (expert). 等级
    level: i32,
    /// How it is known, at most 1000 characters. 依据
    note: Option<String>,
    /// First day; today when absent, never before. 开始日期
    valid_from: Option<Date>,
    /// First day on which it no longer holds; until the next one that is planned when absent. 结束日期
    valid_to: Option<Date>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// The record of a level to end. 结束技能登记
#[derive(InputObject)]
pub struct MemberSkillEndInput {
    /// Which one. 登记
    id: Id<member_skill::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// First day on which it no longer holds; today when absent, never before. 结束日期
    valid_to: Option<Date>,
}

/// A certificate that a member has earned. 登记证书
#[derive(InputObject)]
pub struct MemberCertificateRecordInput {
    /// Whose. 成员
    member_id: Id<member::Entity>,
    /// Which one. 证书
    certificate_id: Id<certificate::Entity>,
    /// What is printed on it, at most 100 characters. 证书编号
    number: Option<String>,
    /// From when it is valid; not in the future. 发证日期
    issued_on: Date,
    /// First day on which it is no longer valid; when absent, as many months later as the catalogue says. 到期日期
    expires_on: Option<Date>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// A certificate to take away. 撤销证书
#[derive(InputObject)]
pub struct MemberCertificateRevokeInput {
    /// Which one. 成员证书
    id: Id<member_certificate::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// First day on which it no longer counts; today when absent, never before. 撤销日期
    revoked_on: Option<Date>,
    /// Why, 1 to 1000 characters; the audit log keeps it. 原因
    reason: String,
}

/// A capacity to set. 设置工作容量
#[derive(InputObject)]
pub struct MemberCapacitySetInput {
    /// Whose. 成员
    member_id: Id<member::Entity>,
    /// Open tickets at most, 0 to 1000. 未结工单上限
    open_tickets: i32,
    /// First day; today when absent, never before. 开始日期
    valid_from: Option<Date>,
    /// First day on which it no longer holds; until the next one that is planned when absent. 结束日期
    valid_to: Option<Date>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

mutation_payload!(
    MemberSkillSetPayload,
    member_skill: MemberSkill,
    "The record; null when nothing was changed. 技能登记"
);
mutation_payload!(
    MemberSkillEndPayload,
    member_skill: MemberSkill,
    "The record with its end; null when nothing was changed. 技能登记"
);
mutation_payload!(
    MemberCertificateRecordPayload,
    member_certificate: MemberCertificate,
    "The certificate; null when nothing was changed. 成员证书"
);
mutation_payload!(
    MemberCertificateRevokePayload,
    member_certificate: MemberCertificate,
    "The certificate; null when nothing was changed. 成员证书"
);
mutation_payload!(
    MemberCapacitySetPayload,
    member_capacity: MemberCapacity,
    "The capacity; null when nothing was changed. 工作容量"
);

/// The mutations of what is recorded about members.
#[derive(Default)]
pub struct RecordMutation;

/// The mutations of what is recorded about members.
#[Object]
impl RecordMutation {
    /// Records how well a member can do something from a day on; it ends the former record of that skill. 登记技能等级
    async fn member_skill_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The level. 等级")] input: MemberSkillSetInput,
    ) -> Result<Option<MemberSkillSetPayload>> {
        let order = actions::MemberSkillSet {
            member_id: input.member_id.uuid,
            skill_id: input.skill_id.uuid,
            level: input.level,
            note: input.note,
            valid_from: input.valid_from.map(|day| day.0),
            valid_to: input.valid_to.map(|day| day.0),
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::member_skill_set(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result, member_skill as MemberSkill)
    }

    /// Ends the record of a skill on a day; what was before stays as it was. 结束技能登记
    async fn member_skill_end(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one and when. 登记及日期")] input: MemberSkillEndInput,
    ) -> Result<Option<MemberSkillEndPayload>> {
        let order = actions::MemberSkillEnd {
            id: input.id.uuid,
            expected_version: input.expected_version,
            valid_to: input.valid_to.map(|day| day.0),
        };
        let result = actions::member_skill_end(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, member_skill as MemberSkill)
    }

    /// Records a certificate that a member has earned. 登记证书
    async fn member_certificate_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The certificate. 证书")] input: MemberCertificateRecordInput,
    ) -> Result<Option<MemberCertificateRecordPayload>> {
        let order = actions::MemberCertificateRecord {
            member_id: input.member_id.uuid,
            certificate_id: input.certificate_id.uuid,
            number: input.number,
            issued_on: input.issued_on.0,
            expires_on: input.expires_on.map(|day| day.0),
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::member_certificate_record(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result, member_certificate as MemberCertificate)
    }

    /// Takes a certificate away from a day on; what it granted before stays granted. 撤销证书
    async fn member_certificate_revoke(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, when and why. 证书、日期及原因")]
        input: MemberCertificateRevokeInput,
    ) -> Result<Option<MemberCertificateRevokePayload>> {
        let order = actions::MemberCertificateRevoke {
            id: input.id.uuid,
            expected_version: input.expected_version,
            revoked_on: input.revoked_on.map(|day| day.0),
            reason: input.reason,
        };
        let result = actions::member_certificate_revoke(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, member_certificate as MemberCertificate)
    }

    /// Sets how many open tickets a member can have at once from a day on; it ends the former capacity. 设置工作容量
    async fn member_capacity_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The capacity. 容量")] input: MemberCapacitySetInput,
    ) -> Result<Option<MemberCapacitySetPayload>> {
        let order = actions::MemberCapacitySet {
            member_id: input.member_id.uuid,
            open_tickets: input.open_tickets,
            valid_from: input.valid_from.map(|day| day.0),
            valid_to: input.valid_to.map(|day| day.0),
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::member_capacity_set(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result, member_capacity as MemberCapacity)
    }
}
