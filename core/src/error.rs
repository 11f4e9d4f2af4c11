//! What can go wrong, and which kind to use where.
//!
//! - [`UserError`]: the input or a rule says no and a person can mend it. A mutation returns it in `userErrors`;
//!   it names the field and the way out.
//! - [`ApiError`]: the request as a whole is refused, with one of the [`ErrorCode`]s. It becomes a top-level error.
//! - [`Error::Internal`]: everything else. The client sees `INTERNAL` and the request id; the cause goes to the log
//!   under that id and nowhere else.

use std::borrow::Cow;

use entity::enums::Locale;
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr};
use serde_json::{Map, Value};

/// A text in both languages of the product; the reader's locale picks one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: Cow<'static, str>,
    /// 中文.
    pub zh: Cow<'static, str>,
}

impl Text {
    /// A text from its two versions.
    pub fn new(en: impl Into<Cow<'static, str>>, zh: impl Into<Cow<'static, str>>) -> Self {
        Self {
            en: en.into(),
            zh: zh.into(),
        }
    }

    /// The version for a reader.
    #[must_use]
    pub fn in_locale(&self, locale: Locale) -> &str {
        match locale {
            Locale::En => &self.en,
            Locale::Zh => &self.zh,
        }
    }
}

/// Why a whole request (or a denied field) was refused; `extensions.code` of a top-level error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// Nobody is signed in, or the token is no longer good.
    Unauthenticated,
    /// Signed in, but a permission is missing.
    Forbidden,
    /// The object doesn't exist for this viewer.
    NotFound,
    /// The request can't be understood or breaks a limit of form.
    BadInput,
    /// Somebody else changed the object first.
    Conflict,
    /// The query would cost more than is allowed.
    CostExceeded,
    /// Too many requests; see `Retry-After`.
    RateLimited,
    /// The document behind a hash or id isn't known: send its text.
    PersistedQueryNotFound,
    /// Documents can't be sent by such a hash here: send texts.
    PersistedQueryNotSupported,
    /// Our fault; the log has the cause under the request id.
    Internal,
}

impl ErrorCode {
    /// The code as clients read it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::BadInput => "BAD_INPUT",
            Self::Conflict => "CONFLICT",
            Self::CostExceeded => "COST_EXCEEDED",
            Self::RateLimited => "RATE_LIMITED",
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::PersistedQueryNotSupported => "PERSISTED_QUERY_NOT_SUPPORTED",
            Self::Internal => "INTERNAL",
        }
    }
}

/// The database's codes for having waited in vain: SQLite's for a file that somebody else is writing; PostgreSQL's for a lock that didn't come
/// free, and for two that wait for each other.
const WAITED_IN_VAIN: [&str; 3] = ["5", "55P03", "40P01"];
/// PostgreSQL's code for a statement that took longer than it may.
const TOOK_TOO_LONG: &str = "57014";
/// After how many seconds whoever found the server busy may come again.
const BUSY_SECONDS: u64 = 3;

/// A coded refusal with its facts, shown as a top-level error.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiError {
    /// The code in `extensions.code`.
    pub code: ErrorCode,
    /// What the client reads.
    pub text: Text,
    /// Further facts for `extensions` (limit, value, maximum, permission ...).
    pub facts: Map<String, Value>,
}

impl ApiError {
    /// A refusal without further facts.
    #[must_use]
    pub fn new(code: ErrorCode, text: Text) -> Self {
        Self {
            code,
            text,
            facts: Map::new(),
        }
    }

    /// Adds a fact to `extensions`.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.facts.insert(key.to_owned(), value.into());
        self
    }

    /// The object doesn't exist - or is out of reach, which reads the same.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(
            ErrorCode::NotFound,
            Text::new("There is no such object.", "对象不存在。"),
        )
    }

    /// The operation needs a signed-in principal.
    #[must_use]
    pub fn unauthenticated() -> Self {
        Self::new(
            ErrorCode::Unauthenticated,
            Text::new(
                "Sign in first: send an access token as `Authorization: Bearer`.",
                "请先登录：在 Authorization 头中以 Bearer 方式发送访问令牌。",
            ),
        )
    }

    /// A malformed value, named by its field.
    #[must_use]
    pub fn bad_input(field: &str, en: impl std::fmt::Display, zh: impl std::fmt::Display) -> Self {
        Self::new(
            ErrorCode::BadInput,
            Text::new(format!("{field}: {en}"), format!("{field}：{zh}")),
        )
        .with("field", field)
    }

    /// The server has more to do than it can; the same may be asked again.
    #[must_use]
    pub fn busy() -> Self {
        Self::new(
            ErrorCode::RateLimited,
            Text::new(
                "The server is busy; try again in a few seconds.",
                "服务器繁忙，请稍后重试。",
            ),
        )
        .with("retryAfter", BUSY_SECONDS)
    }

    /// The database gave a statement up that took longer than it may, and took back what belonged to it.
    #[must_use]
    pub fn too_slow() -> Self {
        Self::new(
            ErrorCode::CostExceeded,
            Text::new(
                "The database took longer for this than a statement may take (limit statementTimeout), and changed nothing; ask for less at once, or try again in a few seconds.",
                "数据库执行超时（statementTimeout），未作任何更改；请缩小查询范围，或稍后重试。",
            ),
        )
        .with("limit", "statementTimeout")
    }

    /// Somebody else changed the object; names the version to read again.
    #[must_use]
    pub fn conflict(current_version: i32) -> Self {
        Self::new(
            ErrorCode::Conflict,
            Text::new(
                format!("Somebody else changed this object; it now has version {current_version}. Read it again and repeat the change."),
                format!("对象已被他人修改，当前版本为 {current_version}。请重新读取后再修改。"),
            ),
        )
        .with("currentVersion", current_version)
    }
}

/// What kind of mistake a [`UserError`] tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UserErrorCode {
    /// A required value is empty.
    Blank,
    /// A value is longer or larger than allowed.
    TooLong,
    /// A value is shorter or smaller than allowed.
    TooShort,
    /// A value has the wrong form.
    Invalid,
    /// A referenced object doesn't exist for this viewer.
    NotFound,
    /// The value must be unique and is taken.
    Taken,
    /// The object's present state doesn't allow the action.
    WrongState,
    /// A rule of the house forbids it (separation of duties, last admin ...).
    RuleViolated,
    /// Login or password is wrong.
    BadCredentials,
    /// The idempotency key was used for another request.
    IdempotencyMismatch,
}

/// A mistake that a person can mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserError {
    /// The kind of mistake, for programs.
    pub code: UserErrorCode,
    /// The path of the argument it is about, such as `["input", "subject"]`; empty when it is about the whole.
    pub field: Vec<String>,
    /// What is wrong and the way out, for people.
    pub text: Text,
}

impl UserError {
    /// A mistake in the argument at `field`, written as `input.subject`.
    #[must_use]
    pub fn new(code: UserErrorCode, field: &str, text: Text) -> Self {
        let field = field
            .split('.')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        Self { code, field, text }
    }
}

/// Any failure of an action or a read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Mistakes that a person can mend.
    #[error("{} mistakes in the input", .0.len())]
    User(Vec<UserError>),
    /// A coded refusal.
    #[error("{}: {}", .0.code.as_str(), .0.text.en)]
    Api(Box<ApiError>),
    /// A cause that clients never see.
    #[error("internal: {0}")]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

/// The result of anything that can fail in a way a client may hear of.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An internal failure from a plain description.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// The same failure, for another one who waited for the same thing. Of a cause only its words are left.
    #[must_use]
    pub fn again(&self) -> Self {
        match self {
            Self::User(mistakes) => Self::User(mistakes.clone()),
            Self::Api(error) => Self::Api(error.clone()),
            Self::Internal(cause) => Self::internal(cause.to_string()),
        }
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(Box::new(error))
    }
}

impl From<UserError> for Error {
    fn from(error: UserError) -> Self {
        Self::User(vec![error])
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match error {
            // Nothing was begun: whoever comes again a little later is served.
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => {
                tracing::warn!("no connection to the database came free in time");
                ApiError::busy().into()
            }
            error => match code_of(&error).as_deref() {
                Some(code) if WAITED_IN_VAIN.contains(&code) => {
                    tracing::warn!("the database waited in vain: {error}");
                    ApiError::busy().into()
                }
                Some(TOOK_TOO_LONG) => {
                    tracing::warn!("a statement took too long: {error}");
                    ApiError::too_slow().into()
                }
                _ => Self::Internal(Box::new(error)),
            },
        }
    }
}

/// The database's own code for a failure.
fn code_of(error: &DbErr) -> Option<String> {
    let (DbErr::Query(cause) | DbErr::Exec(cause)) = error else {
        return None;
    };
    let RuntimeErr::SqlxError(cause) = cause else {
        return None;
    };
    let code = cause.as_database_error()?.code()?;
    Some(code.into_owned())
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(Box::new(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_without_a_free_connection_is_a_reason_to_come_again() {
        let busy = Error::from(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout));
        let Error::Api(busy) = busy else {
            panic!("{busy:?}")
        };
        assert_eq!(busy.code, ErrorCode::RateLimited);
        assert_eq!(busy.facts["retryAfter"], BUSY_SECONDS);
        let closed = Error::from(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed));
        assert!(matches!(closed, Error::Internal(_)));
    }
}
