//! The words of an expression, and how large it is.

use super::{Language, Problem};

/// The most characters of a text in quotes.
const TEXT: usize = 50;

/// Two characters that are one operator.
const PAIRS: [&str; 6] = ["<=", ">=", "==", "!=", "&&", "||"];

/// Looks over the words of a text.
///
/// # Errors
/// Everything that can't stand in an expression.
pub fn check(text: &str, language: &Language) -> Result<(), Vec<Problem>> {
    let longest = language.longest;
    // Only as many as it takes to see that there are too many.
    let letters: Vec<char> = text.chars().take(longest + 1).collect();
    if letters.len() > longest {
        return Err(vec![Problem::new(
            (longest, text.chars().count() - longest),
            format!("This is too long: an expression has at most {longest} characters."),
            format!("表达式最多 {longest} 个字符。"),
        )]);
    }
    if letters.iter().all(|letter| is_blank(*letter)) {
        return Err(vec![Problem::new(
            (0, letters.len()),
            format!(
                "The expression is empty; write one such as {}.",
                language.example
            ),
            format!("表达式为空，请填写，例如 {}。", language.example),
        )]);
    }
    let mut words = Words {
        language,
        letters,
        at: 0,
        depth: 0,
        operators: 0,
        problems: Vec::new(),
    };
    while words.at < words.letters.len() {
        words.next();
    }
    if words.problems.is_empty() {
        Ok(())
    } else {
        Err(words.problems)
    }
}

const fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\r' | '\n')
}

const fn is_part(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

struct Words<'l> {
    language: &'l Language,
    letters: Vec<char>,
    at: usize,
    depth: usize,
    operators: usize,
    problems: Vec<Problem>,
}

impl Words<'_> {
    fn letter(&self, at: usize) -> Option<char> {
        self.letters.get(at).copied()
    }

    /// The end of a run of letters that begins at `from`.
    fn end(&self, from: usize, belongs: impl Fn(char) -> bool) -> usize {
        (from..self.letters.len())
            .find(|at| !belongs(self.letters[*at]))
            .unwrap_or(self.letters.len())
    }

    fn next(&mut self) {
        let from = self.at;
        let letter = self.letters[from];
        match letter {
            letter if is_blank(letter) => self.at = from + 1,
            'a'..='z' | 'A'..='Z' | '_' => self.name(),
            '0'..='9' => self.number(),
            '(' => self.deeper(),
            '[' if self.language.rich => self.deeper(),
            ')' => self.higher(),
            ']' if self.language.rich => self.higher(),
            '"' | '\'' if self.language.rich => self.text(letter),
            _ => self.operator(),
        }
    }

    fn deeper(&mut self) {
        let deepest = self.language.deepest;
        self.depth += 1;
        if self.depth == deepest + 1 {
            let (en, zh) = self.language.apart;
            self.problems.push(Problem::new(
                (self.at, 1),
                format!("Brackets stand in one another at most {deepest} deep; {en}."),
                format!("括号最多嵌套 {deepest} 层，{zh}。"),
            ));
        }
        self.at += 1;
    }

    const fn higher(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.at += 1;
    }

    /// A word, or several joined by points.
    fn name(&mut self) {
        let from = self.at;
        let mut to = self.end(from, is_part);
        let begins = |letter: char| letter.is_ascii_alphabetic() || letter == '_';
        while self.language.rich
            && self.letter(to) == Some('.')
            && self.letter(to + 1).is_some_and(begins)
        {
            to = self.end(to + 1, is_part);
        }
        self.at = to;
        let word: String = self.letters[from..to].iter().collect();
        let place = (from, to - from);
        let after = self.end(to, is_blank);
        let called = self.letter(after) == Some('(');
        if called && word != "in" && !self.language.functions.contains(&word.as_str()) {
            let (en, zh) = self.language.called;
            self.problems.push(Problem::new(
                place,
                format!("`{word}` can't be called; there are {en}."),
                format!("不支持函数 `{word}`，仅支持 {zh}。"),
            ));
        } else if word.split('.').any(|part| self.language.refuses(part)) {
            let (en, zh) = self.language.made_of;
            self.problems.push(Problem::new(
                place,
                format!("`{word}` can't stand in an expression; it takes {en}."),
                format!("表达式中不能使用 `{word}`，只能使用{zh}。"),
            ));
        } else if word == "in" {
            self.at = from;
            self.counted(2);
        }
    }

    /// A text in quotes: a word such as the key of a band, so that nothing in it needs to be escaped.
    fn text(&mut self, quote: char) {
        let from = self.at;
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "_-.: ".contains(letter);
        let to = self.end(from + 1, plain);
        let closed = self.letter(to) == Some(quote);
        self.at = to + usize::from(closed);
        if !closed || to - from - 1 > TEXT {
            // Whatever comes in quotes is about this one.
            self.at = (to..self.letters.len())
                .find(|at| self.letters[*at] == quote)
                .map_or(self.letters.len(), |at| at + 1);
            self.problems.push(Problem::new(
                (from, self.at - from),
                format!("A text has at most {TEXT} letters from a to z, small or capital, digits, blanks and _ - . : between two quotes."),
                format!("文本须在一对引号内，最多 {TEXT} 个英文字母、数字、空格或 _ - . : 字符。"),
            ));
        }
    }

    /// Digits, decimals and an exponent.
    fn number(&mut self) {
        let from = self.at;
        let digit = |letter: char| letter.is_ascii_digit();
        let mut to = self.end(from, digit);
        if self.letter(to) == Some('.') && self.letter(to + 1).is_some_and(digit) {
            to = self.end(to + 1, digit);
        }
        if matches!(self.letter(to), Some('e' | 'E')) {
            let sign = usize::from(matches!(self.letter(to + 1), Some('+' | '-')));
            if self.letter(to + 1 + sign).is_some_and(digit) {
                to = self.end(to + 1 + sign, digit);
            }
        }
        let rest = self.end(to, |letter| is_part(letter) || letter == '.');
        self.at = rest;
        let written: String = self.letters[from..rest].iter().collect();
        // Beyond this a number that is written isn't the number that is reckoned with.
        let exact = written
            .parse::<f64>()
            .is_ok_and(|number| number.abs() < 1e15);
        if rest > to || !exact {
            self.problems.push(Problem::new(
                (from, rest - from),
                format!("`{written}` isn't a number such as 100 or 0.25, below 10 to the 15th."),
                format!("`{written}` 不是有效的数字，例如 100 或 0.25，且须小于 10 的 15 次方。"),
            ));
        }
    }

    fn operator(&mut self) {
        let language = self.language;
        let from = self.at;
        let two: String = self.letters[from..].iter().take(2).collect();
        let one = self.letters[from];
        let (en, zh) = match one {
            _ if two == "//" => (
                format!(
                    "Comments can't stand here; write them into {}.",
                    language.comment.0
                ),
                format!("不支持注释，请写在{}中。", language.comment.1),
            ),
            _ if PAIRS.contains(&two.as_str()) => return self.counted(2),
            '+' | '-' | '*' | '/' | '<' | '>' | '!' | '?' | ':' | ',' => return self.counted(1),
            '%' => (
                "There is no remainder; for a percentage multiply by 100.".to_owned(),
                "不支持取余；计算百分比请乘以 100。".to_owned(),
            ),
            '"' | '\'' => (
                format!(
                    "There are no texts in expressions, only {}.",
                    language.made_of.0
                ),
                format!("表达式中不能使用文本，只能使用{}。", language.made_of.1),
            ),
            other => (
                format!(
                    "`{other}` can't stand in an expression; it takes {}, brackets and + - * / ?: < <= > >= == != && || !",
                    language.made_of.0
                ),
                format!(
                    "表达式中不能使用 `{other}`；可使用{}、括号和 + - * / ?: < <= > >= == != && || !",
                    language.made_of.1
                ),
            ),
        };
        let length = usize::from(two == "//") + 1;
        self.at = from + length;
        self.problems.push(Problem::new((from, length), en, zh));
    }

    fn counted(&mut self, length: usize) {
        let most = self.language.operators;
        self.operators += 1;
        if self.operators == most + 1 {
            let (en, zh) = self.language.apart;
            self.problems.push(Problem::new(
                (self.at, length),
                format!("An expression has at most {most} operators; {en}."),
                format!("表达式最多 {most} 个运算符，{zh}。"),
            ));
        }
        self.at += length;
    }
}
