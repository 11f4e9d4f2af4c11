//! Decisions about sign-in over plain data and the time.

use chrono::{DateTime, TimeDelta, Utc};

use crate::access::Grants;
use crate::error::{ApiError, Error, ErrorCode, Text, UserError, UserErrorCode};

/// The most characters of a login.
pub const LONGEST_LOGIN: usize = 100;
/// The most characters of a name.
pub const LONGEST_NAME: usize = 200;

/// A login as it is stored and compared.
#[must_use]
pub fn normal_login(login: &str) -> String {
    login.trim().to_lowercase()
}

/// Holds a new login, already normal, against its form.
///
/// # Errors
/// A user error that says what is wrong.
pub fn check_login(login: &str) -> Result<(), UserError> {
    if login.is_empty() {
        return Err(UserError::new(
            UserErrorCode::Blank,
            "input.login",
            Text::new("Give a login.", "请填写账号。"),
        ));
    }
    if login.chars().count() > LONGEST_LOGIN {
        return Err(UserError::new(
            UserErrorCode::TooLong,
            "input.login",
            Text::new(
                format!("A login has at most {LONGEST_LOGIN} characters."),
                format!("账号最多 {LONGEST_LOGIN} 个字符。"),
            ),
        ));
    }
    if login.chars().any(char::is_whitespace) {
        return Err(UserError::new(
            UserErrorCode::Invalid,
            "input.login",
            Text::new("A login has no spaces.", "账号不能包含空格。"),
        ));
    }
    if !login.chars().all(tells_apart) {
        return Err(UserError::new(
            UserErrorCode::Invalid,
            "input.login",
            Text::new(
                "A login has Latin letters, digits, Chinese characters and signs such as . _ - @ + only; type it anew without full-width or invisible characters.",
                "账号只能包含拉丁字母、数字、汉字及 . _ - @ + 等半角符号，请重新输入，勿使用全角或不可见字符。",
            ),
        ));
    }
    Ok(())
}

/// Is it a character of a login: one that is seen, and that isn't taken for another one? Nobody is to pass for somebody else by the
/// letters of another script. Capital letters have become small ones.
fn tells_apart(character: char) -> bool {
    // With marks, each as one character.
    let latin = matches!(character, 'ß'..='ö' | 'ø'..='ž')
        && !matches!(character, 'ı' | 'ĳ' | 'ĸ' | 'ŀ' | 'ŉ');
    // Without those that are kept for old encodings only.
    let chinese = matches!(
        character,
        '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{2ee5d}' | '\u{30000}'..='\u{323af}'
    );
    character.is_ascii_graphic() || latin || chinese
}

/// A name without spaces around it.
///
/// # Errors
/// A user error when it is empty or too long.
pub fn check_name<'n>(name: &'n str, field: &str) -> Result<&'n str, UserError> {
    let name = name.trim();
    if name.is_empty() {
        let text = Text::new("Give a name.", "请填写名称。");
        return Err(UserError::new(UserErrorCode::Blank, field, text));
    }
    if name.chars().count() > LONGEST_NAME {
        let text = Text::new(
            format!("A name has at most {LONGEST_NAME} characters."),
            format!("名称最多 {LONGEST_NAME} 个字符。"),
        );
        return Err(UserError::new(UserErrorCode::TooLong, field, text));
    }
    Ok(name)
}

/// The refusal of a sign-in, the same whatever was wrong.
#[must_use]
pub fn bad_credentials() -> Error {
    UserError::new(
        UserErrorCode::BadCredentials,
        "input",
        Text::new(
            "Login or password is wrong, or the account is disabled.",
            "账号或密码错误，或账号已停用。",
        ),
    )
    .into()
}

/// The refusal of a refresh, the same whatever was wrong.
#[must_use]
pub fn session_over() -> Error {
    UserError::new(
        UserErrorCode::BadCredentials,
        "input.refreshToken",
        Text::new(
            "The session has ended; sign in again.",
            "会话已结束，请重新登录。",
        ),
    )
    .into()
}

/// A refresh token that came back, with all that decides about it.
#[derive(Clone, Copy, Debug)]
pub struct Presented {
    /// When the token stops counting.
    pub expires_at: DateTime<Utc>,
    /// When it was exchanged, if it was.
    pub used_at: Option<DateTime<Utc>>,
    /// Was the token that came next already exchanged?
    pub successor_used: bool,
    /// When the session ends.
    pub session_ends: DateTime<Utc>,
    /// Was the session ended before its time?
    pub session_revoked: bool,
    /// May the account sign in?
    pub account_active: bool,
}

/// What a refresh token gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The next token.
    Rotate,
    /// The next token once more, in place of the one that got lost on the way.
    Repeat,
    /// Nothing, and the session ends: two parties hold tokens of it.
    Reuse,
    /// Nothing.
    Refuse,
}

/// Judges a refresh token.
#[must_use]
pub fn judge(token: &Presented, now: DateTime<Utc>, grace: TimeDelta) -> Verdict {
    if token.session_revoked || !token.account_active || now >= token.session_ends {
        return Verdict::Refuse;
    }
    match token.used_at {
        None if now < token.expires_at => Verdict::Rotate,
        None => Verdict::Refuse,
        Some(used) if now - used <= grace && !token.successor_used => Verdict::Repeat,
        Some(_) => Verdict::Reuse,
    }
}

/// Refuses to take over an account that may do more than the one that asks.
///
/// # Errors
/// `FORBIDDEN` naming a permission that is missing.
pub fn within_own_power(own: &Grants, other: &Grants) -> Result<(), ApiError> {
    match other
        .pairs()
        .find(|(permission, reach)| !own.covers(*permission, *reach))
    {
        None => Ok(()),
        Some((permission, _)) => Err(ApiError::new(
            ErrorCode::Forbidden,
            Text::new(
                format!(
                    "This account may do more than you, such as {}; ask somebody who may do that too.",
                    permission.key()
                ),
                format!(
                    "该账号拥有您没有的权限（如 {}），请联系同样拥有该权限的管理员。",
                    permission.key()
                ),
            ),
        )
        .with("permission", permission.key())),
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
