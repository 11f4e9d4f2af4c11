//! Writing, publishing and retiring templates.

use async_graphql::{Context, Object, Result};
use entity::appraisal_template;

use super::inputs::{
    AppraisalTemplateCreateInput, AppraisalTemplateDraftInput, AppraisalTemplateRetireInput,
    AppraisalTemplateVersionPublishInput, AppraisalTemplateVersionReviseInput,
};
use super::types::AppraisalTemplate;
use crate::access::{Scoped, find};
use crate::appraisals::templates::actions;
use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;

macro_rules! payloads {
    ($($name:ident),*) => {
        $(mutation_payload!($name, template: AppraisalTemplate, "The template; null when nothing was changed. 模板");)*
    };
}

payloads!(
    AppraisalTemplateCreatePayload,
    AppraisalTemplateDraftPayload,
    AppraisalTemplateVersionRevisePayload,
    AppraisalTemplateVersionPublishPayload,
    AppraisalTemplateRetirePayload
);

/// What a mutation has done, as the viewer may read it now.
macro_rules! shown {
    ($ctx:ident, $done:expr) => {{
        let (app, call) = ($ctx.app(), $ctx.call());
        let read = <appraisal_template::Entity as Scoped>::READ;
        let row = match $done {
            Ok(id) => {
                find::<appraisal_template::Entity>(app.db.reader(), &call.viewer, read, id).await
            }
            Err(error) => Err(error),
        };
        let outcome = Outcome::from_result(call, row)?;
        Ok(Some(
            Outcome {
                value: outcome.value.flatten().map(AppraisalTemplate),
                user_errors: outcome.user_errors,
            }
            .into(),
        ))
    }};
}

/// The mutations about appraisal templates.
#[derive(Default)]
pub struct AppraisalTemplateMutation;

/// The mutations about appraisal templates.
#[Object]
impl AppraisalTemplateMutation {
    /// Makes a template with its first draft. 新建考核模板
    async fn appraisal_template_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The template. 模板")] input: AppraisalTemplateCreateInput,
    ) -> Result<Option<AppraisalTemplateCreatePayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        shown!(
            ctx,
            actions::template_create(ctx.app(), ctx.call(), &order, key.as_deref()).await
        )
    }

    /// Begins the next version of a template as a draft. 起草新版本
    async fn appraisal_template_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft. 草稿")] input: AppraisalTemplateDraftInput,
    ) -> Result<Option<AppraisalTemplateDraftPayload>> {
        let key = input.idempotency_key.clone();
        let order = input.plain();
        shown!(
            ctx,
            actions::template_draft(ctx.app(), ctx.call(), &order, key.as_deref()).await
        )
    }

    /// Changes a draft as a whole. 修订草稿
    async fn appraisal_template_version_revise(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to be. 内容")] input: AppraisalTemplateVersionReviseInput,
    ) -> Result<Option<AppraisalTemplateVersionRevisePayload>> {
        shown!(
            ctx,
            actions::version_revise(ctx.app(), ctx.call(), &input.plain()).await
        )
    }

    /// Publishes a draft, which then never changes: cycles can use it. 发布模板版本
    async fn appraisal_template_version_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft. 草稿")] input: AppraisalTemplateVersionPublishInput,
    ) -> Result<Option<AppraisalTemplateVersionPublishPayload>> {
        shown!(
            ctx,
            actions::version_publish(ctx.app(), ctx.call(), input.into()).await
        )
    }

    /// Takes a template out of use: it can't be chosen any more; cycles that use it go on. 停用考核模板
    async fn appraisal_template_retire(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which template. 模板")] input: AppraisalTemplateRetireInput,
    ) -> Result<Option<AppraisalTemplateRetirePayload>> {
        shown!(
            ctx,
            actions::template_retire(ctx.app(), ctx.call(), input.into()).await
        )
    }
}
