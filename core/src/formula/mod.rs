//! Expressions that people write, in a small part of CEL: what every such language has in common.
//!
//! A [`Language`] says which words there are and how large an expression can be. [`read`] looks at the words before any
//! grammar, so that what can't stand is named in plain words and the parser only ever meets short and shallow texts. What the
//! tree means is for the one who asked.

mod parse;
mod words;

use std::borrow::Cow;

use crate::error::Text;

pub use parse::{Tree, deep, read};

/// What is wrong with an expression, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it begins: characters from the start.
    pub offset: usize,
    /// How many characters it is about.
    pub length: usize,
    /// What is wrong and the way out.
    pub text: Text,
}

impl Problem {
    /// A problem at a place: its first character and how many there are.
    pub fn new(
        (offset, length): (usize, usize),
        en: impl Into<Cow<'static, str>>,
        zh: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            offset,
            length,
            text: Text::new(en, zh),
        }
    }
}

/// Which words an expression can have, how large it can be, and what is said about both.
#[derive(Clone, Copy, Debug)]
pub struct Language {
    /// The most characters.
    pub longest: usize,
    /// How deep brackets can stand in one another.
    pub deepest: usize,
    /// The most operators.
    pub operators: usize,
    /// What can be called.
    pub functions: &'static [&'static str],
    /// The words of CEL, or of a later CEL, that can stand all the same.
    pub words: &'static [&'static str],
    /// Are there texts in quotes, lists in square brackets, and names with points in them?
    pub rich: bool,
    /// The functions in a sentence.
    pub called: (&'static str, &'static str),
    /// What it is made of, in a sentence.
    pub made_of: (&'static str, &'static str),
    /// What to do with too large an expression.
    pub apart: (&'static str, &'static str),
    /// Where a comment belongs.
    pub comment: (&'static str, &'static str),
    /// An expression as an example.
    pub example: &'static str,
}

/// Words that mean something else in CEL, or could some day.
pub const RESERVED: [&str; 36] = [
    "all",
    "as",
    "bool",
    "break",
    "bytes",
    "const",
    "continue",
    "dyn",
    "else",
    "exists",
    "false",
    "filter",
    "for",
    "function",
    "has",
    "if",
    "import",
    "in",
    "let",
    "list",
    "loop",
    "map",
    "matches",
    "namespace",
    "null",
    "null_type",
    "package",
    "return",
    "size",
    "string",
    "true",
    "type",
    "uint",
    "var",
    "void",
    "while",
];

impl Language {
    /// Is the word taken, so that nothing can have it as its name?
    #[must_use]
    pub fn takes(&self, word: &str) -> bool {
        self.functions.contains(&word) || RESERVED.contains(&word)
    }

    /// Is it a word of CEL that can't stand here?
    fn refuses(&self, word: &str) -> bool {
        RESERVED.contains(&word) && !self.words.contains(&word) && !self.functions.contains(&word)
    }
}
