//! What an expression can name, and of what type it is.

use std::collections::BTreeMap;

use crate::error::Text;
use crate::incentives::rules::catalogue::{Catalogue, Fact, FactType, Level};
use crate::incentives::rules::value::Number;

/// The name of what the tiers bring.
pub const TIERS: &str = "tiers";

/// Of what type a part of an expression is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A number.
    Number,
    /// Money in a currency.
    Money(String),
    /// A text.
    Text,
    /// True or false.
    Truth,
    /// A day.
    Day,
}

impl Shape {
    /// What it is called in a sentence.
    #[must_use]
    pub fn name(&self) -> Text {
        match self {
            Self::Number => Text::new("a number", "数值"),
            Self::Money(currency) => {
                Text::new(format!("money in {currency}"), format!("{currency} 金额"))
            }
            Self::Text => Text::new("a text", "文本"),
            Self::Truth => Text::new("true or false", "真或假"),
            Self::Day => Text::new("a day", "日期"),
        }
    }

    /// Can one be more than another?
    pub(super) const fn is_ordered(&self) -> bool {
        matches!(self, Self::Number | Self::Money(_) | Self::Day)
    }

    /// Is it counted?
    pub(super) const fn is_counted(&self) -> bool {
        matches!(self, Self::Number | Self::Money(_))
    }
}

/// The least and the most that a parameter can become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The least.
    pub least: Option<Number>,
    /// The most.
    pub most: Option<Number>,
}

/// What can be named where an expression stands.
#[derive(Clone, Debug)]
pub struct Scope<'s> {
    /// The facts that there are.
    pub catalogue: &'s Catalogue,
    /// About what facts can be where the rule is evaluated.
    pub levels: &'s [Level],
    /// The source of records for which it is evaluated.
    pub source: Option<&'s str>,
    /// The currency in which the rule pays.
    pub currency: Option<&'s str>,
    /// The parameters of the rule.
    pub parameters: &'s BTreeMap<String, Bounds>,
    /// What the tiers bring, where there are some.
    pub tiers: Option<Shape>,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// A fact of that type.
    Fact(Shape),
    /// A parameter.
    Parameter,
    /// What the tiers bring.
    Tiers(Shape),
}

impl Scope<'_> {
    /// What a name stands for here.
    ///
    /// # Errors
    /// Nothing, and why.
    pub fn find(&self, name: &str) -> Result<Known, Text> {
        if name == TIERS {
            return self.tiers.clone().map(Known::Tiers).ok_or_else(|| {
                Text::new(
                    "The rule has no tiers, or this stands where they aren't known yet.",
                    "规则没有阶梯，或此处尚不能引用阶梯。",
                )
            });
        }
        if !name.contains('.') {
            return if self.parameters.contains_key(name) {
                Ok(Known::Parameter)
            } else {
                Err(Text::new(
                    format!("There is no parameter `{name}`; facts have a point in their key."),
                    format!("没有参数 `{name}`；事实的键中含有点号。"),
                ))
            };
        }
        let fact = self.catalogue.get(name).ok_or_else(|| {
            Text::new(
                format!("There is no fact `{name}`; the catalogue lists them."),
                format!("没有事实 `{name}`；可查询事实目录。"),
            )
        })?;
        self.fits(fact)?;
        self.shape(fact).map(Known::Fact)
    }

    fn fits(&self, fact: &Fact) -> Result<(), Text> {
        let here = match fact.level {
            Level::Record | Level::Credit => {
                self.levels.contains(&fact.level) && fact.source.as_deref() == self.source
            }
            level => self.levels.contains(&level),
        };
        if here {
            return Ok(());
        }
        let (en, zh) = match fact.level {
            Level::Member => ("a member", "成员"),
            Level::Team => ("a team", "团队"),
            Level::Region => ("a region", "区域"),
            Level::Company => ("the company", "公司"),
            Level::Record => ("a record of another source", "其他来源的记录"),
            Level::Credit => ("one whom a record credits", "记录归属人"),
        };
        Err(Text::new(
            format!(
                "`{}` is about {en}, and the rule isn't evaluated for that; change the trigger or the split.",
                fact.key
            ),
            format!(
                "`{}` 是关于{zh}的事实，此规则不按其计算；请更改触发方式或分配方式。",
                fact.key
            ),
        ))
    }

    fn shape(&self, fact: &Fact) -> Result<Shape, Text> {
        Ok(match &fact.kind {
            FactType::Number => Shape::Number,
            FactType::Text => Shape::Text,
            FactType::Bool => Shape::Truth,
            FactType::Day => Shape::Day,
            FactType::Money { currency } => {
                Shape::Money(self.money(currency.as_deref(), &fact.key)?)
            }
        })
    }

    /// The currency of an amount of money that says which one, or leaves it to the rule.
    ///
    /// # Errors
    /// The rule pays in another one, or neither says which.
    pub fn money(&self, currency: Option<&str>, what: &str) -> Result<String, Text> {
        match (currency, self.currency) {
            (Some(one), Some(other)) if one != other => Err(Text::new(
                format!("`{what}` is in {one}, and the rule pays in {other}."),
                format!("`{what}` 的币种是 {one}，而规则的币种是 {other}。"),
            )),
            (Some(currency), _) | (None, Some(currency)) => Ok(currency.to_owned()),
            (None, None) => Err(Text::new(
                format!(
                    "`{what}` has no currency here: give the rule one, or write money(100, \"CNY\")."
                ),
                format!("`{what}` 没有币种：请为规则指定币种，或写成 money(100, \"CNY\")。"),
            )),
        }
    }
}
