//! Honours and recognitions in the schema.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{honour, member, recognition, team, ticket};
use uuid::Uuid;

use super::enums::{HonourKind, HonourSource, RecognitionValue};
use super::loaders::{HomeTeamOf, ShownOf};
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime, Id};
use crate::organisation::graphql::{KnownMember, Member, Team};
use crate::tickets::graphql::Ticket;

/// A member by the id, as everybody who sees an honour or a recognition may know them.
pub async fn known(ctx: &Context<'_>, id: Uuid) -> Result<Option<member::Model>> {
    let row = ctx.loads().load_one(KnownMember(id)).await;
    row.map_err(shared).on_field(ctx.call())
}

/// What a member is called.
pub async fn name(ctx: &Context<'_>, id: Uuid) -> Result<String> {
    Ok(known(ctx, id)
        .await?
        .map(|row| row.name)
        .unwrap_or_default())
}

/// A member, if within reach.
pub async fn within_reach(ctx: &Context<'_>, id: Uuid) -> Result<Option<Member>> {
    let row = ctx.row::<member::Entity>(id).await;
    Ok(row.on_field(ctx.call())?.map(Member))
}

/// The team in which a member has the home today.
async fn home_team(ctx: &Context<'_>, member: Uuid) -> Result<Option<Team>> {
    let team = ctx.loads().load_one(HomeTeamOf(member)).await;
    let Some(id) = team.map_err(shared).on_field(ctx.call())? else {
        return Ok(None);
    };
    let row = ctx.row::<team::Entity>(id).await;
    Ok(row.on_field(ctx.call())?.map(Team))
}

/// What a member is honoured with. 荣誉
pub struct Honour(pub honour::Model);

/// What a member is honoured with. 荣誉
#[Object]
impl Honour {
    /// Its id, `honour_...`. 标识
    pub async fn id(&self) -> Id<honour::Entity> {
        Id::new(self.0.id)
    }

    /// What it is. 荣誉类型
    async fn kind(&self) -> HonourKind {
        self.0.kind.into()
    }

    /// What it is called, in English. 英文称号
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What it is called, in Chinese. 中文称号
    async fn title_zh(&self) -> &str {
        &self.0.title_zh
    }

    /// What it was given for, in English; of a star in the words of the nomination. 英文颁奖词
    async fn citation(&self) -> &str {
        &self.0.citation
    }

    /// What it was given for, in Chinese; of a star in the words of the nomination. 中文颁奖词
    async fn citation_zh(&self) -> &str {
        &self.0.citation_zh
    }

    /// Who holds it; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        within_reach(ctx, self.0.member_id).await
    }

    /// What whoever holds it is called. 成员姓名
    async fn member_name(&self, ctx: &Context<'_>) -> Result<String> {
        name(ctx, self.0.member_id).await
    }

    /// The same in Latin letters, where there is one. 成员英文名
    async fn member_name_en(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let row = known(ctx, self.0.member_id).await?;
        Ok(row.and_then(|row| row.name_en))
    }

    /// The team in which whoever holds it has the home today. 所属团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        home_team(ctx, self.0.member_id).await
    }

    /// On which day it was given. 授予日期
    async fn given_on(&self) -> Date {
        self.0.given_on.into()
    }

    /// The first day on which it is no longer held; null when it lasts. 截止日期（不含）
    async fn until(&self) -> Option<Date> {
        self.0.until.map(Into::into)
    }

    /// What it comes from. 荣誉来源
    async fn source(&self) -> HonourSource {
        self.0.source.into()
    }

    /// What whoever gave it was called then; null for prizes. 授予人
    async fn given_by_name(&self) -> Option<&str> {
        self.0.given_by_name.as_deref()
    }

    /// Does it stand on the wall for all the staff? It doesn't when the member opted out or has left, or when it was revoked. 是否公开
    async fn shown(&self, ctx: &Context<'_>) -> Result<bool> {
        if self.0.revoked_on.is_some() {
            return Ok(false);
        }
        let shown = ctx.loads().load_one(ShownOf(self.0.member_id)).await;
        Ok(shown.map_err(shared).on_field(ctx.call())?.is_some())
    }

    /// On which day it was revoked. 撤销日期
    async fn revoked_on(&self) -> Option<Date> {
        self.0.revoked_on.map(Into::into)
    }

    /// Why. 撤销原因
    async fn revoke_reason(&self) -> Option<&str> {
        self.0.revoke_reason.as_deref()
    }

    /// What whoever revoked it was called then. 撤销人
    async fn revoked_by_name(&self) -> Option<&str> {
        self.0.revoked_by_name.as_deref()
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was recorded. 登记时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// Whether you stand on the honour wall. 荣誉墙公开设置
#[derive(SimpleObject)]
pub struct HonourWallPreference {
    /// Your honours, and what you and colleagues recognise in each other, are shown to all the staff. 是否公开
    pub shown: bool,
}

/// A colleague's word of thanks. 同事认可
pub struct Recognition(pub recognition::Model);

/// A colleague's word of thanks. 同事认可
#[Object]
impl Recognition {
    /// Its id, `recognition_...`. 标识
    pub async fn id(&self) -> Id<recognition::Entity> {
        Id::new(self.0.id)
    }

    /// Who gave it; null when out of your reach. 认可人
    async fn giver(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        within_reach(ctx, self.0.giver_id).await
    }

    /// What whoever gave it is called. 认可人姓名
    async fn giver_name(&self, ctx: &Context<'_>) -> Result<String> {
        name(ctx, self.0.giver_id).await
    }

    /// Who got it; null when out of your reach. 被认可人
    async fn receiver(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        within_reach(ctx, self.0.receiver_id).await
    }

    /// What whoever got it is called. 被认可人姓名
    async fn receiver_name(&self, ctx: &Context<'_>) -> Result<String> {
        name(ctx, self.0.receiver_id).await
    }

    /// The team in which whoever got it has the home today. 被认可人所属团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        home_team(ctx, self.0.receiver_id).await
    }

    /// On which day. 日期
    async fn day(&self) -> Date {
        self.0.day.into()
    }

    /// For what. 价值观
    async fn value(&self) -> RecognitionValue {
        self.0.value.into()
    }

    /// In the giver's words. 留言
    async fn message(&self) -> &str {
        &self.0.message
    }

    /// The ticket that it is about; null when there is none or it is out of your reach. 相关工单
    async fn ticket(&self, ctx: &Context<'_>) -> Result<Option<Ticket>> {
        let Some(id) = self.0.ticket_id else {
            return Ok(None);
        };
        let row = ctx.row::<ticket::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Ticket))
    }

    /// When the giver took it back. 撤回时间
    async fn withdrawn_at(&self) -> Option<DateTime> {
        self.0.withdrawn_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was given. 给出时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}
