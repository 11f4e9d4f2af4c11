//! Suggestions in the schema.

use async_graphql::{Context, Object, Result};
use entity::{member, suggestion, suggestion_step};

use super::loaders::SupportOf;
use crate::graphql::children::{rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, DateTime, Id};
use crate::organisation::graphql::Member;
use crate::teamwork::graphql::{SuggestionArea, SuggestionState, SuggestionStepKind};
use crate::teamwork::suggestions::scope::shows_author;
use crate::teamwork::suggestions::store::SuggestionsSteps;

/// What a member would do better. 改进建议
pub struct Suggestion(pub suggestion::Model);

/// What a member would do better. 改进建议
#[Object]
impl Suggestion {
    /// Its id, `suggestion_...`. 标识
    pub async fn id(&self) -> Id<suggestion::Entity> {
        Id::new(self.0.id)
    }

    /// In a line. 标题
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// As a whole. 内容
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// What it is about. 领域
    async fn area(&self) -> SuggestionArea {
        self.0.area.into()
    }

    /// Colleagues don't learn who submitted it. 是否匿名
    async fn anonymous(&self) -> bool {
        self.0.anonymous
    }

    /// Who submitted it; null when that is out of your reach, and of an anonymous one for all but its author and whoever looks after it. 提交人
    async fn author(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        if !shows_author(&ctx.call().viewer, &self.0) {
            return Ok(None);
        }
        let row = ctx.row::<member::Entity>(self.0.author_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// Is it yours? 是否本人提交
    async fn mine(&self, ctx: &Context<'_>) -> bool {
        ctx.call().viewer.standing.member_id == Some(self.0.author_id)
    }

    /// Who looks after it; null when nobody does yet, or nobody within your reach. 处理人
    async fn handler(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Some(id) = self.0.handler_id else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// How far it is. 状态
    async fn state(&self) -> SuggestionState {
        self.0.state.into()
    }

    /// What came of it, or why it was declined or taken back. 结果
    async fn outcome(&self) -> Option<&str> {
        self.0.outcome.as_deref()
    }

    /// How many support it. 附议人数
    async fn supporters(&self) -> i32 {
        self.0.supporters
    }

    /// Do you support it? 本人是否附议
    async fn supported(&self, ctx: &Context<'_>) -> Result<bool> {
        let found = ctx.loads().load_one(SupportOf(self.0.id)).await;
        Ok(found.map_err(shared).on_field(ctx.call())?.is_some())
    }

    /// What was done with it, in the order of time. 处理记录
    async fn steps(&self, ctx: &Context<'_>) -> Result<Option<Vec<SuggestionStep>>> {
        let rows = rows_of::<SuggestionsSteps>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(SuggestionStep).collect()))
    }

    /// When it was declined, done or taken back. 结束时间
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// What was done with a suggestion. 处理记录
pub struct SuggestionStep(pub suggestion_step::Model);

/// What was done with a suggestion. 处理记录
#[Object]
impl SuggestionStep {
    /// Its id, `suggestionstep_...`. 标识
    pub async fn id(&self) -> Id<suggestion_step::Entity> {
        Id::new(self.0.id)
    }

    /// What. 动作
    async fn kind(&self) -> SuggestionStepKind {
        self.0.kind.into()
    }

    /// In words. 说明
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Who did it, by the name of that time; null where the submitter stays unnamed. 操作人姓名
    async fn actor_name(&self) -> Option<&str> {
        self.0.actor_name.as_deref()
    }

    /// Who did it; null where the submitter stays unnamed, and when out of your reach. 操作人
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let Some(id) = self.0.actor_id else {
            return Ok(None);
        };
        let row = ctx.row::<member::Entity>(id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// When. 时间
    async fn at(&self) -> DateTime {
        self.0.at.into()
    }
}
