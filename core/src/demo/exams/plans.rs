//! The exams in short, and how their questions are answered.

use entity::enums::{ExamPublication, ExamState, QuestionKind};

use crate::decimal::SCALE;
use crate::demo::random::Chance;
use crate::demo::text::questions::Right;
use crate::training::exams::rules::question::{Answer, Choice, Criterion, Key};

/// An exam in short.
pub struct Plan {
    /// Its code.
    pub code: &'static str,
    /// Its names.
    pub names: (&'static str, &'static str),
    /// What has become of it.
    pub state: ExamState,
    /// Opens and closes, in days from today.
    pub window: (i64, i64),
    /// Topic, kind, count and points.
    pub cells: &'static [(&'static str, Option<QuestionKind>, u32, i64)],
    /// When results are published.
    pub publication: ExamPublication,
    /// May everybody sit it?
    pub open_to_all: bool,
    /// What passing grants.
    pub certificate: Option<&'static str>,
}

/// What is over.
pub const BASIC: Plan = Plan {
    code: "service.basic",
    names: ("Basics of service", "服务基础考试"),
    state: ExamState::Closed,
    window: (-75, -45),
    cells: &[
        ("service.talk", Some(QuestionKind::Single), 2, 10),
        ("service.talk", Some(QuestionKind::TrueFalse), 2, 5),
        ("service.talk", Some(QuestionKind::Multiple), 2, 10),
        ("company.rules", Some(QuestionKind::Number), 3, 10),
        ("company.rules", Some(QuestionKind::Single), 2, 10),
    ],
    publication: ExamPublication::Closed,
    open_to_all: true,
    certificate: None,
};
/// What people mark.
pub const CHARGING: Plan = Plan {
    code: "charging.grade2",
    names: ("Charging stations, second grade", "充电设备二级考试"),
    state: ExamState::Active,
    window: (-20, 40),
    cells: &[
        ("charging.safety", Some(QuestionKind::Single), 2, 10),
        ("charging.safety", Some(QuestionKind::TrueFalse), 2, 10),
        ("charging.safety", Some(QuestionKind::Text), 1, 30),
        ("charging.safety", Some(QuestionKind::Practical), 1, 30),
    ],
    publication: ExamPublication::Graded,
    open_to_all: false,
    certificate: Some("charging.2"),
};
/// What everybody can sit now.
pub const SAFETY: Plan = Plan {
    code: "safety.yearly",
    names: ("Yearly safety test", "年度安全考试"),
    state: ExamState::Active,
    window: (-5, 60),
    cells: &[
        ("charging.safety", Some(QuestionKind::Single), 2, 10),
        ("solar.storage", Some(QuestionKind::Single), 2, 10),
        ("solar.storage", Some(QuestionKind::TrueFalse), 2, 10),
        ("climate.repair", Some(QuestionKind::TrueFalse), 2, 10),
        ("water.service", Some(QuestionKind::Number), 2, 10),
    ],
    publication: ExamPublication::Graded,
    open_to_all: true,
    certificate: None,
};

/// How a question is answered, its options, and what is right.
pub fn made(right: Right) -> (QuestionKind, Vec<Choice>, Key) {
    let choices = |options: &[(&str, &str)]| -> Vec<Choice> {
        let choice = |(text, text_zh): &(&str, &str)| Choice {
            text: (*text).to_owned(),
            text_zh: (*text_zh).to_owned(),
        };
        options.iter().map(choice).collect()
    };
    match right {
        Right::One(options) => {
            let key = Key::Options { correct: vec![0] };
            (QuestionKind::Single, choices(options), key)
        }
        Right::Many(count, options) => {
            let correct = (0..count).collect();
            (
                QuestionKind::Multiple,
                choices(options),
                Key::Options { correct },
            )
        }
        Right::Truth(correct) => (
            QuestionKind::TrueFalse,
            Vec::new(),
            Key::TrueFalse { correct },
        ),
        Right::Number(value, tolerance) => {
            let (value, tolerance) = (value * SCALE, tolerance * SCALE);
            (
                QuestionKind::Number,
                Vec::new(),
                Key::Number { value, tolerance },
            )
        }
        Right::Words(groups) => {
            let words = |group: &&[&str]| group.iter().map(ToString::to_string).collect();
            let groups = groups.iter().map(words).collect();
            (QuestionKind::Text, Vec::new(), Key::Words { groups })
        }
        Right::Criteria(all) => {
            let criterion = |(name, name_zh, points): &(&str, &str, i64)| Criterion {
                name: (*name).to_owned(),
                name_zh: (*name_zh).to_owned(),
                points: points * SCALE,
            };
            let criteria = all.iter().map(criterion).collect();
            (
                QuestionKind::Practical,
                Vec::new(),
                Key::Criteria { criteria },
            )
        }
    }
}

/// What somebody answers who knows it, or doesn't.
pub fn answered(key: &Key, options: usize, knows: bool, chance: &mut Chance) -> Option<Answer> {
    Some(match key {
        Key::Options { correct } if knows => Answer::Options {
            chosen: correct.clone(),
        },
        Key::Options { .. } => Answer::Options {
            chosen: vec![chance.below(options)],
        },
        Key::TrueFalse { correct } => Answer::TrueFalse {
            chosen: *correct == knows,
        },
        Key::Number { value, .. } if knows => Answer::Number { value: *value },
        Key::Number { value, .. } => Answer::Number { value: value * 2 },
        Key::Words { .. } => Answer::Words {
            text: "先断电上锁，等待放电，再用万用表验电确认。".to_owned(),
        },
        Key::Criteria { .. } => return None,
    })
}
