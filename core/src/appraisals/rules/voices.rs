//! What may be told of feedback: nothing of too few, and never who or when (匿名评价汇总).

use std::collections::BTreeMap;

use entity::enums::AppraisalFeedbackSource as Source;

use super::content::{Side, fewest};
use super::inputs::Voices;
use crate::decimal::{Decimal, SCALE};

/// What somebody said, without who or when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// From which side.
    pub source: Source,
    /// The rating of each question, 1 to 5.
    pub answers: BTreeMap<String, i32>,
    /// In words.
    pub comment: Option<String>,
}

/// What is told of a side of which enough was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// How many said something.
    pub answers: u32,
    /// The mean rating of each question.
    pub means: BTreeMap<String, Decimal>,
    /// What was said in words, in the order of the letters: of fewer people than the least number not one.
    pub comments: Vec<String>,
}

/// What was said, put together by side.
#[must_use]
pub fn together(said: &[Said]) -> BTreeMap<Source, Voices> {
    type Sums = BTreeMap<String, (i64, i64)>;
    let mut sums: BTreeMap<Source, (u32, Sums)> = BTreeMap::new();
    for one in said {
        let (answers, questions) = sums.entry(one.source).or_default();
        *answers += 1;
        for (question, rating) in &one.answers {
            let (sum, count) = questions.entry(question.clone()).or_default();
            *sum += i64::from(*rating);
            *count += 1;
        }
    }
    let mean = |(sum, count): (i64, i64)| Decimal((sum * SCALE * 2 + count).div_euclid(count * 2));
    sums.into_iter()
        .map(|(source, (answers, questions))| {
            let means = questions
                .into_iter()
                .map(|(question, sums)| (question, mean(sums)))
                .collect();
            (source, Voices { answers, means })
        })
        .collect()
}

/// What may be told of a side: none when fewer than the least number said something. A question that fewer answered isn't told,
/// and comments only when as many wrote one.
#[must_use]
pub fn told(side: Side, said: &[Said]) -> Option<Told> {
    let least = side.least.max(fewest(side.source));
    let of_side: Vec<Said> = said
        .iter()
        .filter(|one| one.source == side.source)
        .cloned()
        .collect();
    let voices = together(&of_side).remove(&side.source)?;
    if voices.answers < least {
        return None;
    }
    let answered = |question: &String| {
        let count = of_side
            .iter()
            .filter(|one| one.answers.contains_key(question))
            .count();
        u32::try_from(count).unwrap_or(u32::MAX) >= least
    };
    let mut comments: Vec<String> = of_side
        .iter()
        .filter_map(|one| one.comment.clone())
        .collect();
    if u32::try_from(comments.len()).unwrap_or(u32::MAX) < least {
        comments.clear();
    }
    comments.sort();
    Some(Told {
        answers: voices.answers,
        means: voices
            .means
            .into_iter()
            .filter(|(question, _)| answered(question))
            .collect(),
        comments,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(source: Source, rating: i32, comment: Option<&str>) -> Said {
        Said {
            source,
            answers: BTreeMap::from([("helps".to_owned(), rating)]),
            comment: comment.map(str::to_owned),
        }
    }

    const PEERS: Side = Side {
        source: Source::Peer,
        weight: 40,
        least: 3,
    };

    #[test]
    fn of_too_few_nothing_is_told() {
        let two = [
            said(Source::Peer, 5, Some("a")),
            said(Source::Peer, 1, Some("b")),
        ];
        assert_eq!(told(PEERS, &two), None);
        // Others don't make up for it.
        let others = [
            two[0].clone(),
            two[1].clone(),
            said(Source::Superior, 5, None),
        ];
        assert_eq!(told(PEERS, &others), None);
        // A template can't ask for less than the house does.
        assert_eq!(told(Side { least: 1, ..PEERS }, &two), None);
    }

    #[test]
    fn of_enough_the_mean_is_told_and_comments_in_no_order_of_time() {
        let three = [
            said(Source::Peer, 5, Some("Zeal.")),
            said(Source::Peer, 4, Some("Calm.")),
            said(Source::Peer, 4, Some("Kind.")),
        ];
        let told = told(PEERS, &three).expect("enough");
        assert_eq!(told.answers, 3);
        assert_eq!(told.means["helps"].to_string(), "4.3333");
        assert_eq!(told.comments, ["Calm.", "Kind.", "Zeal."]);
    }

    #[test]
    fn a_comment_of_one_and_a_question_of_two_stay_untold() {
        let mut three = [
            said(Source::Peer, 5, Some("Only me.")),
            said(Source::Peer, 4, None),
            said(Source::Peer, 4, None),
        ];
        three[0].answers.clear();
        let told = told(PEERS, &three).expect("enough");
        assert!(told.comments.is_empty() && told.means.is_empty());
    }
}
