//! What an answer gets by rule (自动评分).
//!
//! | Question | Right | Wrong | Not answered |
//! |---|---|---|---|
//! | single, true or false, number | the points | less the penalty | nought |
//! | multiple, all or nothing | exactly the right ones: the points | less the penalty | nought |
//! | multiple, proportional | (right ones chosen - wrong ones chosen) / right ones, of the points | nought or less: less the penalty | nought |
//! | text with key words | the share of groups of which a word is there | nought | nought |

use entity::enums::ExamPartialCredit;

use super::question::{Answer, Key};

/// By which an exam's answers are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scoring {
    /// What a partly right multiple choice gets.
    pub partial: ExamPartialCredit,
    /// The hundredths of a question's points that a wrong answer costs.
    pub penalty_percent: i32,
}

/// What an answer gets of a question's points, in ten-thousandths; `None` when people mark it.
#[must_use]
pub fn grade(key: &Key, answer: Option<&Answer>, points: i64, scoring: Scoring) -> Option<i64> {
    if key.is_by_hand() {
        return None;
    }
    let Some(answer) = answer else {
        return Some(0);
    };
    let wrong = -share(points, i64::from(scoring.penalty_percent), 100);
    let all = |right: bool| if right { points } else { wrong };
    Some(match (key, answer) {
        (Key::Options { correct }, Answer::Options { chosen }) => {
            match (scoring.partial, correct.len()) {
                (ExamPartialCredit::Proportional, many) if many > 1 => {
                    proportional(correct, chosen, points, wrong)
                }
                _ => all(correct == chosen),
            }
        }
        (Key::TrueFalse { correct }, Answer::TrueFalse { chosen }) => all(correct == chosen),
        (Key::Number { value, tolerance }, Answer::Number { value: said }) => {
            all((i128::from(*value) - i128::from(*said)).abs() <= i128::from(*tolerance))
        }
        (Key::Words { groups }, Answer::Words { text }) => {
            let found = groups.iter().filter(|group| has_one(text, group)).count();
            share(points, count(found), count(groups.len()))
        }
        _ => 0,
    })
}

fn proportional(correct: &[usize], chosen: &[usize], points: i64, wrong: i64) -> i64 {
    let hits = chosen.iter().filter(|one| correct.contains(one)).count();
    let net = count(hits) - count(chosen.len() - hits);
    if net > 0 {
        share(points, net, count(correct.len()))
    } else {
        wrong
    }
}

/// Is one of the words in the text, upper and lower case and blanks aside?
fn has_one(text: &str, words: &[String]) -> bool {
    let plain = |text: &str| {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let text = plain(text);
    words.iter().any(|word| text.contains(&plain(word)))
}

/// So many of so many parts of something, to the nearest ten-thousandth.
#[must_use]
pub fn share(whole: i64, part: i64, of: i64) -> i64 {
    if of <= 0 {
        return 0;
    }
    let (wide, of) = (i128::from(whole) * i128::from(part), i128::from(of));
    let rounded = (wide * 2 + of).div_euclid(of * 2);
    i64::try_from(rounded).unwrap_or(0)
}

fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

#[cfg(test)]
#[path = "grading_tests.rs"]
mod tests;
