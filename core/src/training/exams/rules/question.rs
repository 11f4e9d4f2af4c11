//! What a question asks and what is right, and which of these make a question that can be used.

use entity::enums::QuestionKind;
use serde::{Deserialize, Serialize};

use crate::decimal::{Decimal, SCALE};
use crate::error::{Text, UserError, UserErrorCode};

/// The most options, key words and criteria of a question.
pub const MOST: usize = 12;
/// The most characters of an option, a key word or a criterion.
pub const SHORT: usize = 500;

/// One option in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// English.
    pub text: String,
    /// 中文.
    pub text_zh: String,
}

/// What a practical is assessed by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// English.
    pub name: String,
    /// 中文.
    pub name_zh: String,
    /// The most that can be had for it, in ten-thousandths of a point.
    pub points: i64,
}

/// What is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Key {
    /// These options, by their places with the author.
    Options {
        /// The places.
        correct: Vec<usize>,
    },
    /// True, or false.
    TrueFalse {
        /// Which.
        correct: bool,
    },
    /// This number, give or take.
    Number {
        /// The number, in ten-thousandths.
        value: i64,
        /// How far off it may be, in ten-thousandths.
        tolerance: i64,
    },
    /// Words: of each group one has to be there; people mark it when there are no groups.
    Words {
        /// The groups of words that mean the same.
        groups: Vec<Vec<String>>,
    },
    /// People assess it by these.
    Criteria {
        /// The criteria.
        criteria: Vec<Criterion>,
    },
}

impl Key {
    /// Do people mark it?
    #[must_use]
    pub fn is_by_hand(&self) -> bool {
        match self {
            Self::Words { groups } => groups.is_empty(),
            Self::Criteria { .. } => true,
            Self::Options { .. } | Self::TrueFalse { .. } | Self::Number { .. } => false,
        }
    }
}

/// What an author gives for a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Given {
    /// Options, each with whether it is right.
    pub options: Vec<(Choice, bool)>,
    /// Is the statement true?
    pub is_true: Option<bool>,
    /// The number and how far off it may be.
    pub number: Option<(i64, i64)>,
    /// Groups of words that mean the same.
    pub words: Vec<Vec<String>>,
    /// Criteria.
    pub criteria: Vec<Criterion>,
}

/// A question's options and key.
pub type Made = (Vec<Choice>, Key);

/// Options and key of what an author gives, or what is wrong with it.
///
/// # Errors
/// Every mistake, by the field of the input.
pub fn make(kind: QuestionKind, given: &Given) -> Result<Made, Vec<UserError>> {
    let mut wrong = Vec::new();
    let used = match kind {
        QuestionKind::Single | QuestionKind::Multiple => "options",
        QuestionKind::TrueFalse => "isTrue",
        QuestionKind::Number => "number",
        QuestionKind::Text => "keywords",
        QuestionKind::Practical => "criteria",
    };
    for (field, there) in [
        ("options", !given.options.is_empty()),
        ("isTrue", given.is_true.is_some()),
        ("number", given.number.is_some()),
        ("keywords", !given.words.is_empty()),
        ("criteria", !given.criteria.is_empty()),
    ] {
        if there && field != used {
            wrong.push(mistake(
                UserErrorCode::Invalid,
                field,
                "A question of this kind has none of these; leave it out.",
                "该题型不使用此项，请留空。",
            ));
        }
        let optional = field == "keywords";
        if !there && field == used && !optional {
            wrong.push(mistake(
                UserErrorCode::Blank,
                field,
                "A question of this kind needs this.",
                "该题型须填写此项。",
            ));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let choices: Vec<Choice> = given
        .options
        .iter()
        .map(|(choice, _)| choice.clone())
        .collect();
    let key = match kind {
        QuestionKind::Single | QuestionKind::Multiple => options(kind, given, &mut wrong),
        QuestionKind::TrueFalse => Key::TrueFalse {
            correct: given.is_true.unwrap_or_default(),
        },
        QuestionKind::Number => number(given, &mut wrong),
        QuestionKind::Text => words(given, &mut wrong),
        QuestionKind::Practical => criteria(given, &mut wrong),
    };
    if wrong.is_empty() {
        Ok((choices, key))
    } else {
        Err(wrong)
    }
}

fn options(kind: QuestionKind, given: &Given, wrong: &mut Vec<UserError>) -> Key {
    let texts: Vec<&Choice> = given.options.iter().map(|(choice, _)| choice).collect();
    let correct: Vec<usize> = (0..given.options.len())
        .filter(|place| given.options[*place].1)
        .collect();
    if !(2..=MOST).contains(&texts.len()) {
        wrong.push(mistake(
            UserErrorCode::Invalid,
            "options",
            "There are 2 to 12 options.",
            "选项须为 2 至 12 个。",
        ));
    }
    let bounded = |text: &str| !text.trim().is_empty() && text.chars().count() <= SHORT;
    let twice = texts.iter().enumerate().any(|(place, one)| {
        texts[..place]
            .iter()
            .any(|other| one.text == other.text || one.text_zh == other.text_zh)
    });
    if twice
        || !texts
            .iter()
            .all(|choice| bounded(&choice.text) && bounded(&choice.text_zh))
    {
        wrong.push(mistake(
            UserErrorCode::Invalid,
            "options",
            "Each option has a text of 1 to 500 characters in both languages, and no two are the same.",
            "每个选项须有 1 至 500 个字符的中英文内容，且互不相同。",
        ));
    }
    let enough = match kind {
        QuestionKind::Single => correct.len() == 1,
        _ => !correct.is_empty(),
    };
    if !enough {
        wrong.push(mistake(
            UserErrorCode::Invalid,
            "options",
            "Of a single choice exactly one option is right, of a multiple choice at least one.",
            "单选题须有且仅有一个正确选项，多选题至少一个。",
        ));
    }
    Key::Options { correct }
}

fn number(given: &Given, wrong: &mut Vec<UserError>) -> Key {
    let (value, tolerance) = given.number.unwrap_or_default();
    let most = 1_000_000_000 * SCALE;
    if !(0..=most).contains(&tolerance) || !(-most..=most).contains(&value) {
        wrong.push(mistake(
            UserErrorCode::Invalid,
            "number",
            "The number is within a thousand millions, and the tolerance isn't below nought.",
            "数值须在正负十亿之内，容差不能为负。",
        ));
    }
    Key::Number { value, tolerance }
}

fn words(given: &Given, wrong: &mut Vec<UserError>) -> Key {
    let formed = given.words.len() <= MOST
        && given.words.iter().all(|group| {
            (1..=MOST).contains(&group.len())
                && group
                    .iter()
                    .all(|word| !word.trim().is_empty() && word.chars().count() <= SHORT)
        });
    if !formed {
        wrong.push(mistake(
            UserErrorCode::Invalid,
            "keywords",
            "There are at most 12 groups of 1 to 12 key words each, none of them empty; without any, people mark the answer.",
            "最多 12 组关键词，每组 1 至 12 个且不能为空；不填则由人工阅卷。",
        ));
    }
    Key::Words {
        groups: given.words.clone(),
    }
}

fn criteria(given: &Given, wrong: &mut Vec<UserError>) -> Key {
    let text = |text: &str| !text.trim().is_empty() && text.chars().count() <= SHORT;
    let formed = given.criteria.len() <= MOST
        && given.criteria.iter().all(|one| {
            text(&one.name) && text(&one.name_zh) && (1..=1_000 * SCALE).contains(&one.points)
        });
    if !formed {
        wrong.push(mistake(
            UserErrorCode::Invalid,
            "criteria",
            "There are 1 to 12 criteria, each named in both languages and worth up to 1000 points.",
            "评分标准须为 1 至 12 项，均有中英文名称，每项不超过 1000 分。",
        ));
    }
    Key::Criteria {
        criteria: given.criteria.clone(),
    }
}

fn mistake(code: UserErrorCode, field: &str, en: &'static str, zh: &'static str) -> UserError {
    UserError::new(code, &format!("input.{field}"), Text::new(en, zh))
}

/// What somebody answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Answer {
    /// These options, by their places with the author.
    Options {
        /// The places, in order, none twice.
        chosen: Vec<usize>,
    },
    /// True, or false.
    TrueFalse {
        /// Which.
        chosen: bool,
    },
    /// A number, in ten-thousandths.
    Number {
        /// The number.
        value: i64,
    },
    /// Words.
    Words {
        /// The words.
        text: String,
    },
}

/// An answer as it comes in: labels of options as the paper shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The labels of options.
    pub choices: Option<Vec<String>>,
    /// Is the statement true?
    pub is_true: Option<bool>,
    /// A number.
    pub number: Option<Decimal>,
    /// Words.
    pub text: Option<String>,
}

/// The label of an option by its place on the paper: A, B, C and so on.
#[must_use]
pub fn label(place: usize) -> String {
    u8::try_from(place)
        .ok()
        .and_then(|place| b'A'.checked_add(place))
        .map_or_else(String::new, |letter| char::from(letter).to_string())
}

/// What was answered to a question of that kind whose options come in that order; `None` takes the answer back.
///
/// # Errors
/// The mistake, when it is no answer to such a question. It never depends on what is right.
pub fn read(kind: QuestionKind, order: &[usize], said: &Said) -> Result<Option<Answer>, UserError> {
    let wrong = |field: &str, en, zh| mistake(UserErrorCode::Invalid, field, en, zh);
    let parts = [
        said.choices.is_some(),
        said.is_true.is_some(),
        said.number.is_some(),
        said.text.is_some(),
    ];
    match parts.iter().filter(|part| **part).count() {
        0 => return Ok(None),
        1 => {}
        _ => {
            return Err(wrong(
                "choices",
                "Give one kind of answer: choices, isTrue, number or text.",
                "只能填写一种答案：choices、isTrue、number 或 text。",
            ));
        }
    }
    match (kind, said) {
        (
            QuestionKind::Single | QuestionKind::Multiple,
            Said {
                choices: Some(labels),
                ..
            },
        ) => {
            let mut chosen = Vec::new();
            for given in labels {
                let place = order
                    .iter()
                    .enumerate()
                    .find(|(place, _)| label(*place) == *given);
                match place {
                    Some((_, option)) if !chosen.contains(option) => chosen.push(*option),
                    _ => {
                        return Err(wrong(
                            "choices",
                            "Name options by the labels of this paper, such as A, none twice.",
                            "请使用本试卷的选项标签（如 A），不能重复。",
                        ));
                    }
                }
            }
            if kind == QuestionKind::Single && chosen.len() > 1 {
                return Err(wrong(
                    "choices",
                    "This question takes one option.",
                    "本题为单选题。",
                ));
            }
            chosen.sort_unstable();
            Ok((!chosen.is_empty()).then_some(Answer::Options { chosen }))
        }
        (
            QuestionKind::TrueFalse,
            Said {
                is_true: Some(chosen),
                ..
            },
        ) => Ok(Some(Answer::TrueFalse { chosen: *chosen })),
        (
            QuestionKind::Number,
            Said {
                number: Some(number),
                ..
            },
        ) => Ok(Some(Answer::Number { value: number.0 })),
        (
            QuestionKind::Text | QuestionKind::Practical,
            Said {
                text: Some(text), ..
            },
        ) => {
            let text = text.trim();
            let hidden = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
            if text.chars().count() > 4_000 || text.chars().any(hidden) {
                return Err(wrong(
                    "text",
                    "An answer has at most 4000 characters and no control characters.",
                    "答案最多 4000 个字符，且不能包含控制字符。",
                ));
            }
            Ok((!text.is_empty()).then(|| Answer::Words {
                text: text.to_owned(),
            }))
        }
        _ => Err(wrong(
            "itemId",
            "This question takes another kind of answer: choices, isTrue, number or text, as its kind says.",
            "答案形式与题型不符，请按题型填写 choices、isTrue、number 或 text。",
        )),
    }
}

#[cfg(test)]
#[path = "question_tests.rs"]
mod tests;
