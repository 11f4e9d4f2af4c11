//! What a setting is: a typed figure with a default and a range.

use std::marker::PhantomData;

use serde_json::Value;

use crate::error::Text;

/// What a setting's value is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Nothing: a plain number, a switch or a text.
    Plain,
    /// Hundredths.
    Percent,
    /// Days.
    Days,
    /// Hours.
    Hours,
    /// Minutes.
    Minutes,
    /// Seconds.
    Seconds,
    /// Tickets.
    Tickets,
    /// Points of a rating.
    Points,
}

impl Unit {
    /// Its name; `None` for plain numbers.
    #[must_use]
    pub fn label(self) -> Option<Text> {
        let (en, zh) = match self {
            Self::Plain => return None,
            Self::Percent => ("%", "%"),
            Self::Days => ("days", "天"),
            Self::Hours => ("hours", "小时"),
            Self::Minutes => ("minutes", "分钟"),
            Self::Seconds => ("seconds", "秒"),
            Self::Tickets => ("tickets", "张工单"),
            Self::Points => ("points", "分"),
        };
        Some(Text::new(en, zh))
    }
}

/// Which values a setting can have, and which one it has until somebody changes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A whole number from `least` to `most`.
    Whole {
        /// What it is unless changed.
        default: i64,
        /// The smallest value allowed.
        least: i64,
        /// The largest value allowed.
        most: i64,
    },
    /// On or off.
    Flag {
        /// What it is unless changed.
        default: bool,
    },
    /// A text on one line, which may be empty.
    Text {
        /// What it is unless changed.
        default: &'static str,
        /// The most characters.
        most: usize,
    },
}

/// The value of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A whole number.
    Whole(i64),
    /// On or off.
    Flag(bool),
    /// A text.
    Text(String),
}

impl Figure {
    /// As the API writes it: `40`, `true`, or the text itself.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Self::Whole(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Text(text) => text.clone(),
        }
    }

    /// As its row holds it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match self {
            Self::Whole(number) => (*number).into(),
            Self::Flag(flag) => (*flag).into(),
            Self::Text(text) => text.as_str().into(),
        }
    }
}

impl Shape {
    /// What it is unless changed.
    #[must_use]
    pub fn default(&self) -> Figure {
        match self {
            Self::Whole { default, .. } => Figure::Whole(*default),
            Self::Flag { default } => Figure::Flag(*default),
            Self::Text { default, .. } => Figure::Text((*default).to_owned()),
        }
    }

    /// Is this value allowed?
    #[must_use]
    pub fn allows(&self, figure: &Figure) -> bool {
        match (self, figure) {
            (Self::Whole { least, most, .. }, Figure::Whole(number)) => {
                (least..=most).contains(&number)
            }
            (Self::Flag { .. }, Figure::Flag(_)) => true,
            (Self::Text { most, .. }, Figure::Text(text)) => {
                text.chars().count() <= *most && !text.chars().any(char::is_control)
            }
            _ => false,
        }
    }

    /// The value that a row holds, if it is allowed.
    #[must_use]
    pub fn from_json(&self, value: &Value) -> Option<Figure> {
        let figure = match value {
            Value::Number(number) => Figure::Whole(number.as_i64()?),
            Value::Bool(flag) => Figure::Flag(*flag),
            Value::String(text) => Figure::Text(text.clone()),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        self.allows(&figure).then_some(figure)
    }

    /// The value that somebody wrote, if it is allowed.
    #[must_use]
    pub fn parse(&self, written: &str) -> Option<Figure> {
        let written = written.trim();
        let figure = match self {
            Self::Whole { .. } => Figure::Whole(written.parse().ok()?),
            Self::Flag { .. } => Figure::Flag(written.parse().ok()?),
            Self::Text { .. } => Figure::Text(written.to_owned()),
        };
        self.allows(&figure).then_some(figure)
    }

    /// Which values are allowed, for people.
    #[must_use]
    pub fn range(&self) -> Text {
        match self {
            Self::Whole { least, most, .. } => Text::new(
                format!("a whole number from {least} to {most}"),
                format!("{least} 至 {most} 的整数"),
            ),
            Self::Flag { .. } => Text::new("true or false", "true 或 false"),
            Self::Text { most, .. } => Text::new(
                format!("a text on one line with at most {most} characters"),
                format!("单行文本，最多 {most} 个字符"),
            ),
        }
    }
}

/// A setting without its type, as lists show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its name, such as `dispatch.weight.load`.
    pub key: &'static str,
    /// Which values it can have.
    pub shape: Shape,
    /// What they are counted in.
    pub unit: Unit,
    /// What it means, in English.
    pub label_en: &'static str,
    /// 含义.
    pub label_zh: &'static str,
}

impl Definition {
    /// What it means.
    #[must_use]
    pub fn label(&self) -> Text {
        Text::new(self.label_en, self.label_zh)
    }
}

/// A setting by which a value of type `T` is read.
#[derive(Clone, Copy, Debug)]
pub struct Setting<T> {
    /// What the catalogue says of it.
    pub definition: Definition,
    kind: PhantomData<fn() -> T>,
}

impl Setting<i64> {
    /// A whole number in a range.
    #[must_use]
    pub const fn whole(
        key: &'static str,
        default: i64,
        (least, most): (i64, i64),
        unit: Unit,
        label_en: &'static str,
        label_zh: &'static str,
    ) -> Self {
        Self {
            definition: Definition {
                key,
                shape: Shape::Whole {
                    default,
                    least,
                    most,
                },
                unit,
                label_en,
                label_zh,
            },
            kind: PhantomData,
        }
    }
}

impl Setting<bool> {
    /// A switch.
    #[must_use]
    pub const fn flag(
        key: &'static str,
        default: bool,
        label_en: &'static str,
        label_zh: &'static str,
    ) -> Self {
        Self {
            definition: Definition {
                key,
                shape: Shape::Flag { default },
                unit: Unit::Plain,
                label_en,
                label_zh,
            },
            kind: PhantomData,
        }
    }
}

impl Setting<String> {
    /// A text of at most `most` characters.
    #[must_use]
    pub const fn text(
        key: &'static str,
        default: &'static str,
        most: usize,
        label_en: &'static str,
        label_zh: &'static str,
    ) -> Self {
        Self {
            definition: Definition {
                key,
                shape: Shape::Text { default, most },
                unit: Unit::Plain,
                label_en,
                label_zh,
            },
            kind: PhantomData,
        }
    }
}

/// A type that a setting can have.
pub trait Typed: Sized {
    /// The value in a figure of this type.
    fn of(figure: Figure) -> Option<Self>;
}

impl Typed for i64 {
    fn of(figure: Figure) -> Option<Self> {
        match figure {
            Figure::Whole(number) => Some(number),
            Figure::Flag(_) | Figure::Text(_) => None,
        }
    }
}

impl Typed for bool {
    fn of(figure: Figure) -> Option<Self> {
        match figure {
            Figure::Flag(flag) => Some(flag),
            Figure::Whole(_) | Figure::Text(_) => None,
        }
    }
}

impl Typed for String {
    fn of(figure: Figure) -> Option<Self> {
        match figure {
            Figure::Text(text) => Some(text),
            Figure::Whole(_) | Figure::Flag(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_the_shape_allows_is_taken() {
        let whole = Shape::Whole {
            default: 40,
            least: 0,
            most: 100,
        };
        for (written, expected) in [
            ("0", Some(Figure::Whole(0))),
            (" 100 ", Some(Figure::Whole(100))),
            ("101", None),
            ("-1", None),
            ("1.5", None),
            ("", None),
            ("true", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(whole.parse(written), expected, "{written:?}");
        }
        let flag = Shape::Flag { default: false };
        assert_eq!(flag.parse("true"), Some(Figure::Flag(true)));
        assert_eq!(flag.parse("yes"), None);
        let text = Shape::Text {
            default: "",
            most: 3,
        };
        assert_eq!(
            text.parse("您好吗"),
            Some(Figure::Text("您好吗".to_owned()))
        );
        assert_eq!(text.parse("您好吗?"), None);
        assert_eq!(text.parse("a\nb"), None);
        assert_eq!(whole.from_json(&json!("40")), None);
        assert_eq!(whole.from_json(&json!(40.5)), None);
        assert_eq!(whole.from_json(&json!(40)), Some(Figure::Whole(40)));
    }
}
