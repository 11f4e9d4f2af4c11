//! A template, a variable, a filled text.

use async_graphql::{Enum, InputObject, Object, SimpleObject};
use entity::reply_template;

use crate::graphql::kinds::Locale;
use crate::graphql::{DateTime, Id};
use crate::tickets::collaboration::templates::{Filter, Order, Rendered, Variable};
use crate::tickets::graphql::TicketKind;

/// A prepared reply with variables, in English and Chinese. 沟通模板
pub struct ReplyTemplate(pub reply_template::Model);

/// A prepared reply with variables, in English and Chinese. 沟通模板
#[Object]
impl ReplyTemplate {
    /// The template's id, `replytemplate_...`. 模板 ID
    pub async fn id(&self) -> Id<reply_template::Entity> {
        Id::new(self.0.id)
    }

    /// Short name for configuration and imports, unique; it never changes. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name in English. 英文名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// The text in English, with its variables. 英文内容
    async fn body_en(&self) -> &str {
        &self.0.body_en
    }

    /// The text in Chinese, with its variables. 中文内容
    async fn body_zh(&self) -> &str {
        &self.0.body_zh
    }

    /// Kinds of ticket that it is for; an empty list means all. 适用工单类型
    async fn kinds(&self) -> Vec<TicketKind> {
        let kinds: Vec<entity::enums::TicketKind> =
            serde_json::from_value(self.0.kinds.clone()).unwrap_or_default();
        kinds.into_iter().map(Into::into).collect()
    }

    /// Is it offered? 是否启用
    async fn active(&self) -> bool {
        self.0.active
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

/// What can stand between the braces of a template. 模板变量
#[derive(SimpleObject)]
pub struct ReplyTemplateVariable {
    /// As it is written, such as `ticket.number`. 变量名
    name: &'static str,
    /// What it stands for, in English. 英文说明
    description: &'static str,
    /// What it stands for, in Chinese. 中文说明
    description_zh: &'static str,
    /// An example of a value. 示例
    example: &'static str,
}

impl From<&Variable> for ReplyTemplateVariable {
    fn from(variable: &Variable) -> Self {
        Self {
            name: variable.name,
            description: variable.en,
            description_zh: variable.zh,
            example: variable.example,
        }
    }
}

/// A template filled for a ticket, to be looked over and sent by a person. 已填充的回复
#[derive(SimpleObject)]
pub struct RenderedReply {
    /// The text; null when a variable that it needs has no value, see `missing`. 内容
    text: Option<String>,
    /// The language of the text. 语言
    locale: Locale,
    /// Variables that have no value for you on this ticket: fill them in on the ticket, or give the template an `or`. 缺少取值的变量
    missing: Vec<&'static str>,
}

impl From<Rendered> for RenderedReply {
    fn from(rendered: Rendered) -> Self {
        Self {
            text: rendered.text,
            locale: rendered.locale.into(),
            missing: rendered.missing.into_iter().collect(),
        }
    }
}

/// Which templates to list. Everything given must hold. 模板筛选条件
#[derive(Clone, Debug, Default, InputObject)]
pub struct ReplyTemplateFilter {
    /// Those for tickets of this kind, with those for all kinds. 适用工单类型
    kind: Option<TicketKind>,
    /// Those that are offered (true) or aren't (false). 是否启用
    active: Option<bool>,
}

impl From<ReplyTemplateFilter> for Filter {
    fn from(filter: ReplyTemplateFilter) -> Self {
        Self {
            kind: filter.kind.map(Into::into),
            active: filter.active,
        }
    }
}

/// In which order templates are listed; ties are broken by id. 排序方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ReplyTemplateOrder {
    /// By code. 按编码
    CodeAsc,
    /// Last changed first. 最近更新
    UpdatedAtDesc,
}

impl From<ReplyTemplateOrder> for Order {
    fn from(order: ReplyTemplateOrder) -> Self {
        match order {
            ReplyTemplateOrder::CodeAsc => Self::Code,
            ReplyTemplateOrder::UpdatedAtDesc => Self::UpdatedAt,
        }
    }
}
