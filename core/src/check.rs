//! Looking an input over: every mistake is collected, so that a person hears of all of them at once.

use crate::error::{Error, Result, Text, UserError, UserErrorCode};

/// The mistakes found so far.
#[derive(Debug, Default)]
pub struct Checks(Vec<UserError>);

impl Checks {
    /// Notes a mistake at a field, written as `input.name`.
    pub fn add(&mut self, code: UserErrorCode, field: &str, text: Text) {
        self.0.push(UserError::new(code, field, text));
    }

    /// Notes a mistake unless something is so.
    pub fn ensure(
        &mut self,
        so: bool,
        code: UserErrorCode,
        field: &str,
        text: impl FnOnce() -> Text,
    ) {
        if !so {
            self.add(code, field, text());
        }
    }

    /// Notes a mistake when a value that must be there is taken away.
    pub fn must_stay<T>(&mut self, field: &str, change: &Change<T>) {
        self.ensure(
            !matches!(change, Change::Clear),
            UserErrorCode::Blank,
            field,
            || Text::new("This can't be taken away.", "此项不能清空。"),
        );
    }

    /// A text of 1 to `most` characters on one line, without blanks around it.
    pub fn text(&mut self, field: &str, value: &str, most: usize) -> String {
        self.bounded(field, value, most);
        if value.trim().chars().any(char::is_control) {
            self.add(
                UserErrorCode::Invalid,
                field,
                Text::new(
                    "This has control characters or line breaks; write it on one line.",
                    "不能包含控制字符或换行。",
                ),
            );
        }
        value.trim().to_owned()
    }

    /// A text of 1 to `most` characters that may have several lines, without blanks around it.
    pub fn body(&mut self, field: &str, value: &str, most: usize) -> String {
        self.bounded(field, value, most);
        // PostgreSQL refuses NUL, and other control characters only serve to deceive a reader.
        let deceiving = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        if value.chars().any(deceiving) {
            self.add(
                UserErrorCode::Invalid,
                field,
                Text::new(
                    "This has control characters; remove them.",
                    "含有控制字符，请删除。",
                ),
            );
        }
        value.trim().to_owned()
    }

    /// The same for a text that may be absent; an empty one counts as absent.
    pub fn optional_body(
        &mut self,
        field: &str,
        value: Option<&str>,
        most: usize,
    ) -> Option<String> {
        let value = value.map(str::trim).filter(|value| !value.is_empty())?;
        Some(self.body(field, value, most))
    }

    fn bounded(&mut self, field: &str, value: &str, most: usize) {
        let value = value.trim();
        if value.is_empty() {
            self.add(
                UserErrorCode::Blank,
                field,
                Text::new("This can't be empty.", "此项不能为空。"),
            );
        } else if value.chars().count() > most {
            self.add(
                UserErrorCode::TooLong,
                field,
                Text::new(
                    format!("This can have at most {most} characters."),
                    format!("最多 {most} 个字符。"),
                ),
            );
        }
    }

    /// A one-line text that may be absent; an empty one counts as absent.
    pub fn optional_text(
        &mut self,
        field: &str,
        value: Option<&str>,
        most: usize,
    ) -> Option<String> {
        let value = value.map(str::trim).filter(|value| !value.is_empty())?;
        Some(self.text(field, value, most))
    }

    /// A telephone number: digits with `+`, blanks, hyphens, dots and brackets between them.
    pub fn phone(&mut self, field: &str, value: Option<&str>) -> Option<String> {
        let value = self.optional_text(field, value, 40)?;
        let digits = value.chars().filter(char::is_ascii_digit).count();
        let formed = value
            .char_indices()
            .all(|(at, c)| c.is_ascii_digit() || " -.()#".contains(c) || (c == '+' && at == 0));
        self.ensure(
            formed && (5..=20).contains(&digits),
            UserErrorCode::Invalid,
            field,
            || {
                Text::new(
                    "This is no telephone number such as +86 10 6552 9988.",
                    "电话号码格式不正确，例如 +86 10 6552 9988。",
                )
            },
        );
        Some(value)
    }

    /// An e-mail address.
    pub fn email(&mut self, field: &str, value: Option<&str>) -> Option<String> {
        let value = self.optional_text(field, value, 254)?;
        self.ensure(is_email(&value), UserErrorCode::Invalid, field, || {
            Text::new(
                "This is no e-mail address such as wang@example.com.",
                "邮箱格式不正确，例如 wang@example.com。",
            )
        });
        Some(value)
    }

    /// What a referenced object is, or a mistake when this viewer has no such object.
    pub fn found<T>(&mut self, field: &str, object: Option<T>) -> Option<T> {
        if object.is_none() {
            self.add(
                UserErrorCode::NotFound,
                field,
                Text::new("There is no such object.", "对象不存在。"),
            );
        }
        object
    }

    /// What another look has made of its part, or its mistakes noted here.
    pub fn taken<T>(&mut self, look: Result<T, Vec<UserError>>) -> Option<T> {
        look.map_err(|mistakes| self.0.extend(mistakes)).ok()
    }

    /// Ends the look.
    ///
    /// # Errors
    /// All mistakes, if there are any.
    pub fn done(self) -> Result<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Error::User(self.0))
        }
    }
}

/// What an update says about one value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// Nothing: it stays.
    #[default]
    Keep,
    /// It is taken away.
    Clear,
    /// It becomes this.
    Set(T),
}

impl<T> Change<T> {
    /// The new value, if one is given.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }

    /// The same about a value made of the new one.
    pub fn map<P>(self, plain: impl FnOnce(T) -> P) -> Change<P> {
        match self {
            Self::Keep => Change::Keep,
            Self::Clear => Change::Clear,
            Self::Set(value) => Change::Set(plain(value)),
        }
    }

    /// What becomes of an optional value; `None` when it stays.
    pub fn optional(self) -> Option<Option<T>> {
        match self {
            Self::Keep => None,
            Self::Clear => Some(None),
            Self::Set(value) => Some(Some(value)),
        }
    }
}

/// Has it the form of an e-mail address? Whether it works only a letter can tell.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let plain = |c: char| !c.is_whitespace() && !"<>()[],;:\\\"@".contains(c);
    (1..=64).contains(&local.len())
        && local.chars().all(plain)
        && domain.split('.').count() >= 2
        && domain.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(look: impl FnOnce(&mut Checks)) -> Vec<UserErrorCode> {
        let mut checks = Checks::default();
        look(&mut checks);
        checks.0.iter().map(|error| error.code).collect()
    }

    #[test]
    fn texts_are_bounded_and_on_one_line() {
        use UserErrorCode::{Blank, Invalid, TooLong};
        for (value, expected) in [
            ("王芳", vec![]),
            ("  ", vec![Blank]),
            ("十一个字的名称太长了吧啊", vec![TooLong]),
            ("a\nb", vec![Invalid]),
        ] {
            assert_eq!(
                codes(|checks| {
                    checks.text("input.name", value, 10);
                }),
                expected,
                "{value:?}"
            );
        }
    }

    #[test]
    fn telephone_numbers_and_addresses_have_a_form() {
        for (phone, good) in [
            ("+86 10 6552 9988", true),
            ("010-65529988", true),
            ("(0755) 8888.1234", true),
            ("12", false),
            ("13800+138000", false),
            ("call me", false),
        ] {
            assert_eq!(
                codes(|checks| {
                    checks.phone("p", Some(phone));
                })
                .is_empty(),
                good,
                "{phone}"
            );
        }
        for (email, good) in [
            ("wang@example.com", true),
            ("w.fang+x@mail.例子.cn", true),
            ("@example.com", false),
            ("wang@example", false),
            ("wang fang@example.com", false),
            ("wang@-a.com", false),
        ] {
            assert_eq!(
                codes(|checks| {
                    checks.email("e", Some(email));
                })
                .is_empty(),
                good,
                "{email}"
            );
        }
        assert!(
            codes(|checks| {
                checks.email("e", Some(" "));
            })
            .is_empty()
        );
    }
}
