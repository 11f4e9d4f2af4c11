//! Which version holds on a day, and which duties a question is about.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use entity::{position, position_version};

/// What is expected, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// What the holder does, in English and Chinese.
    pub duties: [String; 2],
    /// What the holder is to reach.
    pub goals: [String; 2],
    /// How good work is told.
    pub standards: [String; 2],
}

impl Expected {
    /// What a version says.
    #[must_use]
    pub fn of(version: &position_version::Model) -> Self {
        Self {
            duties: [version.duties.clone(), version.duties_zh.clone()],
            goals: [version.goals.clone(), version.goals_zh.clone()],
            standards: [version.standards.clone(), version.standards_zh.clone()],
        }
    }

    /// What the position's own row says, in the one language that it is written in.
    #[must_use]
    pub fn plain(position: &position::Model) -> Self {
        let twice = |text: &String| [text.clone(), text.clone()];
        Self {
            duties: twice(&position.duties),
            goals: twice(&position.goals),
            standards: twice(&position.standards),
        }
    }
}

/// What is expected of the holder of a position on a day.
#[must_use]
pub fn expected_on(
    position: &position::Model,
    versions: &[position_version::Model],
    day: NaiveDate,
) -> Expected {
    versions
        .iter()
        .filter(|version| version.position_id == position.id && version.valid_from <= day)
        .max_by_key(|version| version.valid_from)
        .map_or_else(|| Expected::plain(position), Expected::of)
}

/// What people say around the thing that they ask about.
const AROUND_ZH: [&str; 13] = [
    "谁来负责",
    "由谁负责",
    "谁负责",
    "是谁的",
    "哪个岗位",
    "谁处理",
    "负责",
    "职责",
    "岗位",
    "找谁",
    "谁",
    "的",
    "吗",
];
const AROUND_EN: [&str; 24] = [
    "a", "an", "and", "are", "by", "do", "does", "duty", "for", "has", "in", "is", "job", "of",
    "on", "or", "that", "the", "this", "to", "what", "who", "whose", "with",
];

/// The words of a text: Latin ones and numbers as they stand in lower case, Chinese ones in pairs of characters.
#[must_use]
pub fn words(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let (mut latin, mut han) = (String::new(), Vec::new());
    for c in text.chars().chain([' ']).flat_map(plain) {
        if is_han(c) {
            han.push(c);
        } else {
            pairs(&mut words, &mut han);
        }
        if c.is_alphanumeric() && !is_han(c) {
            latin.push(c);
        } else if !latin.is_empty() {
            words.insert(std::mem::take(&mut latin));
        }
    }
    words
}

/// What a question asks for: its words without those that any question has. Empty when nothing is left.
#[must_use]
pub fn asked(question: &str) -> BTreeSet<String> {
    let mut rest: String = question.chars().flat_map(plain).collect();
    for around in AROUND_ZH {
        rest = rest.replace(around, " ");
    }
    let mut asked = words(&rest);
    asked.retain(|word| !AROUND_EN.contains(&word.as_str()));
    asked
}

/// Full-width forms as plain ones, capitals as small letters.
fn plain(c: char) -> impl Iterator<Item = char> {
    let narrow = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    };
    narrow.to_lowercase()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

fn pairs(words: &mut BTreeSet<String>, han: &mut Vec<char>) {
    if let [only] = han.as_slice() {
        words.insert(only.to_string());
    }
    for pair in han.windows(2) {
        words.insert(pair.iter().collect());
    }
    han.clear();
}

/// How many of the asked words a text has. A Latin word is had by a longer form of it (`invoice` by `invoices`), a single
/// Chinese character by any pair with it.
#[must_use]
pub fn hits(asked: &BTreeSet<String>, text: &BTreeSet<String>) -> usize {
    let had = |word: &String| {
        let single = word.chars().all(is_han) && word.chars().count() == 1;
        text.iter().any(|other| {
            if single {
                other.contains(word.as_str())
            } else if word.chars().any(is_han) {
                other == word
            } else {
                other.starts_with(word.as_str())
            }
        })
    };
    asked.iter().filter(|word| had(word)).count()
}

/// A duty that answers a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The sentence of the duties.
    pub duty: String,
    /// How many of a hundred asked words it has, with the name of the position.
    pub score: u32,
}

/// The sentence of some duties that answers a question best; none when it has less than half of what is asked for.
#[must_use]
pub fn answer(asked: &BTreeSet<String>, names: [&str; 2], duties: &[String; 2]) -> Option<Answer> {
    if asked.is_empty() {
        return None;
    }
    let named = words(&names.join(" "));
    let mut best: Option<(usize, usize, String)> = None;
    for duty in duties.iter().flat_map(|text| sentences(text)) {
        let own = words(duty);
        let alone = hits(asked, &own);
        if alone == 0 {
            continue;
        }
        let all: BTreeSet<String> = own.union(&named).cloned().collect();
        let with_name = hits(asked, &all);
        if best
            .as_ref()
            .is_none_or(|(known, own, _)| (with_name, alone) > (*known, *own))
        {
            best = Some((with_name, alone, duty.to_owned()));
        }
    }
    let (found, _, duty) = best?;
    let score = u32::try_from(found * 100 / asked.len()).unwrap_or(100);
    (score >= 50).then_some(Answer { duty, score })
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '。', '；', ';', '.', '!', '！'])
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
