//! How failures reach the client.

use async_graphql::{Enum, ErrorExtensionValues, ErrorExtensions, SimpleObject};
use serde_json::Value as Json;

use crate::access::Call;
use crate::error::{ApiError, Error, ErrorCode, Result, Text, UserError};

/// What kind of mistake it is, for programs. 错误类别
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::error::UserErrorCode")]
pub enum UserErrorCode {
    /// A required value is empty. 必填项为空
    Blank,
    /// A value is longer or larger than allowed. 过长或过大
    TooLong,
    /// A value is shorter or smaller than allowed. 过短或过小
    TooShort,
    /// A value has the wrong form. 格式不正确
    Invalid,
    /// A referenced object doesn't exist for this viewer. 引用的对象不存在
    NotFound,
    /// The value must be unique and is taken. 已被占用
    Taken,
    /// The object's present state doesn't allow the action. 当前状态不允许此操作
    WrongState,
    /// A rule forbids it: separation of duties, the last admin and the like. 违反规则
    RuleViolated,
    /// Login or password is wrong. 账号或密码错误
    BadCredentials,
    /// The idempotency key was used for another request. 幂等键已用于其他请求
    IdempotencyMismatch,
}

/// A mistake that a person can mend. 可修正的错误
#[derive(Clone, Debug, SimpleObject)]
#[graphql(name = "UserError")]
pub struct UserErrorView {
    /// What kind of mistake it is. 错误类别
    code: UserErrorCode,
    /// The path of the argument it is about, such as `["input", "subject"]`; empty when it is about the whole. 字段路径
    field: Vec<String>,
    /// What is wrong and the way out, in the language of the request. 说明
    message: String,
}

/// What a mutation has to show: the changed object, or the mistakes.
pub struct Outcome<T> {
    /// The changed object.
    pub value: Option<T>,
    /// The mistakes; empty when it was done.
    pub user_errors: Vec<UserErrorView>,
}

impl<T> Outcome<T> {
    /// Splits an action's result into what the payload shows and what is a top-level error.
    ///
    /// # Errors
    /// Everything that isn't a user error.
    pub fn from_result(call: &Call, result: Result<T>) -> async_graphql::Result<Self> {
        match result {
            Ok(value) => Ok(Self {
                value: Some(value),
                user_errors: Vec::new(),
            }),
            Err(Error::User(errors)) => Ok(Self {
                value: None,
                user_errors: user_errors(call, &errors),
            }),
            Err(other) => Err(to_field_error(call, other)),
        }
    }
}

/// Mistakes as a payload shows them.
#[must_use]
pub fn user_errors(call: &Call, errors: &[UserError]) -> Vec<UserErrorView> {
    errors.iter().map(|error| view(call, error)).collect()
}

fn view(call: &Call, error: &UserError) -> UserErrorView {
    UserErrorView {
        code: error.code.into(),
        field: error.field.clone(),
        message: error.text.in_locale(call.locale).to_owned(),
    }
}

/// A failure as the error of a field. An internal cause goes to the log, under the request id, and nowhere else.
#[must_use]
pub fn to_field_error(call: &Call, error: Error) -> async_graphql::Error {
    match error {
        Error::Api(error) => from_api(call, &error),
        Error::User(errors) => {
            let message = errors
                .iter()
                .map(|error| error.text.in_locale(call.locale))
                .collect::<Vec<_>>()
                .join(" ");
            async_graphql::Error::new(message)
                .extend_with(|_, extensions| extensions.set("code", ErrorCode::BadInput.as_str()))
        }
        Error::Internal(cause) => {
            tracing::error!(request_id = %call.request_id, %cause, "internal error");
            let message = match call.locale {
                entity::enums::Locale::En => format!(
                    "Something went wrong on our side; the log has it under request {}.",
                    call.request_id
                ),
                entity::enums::Locale::Zh => format!(
                    "服务器内部错误，请提供请求编号 {} 以便查询。",
                    call.request_id
                ),
            };
            async_graphql::Error::new(message)
                .extend_with(|_, extensions| extensions.set("code", ErrorCode::Internal.as_str()))
        }
    }
}

/// A coded refusal as the error of a field.
#[must_use]
pub fn from_api(call: &Call, error: &ApiError) -> async_graphql::Error {
    async_graphql::Error::new(error.text.in_locale(call.locale))
        .extend_with(|_, extensions| fill(extensions, error))
}

/// The budget is used up for so many seconds.
#[must_use]
pub fn spent(retry_after: u64) -> ApiError {
    let text = Text::new(
        format!("You have spent your budget for now; try again in {retry_after} s."),
        format!("请求过于频繁，请在 {retry_after} 秒后重试。"),
    );
    ApiError::new(ErrorCode::RateLimited, text).with("retryAfter", retry_after)
}

/// Puts code and facts into an error's extensions.
pub fn fill(extensions: &mut ErrorExtensionValues, error: &ApiError) {
    extensions.set("code", error.code.as_str());
    for (key, value) in &error.facts {
        let value = async_graphql::Value::from_json(value.clone()).unwrap_or_default();
        extensions.set(key.as_str(), value);
    }
}

/// Maps the failure of a read onto its field.
pub trait OnField<T> {
    /// The value, or the error as the client may see it.
    ///
    /// # Errors
    /// The same failure as a field error.
    fn on_field(self, call: &Call) -> async_graphql::Result<T>;
}

impl<T> OnField<T> for Result<T> {
    fn on_field(self, call: &Call) -> async_graphql::Result<T> {
        self.map_err(|error| to_field_error(call, error))
    }
}

/// The JSON of one top-level error outside of any execution.
#[must_use]
pub fn json(error: &ApiError, locale: entity::enums::Locale, request_id: &str) -> Json {
    let mut extensions = serde_json::Map::new();
    extensions.insert("code".to_owned(), error.code.as_str().into());
    extensions.extend(error.facts.clone());
    extensions.insert("requestId".to_owned(), request_id.into());
    serde_json::json!({ "message": error.text.in_locale(locale), "extensions": extensions })
}

/// Declares the payload of a mutation: the changed object (null when nothing was changed) and the mistakes.
///
/// `mutation_payload!(TicketAssignPayload, ticket: Ticket, "The ticket ... · ...");`
#[macro_export]
macro_rules! mutation_payload {
    ($name:ident, $field:ident: $view:ty, $doc:literal) => {
        /// What the mutation did. 操作结果
        #[derive(async_graphql::SimpleObject)]
        pub struct $name {
            #[doc = $doc]
            pub $field: Option<$view>,
            /// Mistakes that a person can mend; empty when it was done. 可修正的错误
            pub user_errors: Vec<$crate::graphql::UserErrorView>,
        }

        impl From<$crate::graphql::Outcome<$view>> for $name {
            fn from(outcome: $crate::graphql::Outcome<$view>) -> Self {
                Self {
                    $field: outcome.value,
                    user_errors: outcome.user_errors,
                }
            }
        }
    };
}
