//! The words of an expression. They are looked at before any grammar is, so that what isn't arithmetic is named in plain
//! words, and so that the parser only ever meets short and shallow texts.

use super::{DEEPEST, FUNCTIONS, LONGEST, OPERATORS, Problem};

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

/// Two characters that are one operator.
const PAIRS: [&str; 6] = ["<=", ">=", "==", "!=", "&&", "||"];

/// Looks over the words of a text.
///
/// # Errors
/// Everything that can't stand in an expression.
pub fn check(text: &str) -> Result<(), Vec<Problem>> {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() > LONGEST {
        return Err(vec![Problem::new(
            (LONGEST, letters.len() - LONGEST),
            format!("This is too long: an expression has at most {LONGEST} characters."),
            format!("表达式最多 {LONGEST} 个字符。"),
        )]);
    }
    if letters.iter().all(|letter| is_blank(*letter)) {
        return Err(vec![Problem::new(
            (0, letters.len()),
            "The expression is empty; write one such as complaints / tickets_opened * 100.",
            "表达式为空，请填写，例如 complaints / tickets_opened * 100。",
        )]);
    }
    let mut words = Words {
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

struct Words {
    letters: Vec<char>,
    at: usize,
    depth: usize,
    operators: usize,
    problems: Vec<Problem>,
}

impl Words {
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
            '(' => {
                self.depth += 1;
                if self.depth == DEEPEST + 1 {
                    self.problems.push(Problem::new(
                        (from, 1),
                        format!("Brackets stand in one another at most {DEEPEST} deep; make it a metric of its own."),
                        format!("括号最多嵌套 {DEEPEST} 层，请拆分为单独的指标。"),
                    ));
                }
                self.at = from + 1;
            }
            ')' => {
                self.depth = self.depth.saturating_sub(1);
                self.at = from + 1;
            }
            _ => self.operator(),
        }
    }

    fn name(&mut self) {
        let from = self.at;
        self.at = self.end(from, is_part);
        let word: String = self.letters[from..self.at].iter().collect();
        let place = (from, self.at - from);
        let after = self.end(self.at, is_blank);
        let called = self.letter(after) == Some('(');
        if called && !FUNCTIONS.contains(&word.as_str()) {
            self.problems.push(Problem::new(
                place,
                format!("`{word}` can't be called; there are double, int, max and min."),
                format!("不支持函数 `{word}`，仅支持 double、int、max 和 min。"),
            ));
        } else if RESERVED.contains(&word.as_str()) {
            self.problems.push(Problem::new(
                place,
                format!(
                    "`{word}` can't stand in an expression; it takes numbers and keys of metrics."
                ),
                format!("表达式中不能使用 `{word}`，只能使用数字和指标的键。"),
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
        let from = self.at;
        let two: String = self.letters[from..].iter().take(2).collect();
        let one = self.letters[from];
        let (en, zh) = match one {
            _ if two == "//" => (
                "Comments can't stand here; write them into the meaning.".to_owned(),
                "不支持注释，请写在含义中。".to_owned(),
            ),
            _ if PAIRS.contains(&two.as_str()) => return self.counted(2),
            '+' | '-' | '*' | '/' | '<' | '>' | '!' | '?' | ':' | ',' => return self.counted(1),
            '%' => (
                "There is no remainder; for a percentage multiply by 100.".to_owned(),
                "不支持取余；计算百分比请乘以 100。".to_owned(),
            ),
            '"' | '\'' => (
                "There are no texts in expressions, only numbers and keys of metrics.".to_owned(),
                "表达式中不能使用文本，只能使用数字和指标的键。".to_owned(),
            ),
            other => (
                format!(
                    "`{other}` can't stand in an expression; it takes numbers, keys of metrics, brackets and + - * / ?: < <= > >= == != && || !"
                ),
                format!(
                    "表达式中不能使用 `{other}`；可使用数字、指标的键、括号和 + - * / ?: < <= > >= == != && || !"
                ),
            ),
        };
        let length = usize::from(two == "//") + 1;
        self.at = from + length;
        self.problems.push(Problem::new((from, length), en, zh));
    }

    fn counted(&mut self, length: usize) {
        self.operators += 1;
        if self.operators == OPERATORS + 1 {
            self.problems.push(Problem::new(
                (self.at, length),
                format!("An expression has at most {OPERATORS} operators; make parts of it metrics of their own."),
                format!("表达式最多 {OPERATORS} 个运算符，请将其中部分拆分为单独的指标。"),
            ));
        }
        self.at += length;
    }
}
