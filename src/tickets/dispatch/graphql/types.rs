//! A decision as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::enums::ActorKind as Kind;
use entity::{dispatch_candidate, dispatch_decision, member, skill, team, ticket};
use uuid::Uuid;

use super::candidates::{CandidatesOf, DispatchCandidate, DispatchExclusionCount, counts};
use super::enums::DispatchMode;
use crate::error::Error;
use crate::graphql::children::{page_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::kinds::ActorKind;
use crate::graphql::{Ask, Connection, DateTime, Id, PageArgs};
use crate::organisation::graphql::{Member, Province, Team};
use crate::organisation::workforce::graphql::Skill;
use crate::tickets::dispatch::rules::{self, Needs, SkillNeed, count};
use crate::tickets::dispatch::store::Decisions;
use crate::tickets::graphql::{Ticket, TicketKind, TicketPriority};

/// How load, fit and fairness weigh against each other. 派单权重
#[derive(SimpleObject)]
pub struct DispatchWeights {
    /// Of load. 负荷
    load: u32,
    /// Of fit. 匹配
    fit: u32,
    /// Of fairness. 公平
    fairness: u32,
}

impl From<rules::Weights> for DispatchWeights {
    fn from(weights: rules::Weights) -> Self {
        Self {
            load: weights.load,
            fit: weights.fit,
            fairness: weights.fairness,
        }
    }
}

/// A skill that a ticket asked for. 技能要求
pub struct DispatchSkillNeed(SkillNeed);

/// A skill that a ticket asked for. 技能要求
#[Object]
impl DispatchSkillNeed {
    /// The skill as it is now. 技能
    async fn skill(&self, ctx: &Context<'_>) -> Result<Option<Skill>> {
        Ok(ctx
            .row::<skill::Entity>(self.0.skill)
            .await
            .on_field(ctx.call())?
            .map(Skill))
    }

    /// Its name at that time, in the language of the request. 技能名称
    async fn name(&self, ctx: &Context<'_>) -> String {
        let name = self.0.name.text();
        name.in_locale(ctx.call().locale).to_owned()
    }

    /// The least level, 1 to 5. 最低等级
    async fn min_level(&self) -> u8 {
        self.0.level
    }
}

/// To whom a ticket was given, and why: everybody who was looked at, with the figures of that moment. 派单决策
pub struct DispatchDecision(pub dispatch_decision::Model);

impl DispatchDecision {
    fn needs(&self, ctx: &Context<'_>) -> Result<Needs> {
        serde_json::from_value(self.0.requirements.clone())
            .map_err(Error::from)
            .on_field(ctx.call())
    }

    async fn rows(&self, ctx: &Context<'_>) -> Result<Arc<Vec<dispatch_candidate::Model>>> {
        let rows = ctx
            .loads()
            .load_one(CandidatesOf(self.0.id))
            .await
            .map_err(shared)
            .on_field(ctx.call())?;
        Ok(rows.unwrap_or_default())
    }
}

/// To whom a ticket was given, and why: everybody who was looked at, with the figures of that moment. 派单决策
#[Object]
impl DispatchDecision {
    /// The decision's id, `decision_...`. 决策 ID
    async fn id(&self) -> Id<dispatch_decision::Entity> {
        Id::new(self.0.id)
    }

    /// The ticket; null when out of your reach. 工单
    async fn ticket(&self, ctx: &Context<'_>) -> Result<Option<Ticket>> {
        Ok(ctx
            .row::<ticket::Entity>(self.0.ticket_id)
            .await
            .on_field(ctx.call())?
            .map(Ticket))
    }

    /// When. 时间
    async fn at(&self) -> DateTime {
        self.0.at.into()
    }

    /// By the ranking or by a person. 派单方式
    async fn mode(&self) -> DispatchMode {
        self.0.mode.into()
    }

    /// Did somebody get the ticket? 是否派出
    async fn given(&self) -> bool {
        self.0.chosen_member_id.is_some()
    }

    /// Who got it; null when nobody could, or when out of your reach. 接单人
    async fn chosen(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Some(id) = self.0.chosen_member_id else {
            return Ok(None);
        };
        Ok(ctx
            .row::<member::Entity>(id)
            .await
            .on_field(ctx.call())?
            .map(Member))
    }

    /// Who asked for it, as the name was then. 操作人
    async fn actor_name(&self) -> &str {
        &self.0.actor_name
    }

    /// What the actor is; the server itself when it dispatches by itself. 操作者类别
    async fn actor_kind(&self) -> ActorKind {
        let kind: Kind = self.0.actor_kind;
        kind.into()
    }

    /// Why the ranking was overruled. 指定原因
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// The team that the ticket was for; null when it had none. 团队
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Some(id) = self.needs(ctx)?.team else {
            return Ok(None);
        };
        Ok(ctx
            .row::<team::Entity>(id)
            .await
            .on_field(ctx.call())?
            .map(Team))
    }

    /// The kind that the ticket was of. 工单类型
    async fn kind(&self, ctx: &Context<'_>) -> Result<Option<TicketKind>> {
        Ok(Some(self.needs(ctx)?.kind.into()))
    }

    /// How urgent it was. 优先级
    async fn priority(&self, ctx: &Context<'_>) -> Result<Option<TicketPriority>> {
        Ok(Some(self.needs(ctx)?.priority.into()))
    }

    /// Where it was to be served. 省份
    async fn province(&self, ctx: &Context<'_>) -> Result<Option<Province>> {
        Ok(Some(self.needs(ctx)?.province.into()))
    }

    /// The skills it asked for. 技能要求
    async fn skills(&self, ctx: &Context<'_>) -> Result<Option<Vec<DispatchSkillNeed>>> {
        let needs = self.needs(ctx)?.skills.into_iter();
        Ok(Some(needs.map(DispatchSkillNeed).collect()))
    }

    /// The weights of load, fit and fairness. 权重
    async fn weights(&self, ctx: &Context<'_>) -> Result<Option<DispatchWeights>> {
        let weights: rules::Weights = serde_json::from_value(self.0.weights.clone())
            .map_err(Error::from)
            .on_field(ctx.call())?;
        Ok(Some(weights.into()))
    }

    /// How long the ticket had waited for somebody, in seconds; 0 when somebody had it. 等待秒数
    async fn waited_seconds(&self) -> i64 {
        self.0.waited_seconds
    }

    /// Everybody who was looked at: the ranked ones by their place, then the excluded ones. 候选人
    async fn candidates(&self, ctx: &Context<'_>) -> Result<Option<Vec<DispatchCandidate>>> {
        let rows = self.rows(ctx).await?;
        let all: crate::error::Result<Vec<_>> =
            rows.iter().map(DispatchCandidate::stored).collect();
        Ok(Some(all.on_field(ctx.call())?))
    }

    /// How many were excluded for each reason. 排除统计
    async fn exclusions(&self, ctx: &Context<'_>) -> Result<Option<Vec<DispatchExclusionCount>>> {
        let rows = self.rows(ctx).await?;
        Ok(Some(counts(count(
            rows.iter().filter_map(|row| row.excluded),
        ))))
    }
}

/// The decisions about a ticket, for `Ticket.dispatchDecisions`.
///
/// # Errors
/// As a field shows them.
pub async fn decisions_of(
    ctx: &Context<'_>,
    ticket: Uuid,
    page: PageArgs,
) -> Result<Option<Connection<DispatchDecision>>> {
    let page = page.page(ctx).on_field(ctx.call())?;
    let listing = page_of::<Decisions>(ctx, ticket, page)
        .await
        .on_field(ctx.call())?;
    Ok(Some(Connection::from_listing(listing, DispatchDecision)))
}
