//! A look at the raw text before it is parsed: the parser calls itself for each level of brackets, so the text must
//! be known to be small and flat enough first. Knows just enough of the language to count: strings and comments are
//! skipped as the parser skips them.

use super::refusal::Refusal;
use crate::config::{Limit, Limits};

/// What one pass over the text finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Shape {
    tokens: u64,
    nesting: u64,
    /// Does a block string have no end? The parser would go back and read what it began with as an empty string, and the
    /// rest of the text as what nothing here has counted.
    endless: bool,
}

/// Refuses a text that is too long, has too many tokens, is nested too deeply or ends within a block string.
///
/// # Errors
/// Each limit that is exceeded, or that a block string has no end.
pub(super) fn scan(text: &str, limits: &Limits) -> Result<(), Vec<Refusal>> {
    let characters = text.chars().count() as u64;
    if let Some(refusal) = Refusal::above(
        Limit::DocumentCharacters,
        characters,
        limits.document_characters,
    ) {
        return Err(vec![refusal]);
    }
    let shape = shape(text.as_bytes());
    if shape.endless {
        return Err(vec![Refusal::malformed(
            "The document can't be understood: a string that begins with \"\"\" doesn't end with \"\"\".",
            "无法解析文档：以 \"\"\" 开头的字符串没有以 \"\"\" 结尾。",
        )]);
    }
    let found = [
        Refusal::above(Limit::DocumentTokens, shape.tokens, limits.document_tokens),
        Refusal::above(
            Limit::DocumentNesting,
            shape.nesting,
            limits.document_nesting,
        ),
    ];
    let refusals: Vec<Refusal> = found.into_iter().flatten().collect();
    if refusals.is_empty() {
        Ok(())
    } else {
        Err(refusals)
    }
}

fn shape(text: &[u8]) -> Shape {
    let mut shape = Shape::default();
    let mut open = 0_u64;
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let start = at;
        at += 1;
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => continue,
            b'#' => {
                at = skip_while(text, at, |byte| !is_line_end(byte));
                continue;
            }
            // A byte order mark is a blank to the parser wherever it stands.
            0xEF if text[at..].starts_with(b"\xBB\xBF") => {
                at += 2;
                continue;
            }
            b'"' => match skip_string(text, start) {
                Some(end) => at = end,
                None => {
                    shape.endless = true;
                    at = text.len();
                }
            },
            b'{' | b'[' | b'(' => {
                open += 1;
                shape.nesting = shape.nesting.max(open);
            }
            b'}' | b']' | b')' => open = open.saturating_sub(1),
            b'.' => at = skip_while(text, at, |byte| byte == b'.'),
            // No number goes on after it: 007 are three.
            b'0' => {}
            byte if is_word(*byte) => at = skip_while(text, at, is_word),
            _ => {}
        }
        shape.tokens += 1;
    }
    shape
}

/// Names and numbers; a number's point and exponent sign are counted apart, which makes the count no smaller. `0xEF` may
/// begin a byte order mark.
const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80 && byte != 0xEF
}

const fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

fn skip_while(text: &[u8], from: usize, condition: impl Fn(u8) -> bool) -> usize {
    text[from..]
        .iter()
        .position(|byte| !condition(*byte))
        .map_or(text.len(), |length| from + length)
}

/// The end of the string that begins at `start`; an unfinished one ends with its line, and the parser says so. None for a
/// block string without an end.
fn skip_string(text: &[u8], start: usize) -> Option<usize> {
    if text[start..].starts_with(b"\"\"\"") {
        let mut at = start + 3;
        while at < text.len() {
            if text[at..].starts_with(b"\\\"\"\"") {
                at += 4;
            } else if text[at..].starts_with(b"\"\"\"") {
                return Some(at + 3);
            } else {
                at += 1;
            }
        }
        return None;
    }
    let mut at = start + 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return Some(at + 1),
            b'\\' if text.get(at + 1).is_some_and(|next| !is_line_end(*next)) => at += 2,
            byte if is_line_end(*byte) => return Some(at),
            _ => at += 1,
        }
    }
    Some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_tokens_and_brackets() {
        for (text, tokens, nesting) in [
            ("", 0, 0),
            ("{ a }", 3, 1),
            ("{a,b, c}", 5, 1),
            ("query Q($x: [Int!]! = 3) { a(x: $x) { b } }", 26, 2),
            ("{ a(text: \"{ [ ( \\\" {\") }", 8, 2),
            ("{ a(text: \"\"\" { \" \\\"\"\" { \"\"\") }", 8, 2),
            ("{ a # } { {{\n }", 3, 1),
            ("{ ...F ... on T { a } }", 10, 2),
            ("{ a(s: \"unfinished { \n) }", 8, 2),
            ("}}}}{", 5, 1),
            ("{ 名 }", 3, 1),
            ("\u{feff}{a\u{feff}b\u{feff}c}", 5, 1),
            ("{ a(x: [007, 10]) }", 13, 3),
        ] {
            let shape = shape(text.as_bytes());
            assert_eq!((shape.tokens, shape.nesting), (tokens, nesting), "{text}");
            assert!(!shape.endless, "{text}");
        }
    }

    #[test]
    fn a_block_string_without_an_end_never_reaches_the_parser() {
        for text in [
            "\"\"\"never closed {{{".to_owned(),
            "{ a(x: \"\"\" \\\"\"\") }".to_owned(),
            // To the parser an empty string, the string "x", and lists that nothing has counted.
            format!(
                "{{a(x:[\"\"\"x\"{}{}])}}",
                "[".repeat(4_000),
                "]".repeat(4_000)
            ),
            // The parser would look for the end anew from each string on.
            format!("{{a(x:[\"\"\"{}])}}", " \\\"\"\"\"\"".repeat(1_400)),
        ] {
            let refusals = scan(&text, &Limits::default()).expect_err(&text);
            assert!(
                matches!(refusals[..], [Refusal::Malformed { .. }]),
                "{refusals:?}"
            );
        }
    }

    #[test]
    fn each_limit_holds_at_the_limit_and_refuses_one_over() {
        let limits = Limits {
            document_characters: 40,
            document_tokens: 10,
            document_nesting: 3,
            ..Limits::default()
        };
        let refused = |text: &str| -> Vec<(Limit, u64)> {
            let refusals = scan(text, &limits).err().unwrap_or_default();
            refusals
                .into_iter()
                .map(|refusal| match refusal {
                    Refusal::Exceeded { limit, value, .. } => (limit, value),
                    other => panic!("{other:?}"),
                })
                .collect()
        };
        assert_eq!(refused(&" ".repeat(40)), []);
        assert_eq!(refused(&"名".repeat(40)), []);
        assert_eq!(refused(&" ".repeat(41)), [(Limit::DocumentCharacters, 41)]);
        assert_eq!(refused("a b c d e f g h i j"), []);
        assert_eq!(
            refused("a b c d e f g h i j k"),
            [(Limit::DocumentTokens, 11)]
        );
        assert_eq!(refused("{([])}"), []);
        assert_eq!(refused("{([{}])}"), [(Limit::DocumentNesting, 4)]);
    }

    #[test]
    fn a_hundred_thousand_braces_never_reach_the_parser() {
        let text = "{a".repeat(100_000);
        assert!(scan(&text, &Limits::default()).is_err());
        let generous = Limits {
            document_characters: u64::MAX,
            document_tokens: u64::MAX,
            ..Limits::default()
        };
        assert_eq!(
            scan(&text, &generous),
            Err(vec![Refusal::Exceeded {
                limit: Limit::DocumentNesting,
                value: 100_000,
                maximum: 40
            }])
        );
    }
}
