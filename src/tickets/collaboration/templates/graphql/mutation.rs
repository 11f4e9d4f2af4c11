//! Writing templates.

use async_graphql::{Context, InputObject, Object, Result};
use entity::reply_template;

use super::types::ReplyTemplate;
use crate::graphql::{Ask, Id, Outcome};
use crate::mutation_payload;
use crate::tickets::collaboration::templates;
use crate::tickets::graphql::TicketKind;

/// A template to write. 新增沟通模板
#[derive(InputObject)]
pub struct ReplyTemplateCreateInput {
    /// Short name, unique: lower-case letters, digits and underscores, at most 40. 编码
    code: String,
    /// Name in English, 1 to 100 characters. 英文名称
    name: String,
    /// Name in Chinese, 1 to 100 characters. 中文名称
    name_zh: String,
    /// The text in English, 1 to 10,000 characters, with variables such as `{{ ticket.number }}`. 英文内容
    body_en: String,
    /// The text in Chinese, 1 to 10,000 characters, with variables such as `{{ ticket.number }}`. 中文内容
    body_zh: String,
    /// Kinds of ticket that it is for; an empty list means all. 适用工单类型
    #[graphql(default)]
    kinds: Vec<TicketKind>,
    /// Is it offered? 是否启用
    #[graphql(default = true)]
    active: bool,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// What changes about a template: what is absent or null stays. 修改沟通模板
#[derive(InputObject)]
pub struct ReplyTemplateUpdateInput {
    /// Which one. 模板
    id: Id<reply_template::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// Name in English, 1 to 100 characters. 英文名称
    name: Option<String>,
    /// Name in Chinese, 1 to 100 characters. 中文名称
    name_zh: Option<String>,
    /// The text in English, 1 to 10,000 characters. 英文内容
    body_en: Option<String>,
    /// The text in Chinese, 1 to 10,000 characters. 中文内容
    body_zh: Option<String>,
    /// Kinds of ticket that it is for; an empty list means all. 适用工单类型
    kinds: Option<Vec<TicketKind>>,
    /// Is it offered? False retires it. 是否启用
    active: Option<bool>,
}

mutation_payload!(ReplyTemplateCreatePayload, reply_template: ReplyTemplate, "The new template; null when it was refused. 新模板");
mutation_payload!(ReplyTemplateUpdatePayload, reply_template: ReplyTemplate, "The changed template; null when it was refused. 已修改的模板");

/// The mutations of templates.
#[derive(Default)]
pub struct TemplateMutation;

#[Object]
impl TemplateMutation {
    /// Writes a reply template. A text with an unknown variable or a mistake in it is refused, naming line and variable. 新增沟通模板
    async fn reply_template_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The template.")] input: ReplyTemplateCreateInput,
    ) -> Result<Option<ReplyTemplateCreatePayload>> {
        let create = templates::Create {
            code: input.code,
            name: input.name,
            name_zh: input.name_zh,
            body_en: input.body_en,
            body_zh: input.body_zh,
            kinds: input.kinds.into_iter().map(Into::into).collect(),
            active: input.active,
            idempotency_key: input.idempotency_key,
        };
        let done = templates::create(ctx.app(), ctx.call(), create)
            .await
            .map(ReplyTemplate);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Changes a reply template, or retires it. 修改或停用沟通模板
    async fn reply_template_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: ReplyTemplateUpdateInput,
    ) -> Result<Option<ReplyTemplateUpdatePayload>> {
        let update = templates::Update {
            id: input.id.uuid,
            expected_version: input.expected_version,
            name: input.name,
            name_zh: input.name_zh,
            body_en: input.body_en,
            body_zh: input.body_zh,
            kinds: input
                .kinds
                .map(|kinds| kinds.into_iter().map(Into::into).collect()),
            active: input.active,
        };
        let done = templates::update(ctx.app(), ctx.call(), update)
            .await
            .map(ReplyTemplate);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }
}
