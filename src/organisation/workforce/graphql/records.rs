//! What is recorded about members: levels, certificates, shifts, capacities.

use async_graphql::{Context, Object, Result};
use chrono::NaiveDate;
use entity::{
    calendar, certificate, member, member_capacity, member_certificate, member_shift, member_skill,
    skill,
};
use uuid::Uuid;

use super::catalogue::{Certificate, Skill};
use crate::calendars::graphql::Calendar;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::organisation::graphql::Member;
use crate::organisation::today;
use crate::organisation::workforce::rules::skills::is_valid;

/// How well a member can do something on a day, with certificates considered. 技能等级
pub struct SkillLevel {
    /// The skill.
    pub skill_id: Uuid,
    /// The level that counts; 0 for none.
    pub level: u8,
    /// The level that would count with certificates that have lapsed, where it is higher.
    pub lapsed: Option<u8>,
    /// The first day on which the level is no longer certified.
    pub certified_until: Option<NaiveDate>,
}

/// How well a member can do something on a day, with certificates considered. 技能等级
#[Object]
impl SkillLevel {
    /// What. 技能
    async fn skill(&self, ctx: &Context<'_>) -> Result<Option<Skill>> {
        let row = ctx.row::<skill::Entity>(self.skill_id).await;
        Ok(row.on_field(ctx.call())?.map(Skill))
    }

    /// How well, 1 to 5; 0 when it doesn't count, for want of a valid certificate. 等级
    async fn level(&self) -> i32 {
        i32::from(self.level)
    }

    /// How well it would be if no certificate had run out or been taken away; null unless that is better. 证书失效前的等级
    async fn lapsed_level(&self) -> Option<i32> {
        self.lapsed.map(i32::from)
    }

    /// The first day on which the level is no longer certified; null when nothing certifies it, or something for ever. 认证到期日
    async fn certified_until(&self) -> Option<Date> {
        self.certified_until.map(Into::into)
    }
}

/// A level of a skill as it is recorded for a member. 技能登记
pub struct MemberSkill(pub member_skill::Model);

/// A level of a skill as it is recorded for a member. 技能登记
#[Object]
impl MemberSkill {
    /// Its id. 标识
    pub async fn id(&self) -> Id<member_skill::Entity> {
        Id::new(self.0.id)
    }

    /// Whose. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// What. 技能
    async fn skill(&self, ctx: &Context<'_>) -> Result<Option<Skill>> {
        let row = ctx.row::<skill::Entity>(self.0.skill_id).await;
        Ok(row.on_field(ctx.call())?.map(Skill))
    }

    /// How well, 1 (beginner) to 5 (expert). 等级（1 入门至 5 专家）
    async fn level(&self) -> i32 {
        self.0.level
    }

    /// How it is known. 依据
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// First day on which it holds. 开始日期
    async fn valid_from(&self) -> Date {
        self.0.valid_from.into()
    }

    /// First day on which it no longer holds; null while no end is known. 结束日期
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Into::into)
    }

    /// Counts up with every change. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// A certificate that a member holds or held. 成员证书
pub struct MemberCertificate(pub member_certificate::Model);

/// A certificate that a member holds or held. 成员证书
#[Object]
impl MemberCertificate {
    /// Its id. 标识
    pub async fn id(&self) -> Id<member_certificate::Entity> {
        Id::new(self.0.id)
    }

    /// Whose. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Which one. 证书
    async fn certificate(&self, ctx: &Context<'_>) -> Result<Option<Certificate>> {
        let row = ctx.row::<certificate::Entity>(self.0.certificate_id).await;
        Ok(row.on_field(ctx.call())?.map(Certificate))
    }

    /// What is printed on it. 证书编号
    async fn number(&self) -> Option<&str> {
        self.0.number.as_deref()
    }

    /// From when it is valid. 发证日期
    async fn issued_on(&self) -> Date {
        self.0.issued_on.into()
    }

    /// First day on which it is no longer valid; null for ever. 到期日期
    async fn expires_on(&self) -> Option<Date> {
        self.0.expires_on.map(Into::into)
    }

    /// First day on which it no longer counts, because it was taken away. 撤销日期
    async fn revoked_on(&self) -> Option<Date> {
        self.0.revoked_on.map(Into::into)
    }

    /// When it was told that it runs out soon; null while there is no need. 到期提醒时间
    async fn warned_at(&self) -> Option<DateTime> {
        self.0.warned_at.map(Into::into)
    }

    /// Is it valid on a day? 是否有效
    async fn valid(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> bool {
        is_valid(&self.0, on.map_or_else(|| today(ctx.call()), |day| day.0))
    }

    /// Counts up with every change. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// By which calendar a member works for some time. 班次
pub struct MemberShift(pub member_shift::Model);

/// By which calendar a member works for some time. 班次
#[Object]
impl MemberShift {
    /// Its id. 标识
    pub async fn id(&self) -> Id<member_shift::Entity> {
        Id::new(self.0.id)
    }

    /// Who. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// By which calendar. 日历
    async fn calendar(&self, ctx: &Context<'_>) -> Result<Option<Calendar>> {
        let row = ctx.row::<calendar::Entity>(self.0.calendar_id).await;
        Ok(row.on_field(ctx.call())?.map(Calendar))
    }

    /// First day on which it holds. 开始日期
    async fn valid_from(&self) -> Date {
        self.0.valid_from.into()
    }

    /// First day on which it no longer holds; null while no end is known. 结束日期
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Into::into)
    }

    /// Counts up with every change. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// How many open tickets a member can have at once, for some time. 工作容量
pub struct MemberCapacity(pub member_capacity::Model);

/// How many open tickets a member can have at once, for some time. 工作容量
#[Object]
impl MemberCapacity {
    /// Its id. 标识
    pub async fn id(&self) -> Id<member_capacity::Entity> {
        Id::new(self.0.id)
    }

    /// Who. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Open tickets at most. 未结工单上限
    async fn open_tickets(&self) -> i32 {
        self.0.open_tickets
    }

    /// First day on which it holds. 开始日期
    async fn valid_from(&self) -> Date {
        self.0.valid_from.into()
    }

    /// First day on which it no longer holds; null while no end is known. 结束日期
    async fn valid_to(&self) -> Option<Date> {
        self.0.valid_to.map(Into::into)
    }

    /// Counts up with every change. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }
}
