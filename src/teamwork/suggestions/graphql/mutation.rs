//! Submitting, supporting and looking after suggestions.

use async_graphql::{Context, Object, Result};
use entity::enums::SuggestionStepKind as Kind;
use entity::suggestion;

use super::inputs::{
    SuggestionAnswerInput, SuggestionCompleteInput, SuggestionDecideInput, SuggestionRealiseInput,
    SuggestionReceiveInput, SuggestionSubmitInput, SuggestionSupportInput, SuggestionWithdrawInput,
};
use super::types::Suggestion;
use crate::graphql::Ask;
use crate::mutation_payload;
use crate::teamwork::graphql::shown;
use crate::teamwork::suggestions::actions::{self, Handling};

mutation_payload!(
    SuggestionSubmitPayload,
    suggestion: Suggestion,
    "The suggestion; null when nothing was changed. 改进建议"
);
mutation_payload!(
    SuggestionWithdrawPayload,
    suggestion: Suggestion,
    "The suggestion; null when nothing was changed. 改进建议"
);
mutation_payload!(
    SuggestionSupportPayload,
    suggestion: Suggestion,
    "The suggestion; null when nothing was changed. 改进建议"
);
mutation_payload!(
    SuggestionReceivePayload,
    suggestion: Suggestion,
    "The suggestion; null when nothing was changed. 改进建议"
);
mutation_payload!(
    SuggestionAnswerPayload,
    suggestion: Suggestion,
    "The suggestion; null when nothing was changed. 改进建议"
);
mutation_payload!(
    SuggestionDecidePayload,
    suggestion: Suggestion,
    "The suggestion; null when nothing was changed. 改进建议"
);
mutation_payload!(
    SuggestionRealisePayload,
    suggestion: Suggestion,
    "The suggestion; null when nothing was changed. 改进建议"
);
mutation_payload!(
    SuggestionCompletePayload,
    suggestion: Suggestion,
    "The suggestion; null when nothing was changed. 改进建议"
);

/// The mutations of suggestions.
#[derive(Default)]
pub struct SuggestionMutation;

/// The mutations of suggestions.
#[Object]
impl SuggestionMutation {
    /// Submits a suggestion for improvement, by name or anonymous to colleagues. 提交建议
    async fn suggestion_submit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: SuggestionSubmitInput,
    ) -> Result<Option<SuggestionSubmitPayload>> {
        let key = input.idempotency_key.as_deref();
        let order = actions::SuggestionSubmit {
            title: input.title,
            body: input.body,
            area: input.area.into(),
            anonymous: input.anonymous,
        };
        let done = actions::suggestion_submit(ctx.app(), ctx.call(), &order, key).await;
        shown!(ctx, done, suggestion as Suggestion)
    }

    /// Takes your suggestion back before it is decided. 撤回建议
    async fn suggestion_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: SuggestionWithdrawInput,
    ) -> Result<Option<SuggestionWithdrawPayload>> {
        let (id, version) = (input.id.uuid, input.expected_version);
        let done = actions::withdraw(ctx.app(), ctx.call(), id, version, &input.reason).await;
        shown!(ctx, done, suggestion as Suggestion)
    }

    /// Supports a suggestion of somebody else, or no longer does. 附议
    async fn suggestion_support(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: SuggestionSupportInput,
    ) -> Result<Option<SuggestionSupportPayload>> {
        let done = actions::support(
            ctx.app(),
            ctx.call(),
            input.suggestion_id.uuid,
            input.support,
        )
        .await;
        shown!(ctx, done, suggestion as Suggestion)
    }

    /// Takes a suggestion up, or gives it to somebody else to look after. 受理或转交
    async fn suggestion_receive(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: SuggestionReceiveInput,
    ) -> Result<Option<SuggestionReceivePayload>> {
        let order = Handling {
            id: input.id.uuid,
            expected_version: input.expected_version,
            kind: Kind::Received,
            note: input.note,
            handler_id: input.handler_id.map(|id| id.uuid),
        };
        let done = actions::handle(ctx.app(), ctx.call(), &order).await;
        shown!(ctx, done, suggestion as Suggestion)
    }

    /// Answers a suggestion. 答复建议
    async fn suggestion_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: SuggestionAnswerInput,
    ) -> Result<Option<SuggestionAnswerPayload>> {
        let order = Handling {
            id: input.id.uuid,
            expected_version: input.expected_version,
            kind: Kind::Answered,
            note: Some(input.note),
            handler_id: None,
        };
        let done = actions::handle(ctx.app(), ctx.call(), &order).await;
        shown!(ctx, done, suggestion as Suggestion)
    }

    /// Accepts or declines a suggestion, with the reason. 采纳或不采纳
    async fn suggestion_decide(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: SuggestionDecideInput,
    ) -> Result<Option<SuggestionDecidePayload>> {
        let kind = if input.accept {
            Kind::Accepted
        } else {
            Kind::Declined
        };
        let order = Handling {
            id: input.id.uuid,
            expected_version: input.expected_version,
            kind,
            note: Some(input.note),
            handler_id: None,
        };
        let done = actions::handle(ctx.app(), ctx.call(), &order).await;
        shown!(ctx, done, suggestion as Suggestion)
    }

    /// Begins to realise an accepted suggestion. 开始实施
    async fn suggestion_realise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: SuggestionRealiseInput,
    ) -> Result<Option<SuggestionRealisePayload>> {
        let order = Handling {
            id: input.id.uuid,
            expected_version: input.expected_version,
            kind: Kind::Started,
            note: input.note,
            handler_id: None,
        };
        let done = actions::handle(ctx.app(), ctx.call(), &order).await;
        shown!(ctx, done, suggestion as Suggestion)
    }

    /// A suggestion is done, with its outcome. 完成建议
    async fn suggestion_complete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done. 操作内容")] input: SuggestionCompleteInput,
    ) -> Result<Option<SuggestionCompletePayload>> {
        let order = Handling {
            id: input.id.uuid,
            expected_version: input.expected_version,
            kind: Kind::Done,
            note: Some(input.outcome),
            handler_id: None,
        };
        let done = actions::handle(ctx.app(), ctx.call(), &order).await;
        shown!(ctx, done, suggestion as Suggestion)
    }
}
