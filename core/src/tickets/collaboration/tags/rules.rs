//! What a tag may be called, and how many a ticket may have.

use crate::check::Checks;
use crate::error::{Text, UserError, UserErrorCode};

/// The longest word, in characters.
pub const NAME_MAX: usize = 50;
/// The most tags on one ticket.
pub const MOST: usize = 30;
/// The most tickets that a tag is taken from when it is deleted.
pub const REMOVED_AT_ONCE: usize = 1_000;

/// The word without regard to case and blanks around it.
#[must_use]
pub fn folded(word: &str) -> String {
    word.trim().to_lowercase()
}

/// A word that can be told from an id.
pub fn check_name(checks: &mut Checks, field: &str, word: &str) -> String {
    let word = checks.text(field, word, NAME_MAX);
    checks.ensure(
        !folded(&word).starts_with("tag_"),
        UserErrorCode::Invalid,
        field,
        || {
            Text::new(
                "A tag can't begin with `tag_`, as ids do; choose another word.",
                "标签不能以 tag_ 开头（与 ID 混淆），请更换。",
            )
        },
    );
    word
}

/// May so many tags stand on one ticket?
///
/// # Errors
/// `TOO_LONG` at `field` with the way out.
pub fn check_count(count: usize, field: &str) -> Result<(), UserError> {
    if count <= MOST {
        return Ok(());
    }
    let text = Text::new(
        format!("A ticket has at most {MOST} tags and this would be {count}; remove some first."),
        format!("每张工单最多 {MOST} 个标签，此操作后将有 {count} 个，请先移除部分标签。"),
    );
    Err(UserError::new(UserErrorCode::TooLong, field, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_the_same_in_upper_and_lower_case() {
        assert_eq!(folded("  Battery Swollen "), folded("battery swollen"));
        assert_eq!(folded("电池鼓包"), "电池鼓包");
    }

    #[test]
    fn thirty_tags_are_the_most() {
        assert_eq!(check_count(MOST, "input.tags"), Ok(()));
        assert!(check_count(MOST + 1, "input.tags").is_err());
    }

    #[test]
    fn a_word_is_no_id() {
        for (word, good) in [
            ("vip", true),
            ("tag_1", false),
            ("TAG_x", false),
            ("", false),
        ] {
            let mut checks = Checks::default();
            check_name(&mut checks, "input.name", word);
            assert_eq!(checks.done().is_ok(), good, "{word}");
        }
    }
}
