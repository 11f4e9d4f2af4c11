//! A setting in the schema.

use async_graphql::{Context, Enum, Object};
use entity::setting;

use crate::error::Text;
use crate::graphql::{Ask, DateTime};
use crate::settings::store::figure;
use crate::settings::{Definition, Shape};

/// What kind of value a setting has. 参数类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SettingType {
    /// A whole number, written `40`. 整数
    Whole,
    /// On or off, written `true` or `false`. 开关
    Flag,
    /// A text on one line. 文本
    Text,
}

/// A figure of the organisation that is changed as data. 业务参数
pub struct Setting {
    definition: &'static Definition,
    row: Option<setting::Model>,
}

impl Setting {
    /// A setting with its row, if it was ever changed.
    #[must_use]
    pub const fn new(definition: &'static Definition, row: Option<setting::Model>) -> Self {
        Self { definition, row }
    }
}

fn read(ctx: &Context<'_>, text: &Text) -> String {
    text.in_locale(ctx.call().locale).to_owned()
}

/// A figure of the organisation that is changed as data. 业务参数
#[Object]
impl Setting {
    /// Its name, such as `dispatch.weight.load`. 键
    async fn key(&self) -> &str {
        self.definition.key
    }

    /// What it means, in the language of the request. 含义
    async fn label(&self, ctx: &Context<'_>) -> String {
        read(ctx, &self.definition.label())
    }

    /// What kind of value it has. 类型
    async fn r#type(&self) -> SettingType {
        match self.definition.shape {
            Shape::Whole { .. } => SettingType::Whole,
            Shape::Flag { .. } => SettingType::Flag,
            Shape::Text { .. } => SettingType::Text,
        }
    }

    /// The value that holds now: `40`, `true` or a text. 当前值
    async fn value(&self) -> String {
        figure(self.definition, self.row.as_ref()).written()
    }

    /// The value that it has until somebody changes it. 默认值
    async fn default(&self) -> String {
        self.definition.shape.default().written()
    }

    /// The smallest whole number allowed; null for other types. 最小值
    async fn least(&self) -> Option<i64> {
        match self.definition.shape {
            Shape::Whole { least, .. } => Some(least),
            Shape::Flag { .. } | Shape::Text { .. } => None,
        }
    }

    /// The largest whole number, or the most characters of a text; null for switches. 最大值或最大长度
    async fn most(&self) -> Option<i64> {
        match self.definition.shape {
            Shape::Whole { most, .. } => Some(most),
            Shape::Text { most, .. } => i64::try_from(most).ok(),
            Shape::Flag { .. } => None,
        }
    }

    /// Which values are allowed, in the language of the request. 取值范围
    async fn range(&self, ctx: &Context<'_>) -> String {
        read(ctx, &self.definition.shape.range())
    }

    /// What it is counted in, in the language of the request; null for plain numbers, switches and texts. 单位
    async fn unit(&self, ctx: &Context<'_>) -> Option<String> {
        self.definition.unit.label().map(|unit| read(ctx, &unit))
    }

    /// Counts up with every change; 0 while nobody has changed it. 版本
    async fn version(&self) -> i32 {
        self.row.as_ref().map_or(0, |row| row.version)
    }

    /// When it last changed; null while nobody has changed it. 更新时间
    async fn updated_at(&self) -> Option<DateTime> {
        self.row.as_ref().map(|row| row.updated_at.into())
    }
}
