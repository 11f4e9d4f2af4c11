//! The form of a template: which sides are asked, what, and whether it was filled in (评价表).

use std::collections::BTreeMap;

use entity::enums::AppraisalFeedbackSource as Source;

use crate::appraisals::rules::content::{Content, Criterion, Measure, Side, fewest};
use crate::error::{Text, UserError, UserErrorCode};

/// What a template asks of whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// From which sides.
    pub sides: Vec<Side>,
    /// What.
    pub questions: Vec<Criterion>,
}

impl Form {
    /// The form of a template; none when it has no feedback in it.
    #[must_use]
    pub fn of(content: &Content) -> Option<Self> {
        content
            .sections
            .iter()
            .find_map(|section| match &section.measure {
                Measure::Feedback { sources, questions } => Some(Self {
                    sides: sources.clone(),
                    questions: questions.clone(),
                }),
                _ => None,
            })
    }

    /// Is this side asked?
    #[must_use]
    pub fn asks(&self, source: Source) -> bool {
        self.sides.iter().any(|side| side.source == source)
    }

    /// Of how many answers of a side something is told: what the template says, and never fewer than the house does.
    #[must_use]
    pub fn least(&self, source: Source) -> u32 {
        let side = self.sides.iter().find(|side| side.source == source);
        side.map_or(0, |side| side.least).max(fewest(source))
    }

    /// The ratings by question, when every question has one from 1 to 5.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub fn filled(
        &self,
        answers: &[(String, i32)],
    ) -> Result<BTreeMap<String, i32>, Vec<UserError>> {
        let mut ratings = BTreeMap::new();
        let mut mistakes = Vec::new();
        for (place, (question, rating)) in answers.iter().enumerate() {
            let field = |name| format!("input.answers.{place}.{name}");
            if !self.questions.iter().any(|one| one.key == *question) {
                let text = Text::new("There is no such question.", "没有该题目。");
                mistakes.push(UserError::new(
                    UserErrorCode::NotFound,
                    &field("question"),
                    text,
                ));
            } else if !(1..=5).contains(rating) {
                let text = Text::new("A rating is 1 to 5.", "评分须为 1 至 5。");
                mistakes.push(UserError::new(
                    UserErrorCode::Invalid,
                    &field("rating"),
                    text,
                ));
            } else if ratings.insert(question.clone(), *rating).is_some() {
                let text = Text::new("This question is answered twice.", "该题目重复作答。");
                mistakes.push(UserError::new(
                    UserErrorCode::Invalid,
                    &field("question"),
                    text,
                ));
            }
        }
        let open = |one: &&Criterion| !answers.iter().any(|(question, _)| *question == one.key);
        let open: Vec<&Criterion> = self.questions.iter().filter(open).collect();
        if !open.is_empty() {
            let names = |name: fn(&Criterion) -> &str| {
                let names: Vec<&str> = open.iter().map(|one| name(one)).collect();
                names.join(", ")
            };
            let text = Text::new(
                format!(
                    "Answer every question: a figure with fewer people behind it would tell who they are. Open: {}.",
                    names(|one| &one.name)
                ),
                format!(
                    "每题均须作答，否则人数过少的统计会暴露身份。未作答：{}。",
                    names(|one| &one.name_zh)
                ),
            );
            mistakes.push(UserError::new(UserErrorCode::Blank, "input.answers", text));
        }
        if mistakes.is_empty() {
            Ok(ratings)
        } else {
            Err(mistakes)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Form {
        let question = |key: &str| Criterion {
            key: key.to_owned(),
            name: key.to_owned(),
            name_zh: key.to_owned(),
            weight: 50,
        };
        let side = |source, least| Side {
            source,
            weight: 50,
            least,
        };
        Form {
            sides: vec![side(Source::Peer, 1), side(Source::Superior, 2)],
            questions: vec![question("expertise"), question("cooperation")],
        }
    }

    fn mistakes(answers: &[(&str, i32)]) -> Vec<(UserErrorCode, String)> {
        let answers: Vec<(String, i32)> = answers
            .iter()
            .map(|(key, rating)| ((*key).to_owned(), *rating))
            .collect();
        let mistakes = form().filled(&answers).err().unwrap_or_default();
        mistakes
            .into_iter()
            .map(|one| (one.code, one.field.join(".")))
            .collect()
    }

    #[test]
    fn every_question_has_one_answer() {
        use UserErrorCode::{Blank, Invalid, NotFound};
        let at = |code, field: &str| (code, field.to_owned());
        assert_eq!(mistakes(&[("expertise", 5), ("cooperation", 1)]), []);
        assert_eq!(
            mistakes(&[("expertise", 5)]),
            [at(Blank, "input.answers")],
            "one is open"
        );
        assert_eq!(
            mistakes(&[("expertise", 0), ("cooperation", 6)]),
            [
                at(Invalid, "input.answers.0.rating"),
                at(Invalid, "input.answers.1.rating")
            ]
        );
        assert_eq!(
            mistakes(&[("expertise", 4), ("expertise", 4), ("looks", 1)]),
            [
                at(Invalid, "input.answers.1.question"),
                at(NotFound, "input.answers.2.question"),
                at(Blank, "input.answers")
            ]
        );
    }

    #[test]
    fn a_template_asks_for_no_less_than_the_house_does() {
        assert_eq!(form().least(Source::Peer), 3);
        assert_eq!(form().least(Source::Superior), 2);
        assert!(form().asks(Source::Peer) && !form().asks(Source::Own));
    }
}
