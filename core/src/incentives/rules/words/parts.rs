//! A part of an expression as a trace writes it, read again to be told in words.
//!
//! Traces write expressions in one form only, see [`Node`](crate::incentives::rules::expression::Node). What doesn't follow it is
//! nothing that could be told.

use crate::incentives::rules::expression::DEEPEST;

/// A part of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A number as it is written.
    Number(String),
    /// A text without its quotes.
    Text(String),
    /// A fact, a parameter, the tiers, `true` or `false`.
    Name(String),
    /// A function of parts.
    Call(String, Vec<Self>),
    /// `!` or `-` before a part.
    Signed(char, Box<Self>),
    /// Two parts with an operator between them.
    Two(Sign, Box<Self>, Box<Self>),
    /// One part or the other, by a condition.
    Choice(Box<[Self; 3]>),
    /// Is the part one of those that are written?
    Among(Box<Self>, Vec<Self>),
}

/// An operator with how closely it binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    /// As it is written.
    pub sign: &'static str,
    /// The higher, the closer.
    pub rank: u8,
}

const SIGNS: [Sign; 12] = [
    sign("||", 1),
    sign("&&", 2),
    sign("==", 3),
    sign("!=", 3),
    sign("<=", 3),
    sign(">=", 3),
    sign("<", 3),
    sign(">", 3),
    sign("+", 4),
    sign("-", 4),
    sign("*", 5),
    sign("/", 5),
];

const fn sign(sign: &'static str, rank: u8) -> Sign {
    Sign { sign, rank }
}

/// Reads a part; none when it isn't written as traces write it.
pub fn read(text: &str) -> Option<Part> {
    let mut reader = Reader {
        rest: text,
        depth: 0,
    };
    let part = reader.choice()?;
    reader.rest.is_empty().then_some(part)
}

/// How deep parts stand in one another at most: brackets, and what they have within.
const DEPTH: usize = 8 * DEEPEST;

struct Reader<'r> {
    rest: &'r str,
    depth: usize,
}

impl<'r> Reader<'r> {
    /// Goes on behind a word or a sign, if that comes next.
    fn takes(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest.trim_start_matches(' ');
                true
            }
            None => false,
        }
    }

    fn run(&mut self, belongs: impl Fn(char) -> bool) -> &'r str {
        let end = self.rest.find(|letter| !belongs(letter));
        let (run, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest.trim_start_matches(' ');
        run
    }

    fn choice(&mut self) -> Option<Part> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let part = self.of_rank(1)?;
        let part = if self.takes("?") {
            let one = self.choice()?;
            if !self.takes(":") {
                return None;
            }
            Part::Choice(Box::new([part, one, self.choice()?]))
        } else {
            part
        };
        self.depth -= 1;
        Some(part)
    }

    /// Parts with operators that bind as closely as this, or closer.
    fn of_rank(&mut self, least: u8) -> Option<Part> {
        let mut part = self.signed()?;
        loop {
            if least <= 3 && self.rest.starts_with("in [") {
                self.takes("in");
                part = Part::Among(Box::new(part), self.list("[", "]")?);
                continue;
            }
            let next = SIGNS.iter().find(|one| self.rest.starts_with(one.sign));
            let Some(next) = next.filter(|one| one.rank >= least) else {
                return Some(part);
            };
            self.takes(next.sign);
            let other = self.of_rank(next.rank + 1)?;
            part = Part::Two(*next, Box::new(part), Box::new(other));
        }
    }

    fn signed(&mut self) -> Option<Part> {
        for sign in ['!', '-'] {
            if self.takes(sign.encode_utf8(&mut [0; 4])) {
                self.depth += 1;
                let part = (self.depth <= DEPTH).then(|| self.signed())??;
                self.depth -= 1;
                return Some(Part::Signed(sign, Box::new(part)));
            }
        }
        self.single()
    }

    fn single(&mut self) -> Option<Part> {
        let first = self.rest.chars().next()?;
        match first {
            '(' => {
                self.takes("(");
                let part = self.choice()?;
                self.takes(")").then_some(part)
            }
            '"' => {
                let (text, rest) = self.rest.get(1..)?.split_once('"')?;
                self.rest = rest.trim_start_matches(' ');
                Some(Part::Text(text.to_owned()))
            }
            '0'..='9' => {
                let number = self.run(|letter| letter.is_ascii_digit() || letter == '.');
                Some(Part::Number(number.to_owned()))
            }
            _ if first.is_ascii_alphabetic() || first == '_' => {
                let word = self
                    .run(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '.');
                if self.rest.starts_with('(') {
                    return Some(Part::Call(word.to_owned(), self.list("(", ")")?));
                }
                Some(Part::Name(word.to_owned()))
            }
            _ => None,
        }
    }

    /// Parts between two brackets, with commas between them.
    fn list(&mut self, open: &str, close: &str) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        if !self.takes(open) {
            return None;
        }
        while !self.takes(close) {
            if !parts.is_empty() && !self.takes(",") {
                return None;
            }
            parts.push(self.choice()?);
        }
        Some(parts)
    }
}
