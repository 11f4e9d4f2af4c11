//! Fields and values, and reading them.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Enum, InputObject, Object, Result, SimpleObject};
use entity::custom_field;
use uuid::Uuid;

use crate::error::Error;
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::filters::StringFilter;
use crate::graphql::{Ask, Connection, Date, DateTime, Decimal, Id, Loads, PageArgs};
use crate::tickets::collaboration::fields::definition;
use crate::tickets::collaboration::fields::rules::{Choice, Definition, Value, shown_bound};
use crate::tickets::collaboration::fields::store::{self, Held};
use crate::tickets::graphql::TicketKind;

/// What a custom field holds. 字段类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::FieldType")]
pub enum CustomFieldType {
    /// A text. 文本
    Text,
    /// A whole number. 整数
    Integer,
    /// A number with up to four decimals. 小数
    Decimal,
    /// A day. 日期
    Date,
    /// Yes or no. 是否
    Flag,
    /// One of a list. 单选
    Choice,
}

/// One value of a choice. 选项
#[derive(Clone, SimpleObject)]
pub struct CustomFieldChoice {
    /// How it is named in inputs and filters. 编码
    code: String,
    /// Name in English. 英文名称
    name: String,
    /// Name in Chinese. 中文名称
    name_zh: String,
}

impl From<Choice> for CustomFieldChoice {
    fn from(choice: Choice) -> Self {
        Self {
            code: choice.code,
            name: choice.name,
            name_zh: choice.name_zh,
        }
    }
}

/// A field that the organisation adds to its tickets. 自定义字段
pub struct CustomField {
    row: custom_field::Model,
    definition: Definition,
}

impl CustomField {
    /// The view of a row.
    ///
    /// # Errors
    /// An internal one when the row's lists can't be read.
    pub fn of(row: custom_field::Model) -> crate::error::Result<Self> {
        Ok(Self {
            definition: definition(&row)?,
            row,
        })
    }

    fn bound(&self, kept: Option<i64>) -> Option<Decimal> {
        kept.map(|kept| Decimal(shown_bound(self.row.value_type, kept)))
    }
}

/// A field that the organisation adds to its tickets. 自定义字段
#[Object]
impl CustomField {
    /// The field's id, `field_...`. 字段 ID
    async fn id(&self) -> Id<custom_field::Entity> {
        Id::new(self.row.id)
    }

    /// How it is named in inputs, filters and processes; never changes. 编码
    async fn code(&self) -> &str {
        &self.row.code
    }

    /// The kinds of ticket that have it; an empty list means all. 适用的工单类型
    async fn kinds(&self) -> Vec<TicketKind> {
        let kinds = self.definition.kinds.iter();
        kinds.map(|kind| TicketKind::from(*kind)).collect()
    }

    /// What it holds; never changes. 字段类型
    async fn value_type(&self) -> CustomFieldType {
        self.row.value_type.into()
    }

    /// Name in English. 英文名称
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.row.name_zh
    }

    /// What to fill in. 填写说明
    async fn help(&self) -> Option<&str> {
        self.row.help.as_deref()
    }

    /// The values of a choice; empty for other types. 选项
    async fn choices(&self) -> Vec<CustomFieldChoice> {
        let choices = self.definition.choices.iter().cloned();
        choices.map(Into::into).collect()
    }

    /// The least number, or length of a text. 下限
    async fn min(&self) -> Option<Decimal> {
        self.bound(self.row.min_value)
    }

    /// The greatest number, or length of a text. 上限
    async fn max(&self) -> Option<Decimal> {
        self.bound(self.row.max_value)
    }

    /// Do customers and partners see it too? 是否对外公开
    async fn public(&self) -> bool {
        self.row.public
    }

    /// Since when it is no longer filled; null while it is. 停用时间
    async fn retired_at(&self) -> Option<DateTime> {
        self.row.retired_at.map(Into::into)
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.row.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.row.updated_at.into()
    }
}

/// The value of a custom field on a ticket; exactly one of `text`, `number`, `date`, `flag` and `choice` is there. 字段值
#[derive(SimpleObject)]
pub struct TicketFieldValue {
    /// The field. 字段
    field: CustomField,
    /// The text. 文本
    text: Option<String>,
    /// The number. 数字
    number: Option<Decimal>,
    /// The day. 日期
    date: Option<Date>,
    /// Yes or no. 是否
    flag: Option<bool>,
    /// The choice. 选项
    choice: Option<CustomFieldChoice>,
    /// When it was last set. 更新时间
    updated_at: DateTime,
}

impl TicketFieldValue {
    fn of((row, field): Held) -> crate::error::Result<Self> {
        let field = CustomField::of(field)?;
        let mut view = Self {
            text: None,
            number: None,
            date: None,
            flag: None,
            choice: None,
            updated_at: row.updated_at.into(),
            field,
        };
        let choices = &view.field.definition.choices;
        match store::value_of(&row) {
            Some(Value::Text(code))
                if view.field.row.value_type == entity::enums::FieldType::Choice =>
            {
                let choice = choices.iter().find(|choice| choice.code == code).cloned();
                view.choice = choice.map(Into::into);
            }
            Some(Value::Text(text)) => view.text = Some(text),
            Some(Value::Number(number)) => view.number = Some(Decimal(number)),
            Some(Value::Date(day)) => view.date = Some(day.into()),
            Some(Value::Flag(flag)) => view.flag = Some(flag),
            None => {}
        }
        Ok(view)
    }
}

/// The key of the field values of one ticket.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FieldsOf(pub Uuid);

impl Loader<FieldsOf> for Loads {
    type Value = Vec<Held>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[FieldsOf],
    ) -> std::result::Result<HashMap<FieldsOf, Vec<Held>>, Arc<Error>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let of = store::of_tickets(self.db.reader(), &self.call.viewer, &ids).await?;
        Ok(of
            .into_iter()
            .map(|(id, held)| (FieldsOf(id), held))
            .collect())
    }
}

/// The values of a ticket, by code.
///
/// # Errors
/// When the database fails.
pub async fn fields_of(ctx: &Context<'_>, ticket: Uuid) -> Result<Option<Vec<TicketFieldValue>>> {
    let held = ctx
        .loads()
        .load_one(FieldsOf(ticket))
        .await
        .map_err(shared)
        .on_field(ctx.call())?;
    let views: crate::error::Result<Vec<_>> = held
        .unwrap_or_default()
        .into_iter()
        .map(TicketFieldValue::of)
        .collect();
    Ok(Some(views.on_field(ctx.call())?))
}

/// Which fields. All given comparisons must hold. 字段筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct CustomFieldFilter {
    /// The code. 编码
    code: Option<StringFilter>,
    /// What it holds. 字段类型
    value_type: Option<CustomFieldType>,
    /// Do customers and partners see it too? 是否对外公开
    public: Option<bool>,
    /// Is it no longer filled? 是否已停用
    retired: Option<bool>,
}

/// How fields are sorted. 字段排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::FieldOrder")]
pub enum CustomFieldOrder {
    /// By code. 按编码升序
    #[default]
    CodeAsc,
    /// By code, backwards. 按编码降序
    CodeDesc,
    /// The oldest first. 最早创建在前
    CreatedAtAsc,
    /// The newest first. 最新创建在前
    CreatedAtDesc,
}

/// The query of fields.
#[derive(Default)]
pub struct FieldQuery;

#[Object]
impl FieldQuery {
    /// The custom fields of tickets; partner and customer see the public ones. 自定义字段列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn custom_fields(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<CustomFieldFilter>,
        #[graphql(desc = "In this order; by code when nothing is said. 排序")] order_by: Option<
            CustomFieldOrder,
        >,
    ) -> Result<Option<Connection<CustomField>>> {
        let call = ctx.call();
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = args.page(ctx).on_field(call)?;
        let filter = filter.unwrap_or_default();
        let filter = store::FieldFilter {
            code: filter.code.map(Into::into),
            value_type: filter.value_type.map(Into::into),
            public: filter.public,
            retired: filter.retired,
        };
        let listing = store::list(
            ctx.app().db.reader(),
            &call.viewer,
            &filter,
            order_by.unwrap_or_default().into(),
            &page,
            ctx.selects("totalCount"),
        )
        .await
        .on_field(call)?;
        let listing = listing.try_map(CustomField::of).on_field(call)?;
        Ok(Some(Connection::from_listing(listing, |field| field)))
    }
}
