//! Why a request is refused before it is executed.

use async_graphql::Pos;

use crate::access::Permission;
use crate::config::Limit;
use crate::error::{ApiError, ErrorCode, Text};

/// One reason; a request can have several.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// A limit is exceeded.
    Exceeded {
        /// Which limit.
        limit: Limit,
        /// What the request has.
        value: u64,
        /// What is allowed.
        maximum: u64,
    },
    /// The document can't be understood.
    Malformed {
        /// What is wrong.
        text: Text,
        /// Where, if that is known.
        at: Option<Pos>,
    },
    /// An argument names something that the viewer may not read: filtering or sorting by it would tell.
    Forbidden {
        /// The missing permission.
        permission: Permission,
        /// The input field or enum value, such as `TicketFilter.contactPhone`.
        member: String,
        /// Where it stands in the request: response path, argument, input fields.
        path: Vec<String>,
    },
    /// It needs a signed-in principal.
    SignIn {
        /// Where it stands in the request.
        path: Vec<String>,
    },
}

impl Refusal {
    /// A refusal when the value is larger than the maximum.
    #[must_use]
    pub fn above(limit: Limit, value: u64, maximum: u64) -> Option<Self> {
        (value > maximum).then_some(Self::Exceeded {
            limit,
            value,
            maximum,
        })
    }

    pub(super) fn malformed(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self::Malformed {
            text: Text::new(en.into(), zh.into()),
            at: None,
        }
    }
}

impl From<&Refusal> for ApiError {
    fn from(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::Exceeded {
                limit,
                value,
                maximum,
            } => {
                let (en, zh) = limit.counted();
                let text = Text::new(
                    format!("The request has {value} {en}; at most {maximum} are allowed."),
                    format!("{zh}为 {value}，最多允许 {maximum}。"),
                );
                Self::new(limit.code(), text)
                    .with("limit", limit.key())
                    .with("value", *value)
                    .with("maximum", *maximum)
            }
            Refusal::Malformed { text, at } => {
                let error = Self::new(ErrorCode::BadInput, text.clone());
                match at {
                    Some(at) => error.with("line", at.line).with("column", at.column),
                    None => error,
                }
            }
            Refusal::Forbidden {
                permission,
                member,
                path,
            } => {
                let (place, key) = (path.join("."), permission.key());
                let text = Text::new(
                    format!(
                        "The argument at {place} ({member}) needs the permission {key}, because its effect would tell what you may not see."
                    ),
                    format!(
                        "参数 {place}（{member}）需要权限 {key}，否则会间接泄露您无权查看的内容。"
                    ),
                );
                Self::new(ErrorCode::Forbidden, text)
                    .with("permission", key)
                    .with("member", member.as_str())
                    .with("argumentPath", path.clone())
            }
            Refusal::SignIn { path } => Self::unauthenticated().with("requestPath", path.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exceeded_limit_names_itself_the_value_and_the_maximum() {
        assert_eq!(Refusal::above(Limit::Aliases, 30, 30), None);
        let error = ApiError::from(&Refusal::above(Limit::Aliases, 31, 30).unwrap());
        assert_eq!(
            error.text.en,
            "The request has 31 aliases; at most 30 are allowed."
        );
        assert_eq!(error.text.zh, "别名数为 31，最多允许 30。");
        assert_eq!(error.code, ErrorCode::CostExceeded);
        assert_eq!(
            serde_json::Value::from(error.facts).to_string(),
            r#"{"limit":"aliases","value":31,"maximum":30}"#
        );
    }
}
