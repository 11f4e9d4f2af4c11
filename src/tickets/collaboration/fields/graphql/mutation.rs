//! Making, changing and filling fields.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use entity::{custom_field, ticket};

use super::inputs::TicketFieldInput;
use super::types::{CustomField, CustomFieldType};
use crate::graphql::{Ask, Decimal, Id, Outcome};
use crate::mutation_payload;
use crate::tickets::collaboration::fields::actions;
use crate::tickets::collaboration::fields::rules::Choice;
use crate::tickets::graphql::{Ticket, TicketKind};

/// Which fields get which values. 填写自定义字段
#[derive(InputObject)]
pub struct TicketFieldsSetInput {
    /// The ticket. 工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// The values, at most 50; either all are set or none. 字段值
    values: Vec<TicketFieldInput>,
}

/// One value of a choice. 选项
#[derive(InputObject)]
pub struct CustomFieldChoiceInput {
    /// How it is named in inputs and filters: small letters, digits and underscores. 编码
    code: String,
    /// Name in English. 英文名称
    name: String,
    /// Name in Chinese. 中文名称
    name_zh: String,
}

impl From<CustomFieldChoiceInput> for Choice {
    fn from(choice: CustomFieldChoiceInput) -> Self {
        Self {
            code: choice.code,
            name: choice.name,
            name_zh: choice.name_zh,
        }
    }
}

/// A new field. 新建自定义字段
#[derive(InputObject)]
pub struct CustomFieldCreateInput {
    /// 2 to 40 small letters, digits and underscores, a letter first; never changes. 编码
    code: String,
    /// What it holds; never changes. 字段类型
    value_type: CustomFieldType,
    /// The kinds of ticket that have it; an empty list means all. 适用的工单类型
    #[graphql(default)]
    kinds: Vec<TicketKind>,
    /// Name in English. 英文名称
    name: String,
    /// Name in Chinese. 中文名称
    name_zh: String,
    /// What to fill in, up to 500 characters. 填写说明
    help: Option<String>,
    /// The values of a choice, 1 to 200; only for the type CHOICE. 选项
    #[graphql(default)]
    choices: Vec<CustomFieldChoiceInput>,
    /// The least number, or length of a text. 下限
    min: Option<Decimal>,
    /// The greatest number, or length of a text. 上限
    max: Option<Decimal>,
    /// Do customers and partners see and fill it too? 是否对外公开
    #[graphql(default)]
    public: bool,
    /// Repeating the mutation with the same key within 24 hours gives the same field. 幂等键
    idempotency_key: Option<String>,
}

/// What changes about a field; what is absent stays. 修改自定义字段
#[derive(InputObject)]
pub struct CustomFieldUpdateInput {
    /// The field. 字段
    id: Id<custom_field::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// The kinds of ticket that have it; an empty list means all. 适用的工单类型
    kinds: Option<Vec<TicketKind>>,
    /// Name in English. 英文名称
    name: Option<String>,
    /// Name in Chinese. 中文名称
    name_zh: Option<String>,
    /// What to fill in; null takes it away. 填写说明
    help: MaybeUndefined<String>,
    /// All values of a choice; one that tickets hold can't be left out. 选项
    choices: Option<Vec<CustomFieldChoiceInput>>,
    /// The least number, or length of a text; null takes it away. 下限
    min: MaybeUndefined<Decimal>,
    /// The greatest number, or length of a text; null takes it away. 上限
    max: MaybeUndefined<Decimal>,
    /// Do customers and partners see and fill it too? Their eyes reach the values that stand there already. 是否对外公开
    public: Option<bool>,
}

/// Which field is no longer filled, or is again. 停用或启用自定义字段
#[derive(InputObject)]
pub struct CustomFieldRetireInput {
    /// The field. 字段
    id: Id<custom_field::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// False takes it up again. 是否停用
    #[graphql(default = true)]
    retired: bool,
}

mutation_payload!(TicketFieldsSetPayload, ticket: Ticket, "The ticket; null when it was refused. 工单");
mutation_payload!(CustomFieldCreatePayload, custom_field: CustomField, "The new field; null when it was refused. 新字段");
mutation_payload!(CustomFieldUpdatePayload, custom_field: CustomField, "The changed field; null when it was refused. 已修改的字段");
mutation_payload!(CustomFieldRetirePayload, custom_field: CustomField, "The field; null when it was refused. 字段");

fn wish<T>(given: MaybeUndefined<T>) -> Option<Option<T>> {
    match given {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}

/// The mutations of fields.
#[derive(Default)]
pub struct FieldMutation;

#[Object]
impl FieldMutation {
    /// Sets and clears custom fields of a ticket, each validated by its type and bounds. 填写自定义字段
    async fn ticket_fields_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which values.")] input: TicketFieldsSetInput,
    ) -> Result<Option<TicketFieldsSetPayload>> {
        let set = actions::SetFields {
            id: input.id.uuid,
            expected_version: input.expected_version,
            values: input.values.into_iter().map(Into::into).collect(),
        };
        let done = actions::set(ctx.app(), ctx.call(), set).await.map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Adds a field to the tickets of some kinds. 新建自定义字段
    async fn custom_field_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new field.")] input: CustomFieldCreateInput,
    ) -> Result<Option<CustomFieldCreatePayload>> {
        let create = actions::FieldCreate {
            code: input.code,
            value_type: input.value_type.into(),
            draft: actions::Draft {
                kinds: input.kinds.into_iter().map(Into::into).collect(),
                name: input.name,
                name_zh: input.name_zh,
                help: input.help,
                choices: input.choices.into_iter().map(Into::into).collect(),
                min: input.min.map(|min| min.0),
                max: input.max.map(|max| max.0),
                public: input.public,
            },
            idempotency_key: input.idempotency_key,
        };
        let done = actions::create(ctx.app(), ctx.call(), create).await;
        let done = done.and_then(CustomField::of);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Changes a field; the values that tickets hold stay. 修改自定义字段
    async fn custom_field_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: CustomFieldUpdateInput,
    ) -> Result<Option<CustomFieldUpdatePayload>> {
        let list = |kinds: Vec<TicketKind>| kinds.into_iter().map(Into::into).collect();
        let update = actions::FieldUpdate {
            id: input.id.uuid,
            expected_version: input.expected_version,
            kinds: input.kinds.map(list),
            name: input.name,
            name_zh: input.name_zh,
            help: wish(input.help),
            choices: input
                .choices
                .map(|choices| choices.into_iter().map(Into::into).collect()),
            min: wish(input.min).map(|min| min.map(|min| min.0)),
            max: wish(input.max).map(|max| max.map(|max| max.0)),
            public: input.public,
        };
        let done = actions::update(ctx.app(), ctx.call(), update).await;
        let done = done.and_then(CustomField::of);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Retires a field: it is no longer filled, and its values stay. 停用自定义字段
    async fn custom_field_retire(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which field.")] input: CustomFieldRetireInput,
    ) -> Result<Option<CustomFieldRetirePayload>> {
        let retire = actions::FieldRetire {
            id: input.id.uuid,
            expected_version: input.expected_version,
            retired: input.retired,
        };
        let done = actions::retire(ctx.app(), ctx.call(), retire).await;
        let done = done.and_then(CustomField::of);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }
}
