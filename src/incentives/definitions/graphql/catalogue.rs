//! What rules can ask about, rules to begin with, and what is found in a content.

use async_graphql::{Context, Object, SimpleObject};

use super::content::IncentiveRuleContent;
use super::enums::{IncentiveFactLevel, IncentiveFactType};
use crate::graphql::Ask;
use crate::incentives::definitions::actions::Found;
use crate::incentives::rules::catalogue::{Fact, FactType};
use crate::incentives::rules::checking;
use crate::incentives::rules::templates::Template;

/// Something that rules can ask about. 事实
pub struct IncentiveFact(pub Fact);

/// Something that rules can ask about. 事实
#[Object]
impl IncentiveFact {
    /// How expressions name it, such as `payment.amount`. 键
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Its type. 类型
    #[graphql(name = "type")]
    async fn kind(&self) -> IncentiveFactType {
        (&self.0.kind).into()
    }

    /// The currency of money that has the same one always; null otherwise. 币种
    async fn currency(&self) -> Option<&str> {
        match &self.0.kind {
            FactType::Money { currency } => currency.as_deref(),
            _ => None,
        }
    }

    /// What it is about. 层级
    async fn level(&self) -> IncentiveFactLevel {
        self.0.level.into()
    }

    /// For facts of records: of which source; rules that ask for it are triggered by these records. 记录来源
    async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// The words that it can be, where it is one of a few; none when it can be any. 可取值
    async fn words(&self) -> &[String] {
        &self.0.words
    }

    /// What it is called. 名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// 中文名称.
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }
}

/// A rule to begin with. 规则模板
#[derive(SimpleObject)]
pub struct IncentiveTemplate {
    /// Its key. 键
    key: String,
    /// What it says, with money in the company's currency. 内容
    content: IncentiveRuleContent,
}

impl From<Template> for IncentiveTemplate {
    fn from(template: Template) -> Self {
        Self {
            key: template.key.to_owned(),
            content: template.content.into(),
        }
    }
}

/// What is found in a content. 检查结果
pub struct IncentiveRuleCheck(pub Found);

/// What is found in a content. 检查结果
#[Object]
impl IncentiveRuleCheck {
    /// Can it be saved? 是否通过
    async fn passed(&self) -> bool {
        self.0.faults.is_empty()
    }

    /// Every mistake. 错误
    async fn faults(&self) -> Vec<IncentiveFault> {
        self.0.faults.iter().cloned().map(IncentiveFault).collect()
    }

    /// The facts that its expressions name; empty while there are mistakes. 所用事实
    async fn facts(&self) -> &[String] {
        &self.0.facts
    }
}

/// A mistake in a content. 错误
pub struct IncentiveFault(checking::Fault);

/// A mistake in a content. 错误
#[Object]
impl IncentiveFault {
    /// Which part of the content, such as `amount` or `tiers.steps.1.to`. 位置
    async fn path(&self) -> &str {
        &self.0.path
    }

    /// Where in the expression that stands there; null when it is about all of the part. 表达式中的位置
    async fn place(&self) -> Option<IncentivePlace> {
        self.0.place.map(Into::into)
    }

    /// What is wrong and the way out, in the language of the request. 说明
    async fn message(&self, ctx: &Context<'_>) -> &str {
        self.0.text.in_locale(ctx.call().locale)
    }

    /// The same in English. 英文说明
    async fn message_en(&self) -> &str {
        &self.0.text.en
    }

    /// 中文说明.
    async fn message_zh(&self) -> &str {
        &self.0.text.zh
    }
}

/// A place in an expression. 表达式中的位置
#[derive(SimpleObject)]
pub struct IncentivePlace {
    /// Where it begins: characters from the start. 起始字符
    offset: i32,
    /// How many characters it is about. 字符数
    length: i32,
    /// In which line, counted from 1. 行
    line: i32,
    /// In which column, counted from 1. 列
    column: i32,
}

impl From<checking::Place> for IncentivePlace {
    fn from(place: checking::Place) -> Self {
        let int = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
        Self {
            offset: int(place.offset),
            length: int(place.length),
            line: int(place.line),
            column: int(place.column),
        }
    }
}
