use entity::enums::ExamPartialCredit::{None as Whole, Proportional};
use proptest::collection::btree_set;
use proptest::prelude::*;

use super::*;

fn options(correct: &[usize]) -> Key {
    Key::Options {
        correct: correct.to_vec(),
    }
}

fn chosen(places: &[usize]) -> Option<Answer> {
    Some(Answer::Options {
        chosen: places.to_vec(),
    })
}

fn words(groups: &[&[&str]]) -> Key {
    Key::Words {
        groups: groups
            .iter()
            .map(|group| group.iter().map(ToString::to_string).collect())
            .collect(),
    }
}

fn said(text: &str) -> Option<Answer> {
    Some(Answer::Words {
        text: text.to_owned(),
    })
}

#[test]
fn answers_get_their_points() {
    let number = Key::Number {
        value: 380_000,
        tolerance: 5_000,
    };
    let is = |value| Some(Answer::Number { value });
    let truth = Key::TrueFalse { correct: true };
    let answered = |chosen| Some(Answer::TrueFalse { chosen });
    // Four points each; a wrong answer costs a quarter in the third column's exam.
    for (key, answer, partial, penalty, expected) in [
        // Single.
        (options(&[2]), chosen(&[2]), Whole, 25, 40_000),
        (options(&[2]), chosen(&[1]), Whole, 25, -10_000),
        (options(&[2]), chosen(&[1]), Whole, 0, 0),
        (options(&[2]), chosen(&[1]), Proportional, 25, -10_000),
        (options(&[2]), None, Whole, 25, 0),
        // Multiple, all or nothing.
        (options(&[0, 2]), chosen(&[0, 2]), Whole, 0, 40_000),
        (options(&[0, 2]), chosen(&[0]), Whole, 0, 0),
        (options(&[0, 2]), chosen(&[0, 1, 2]), Whole, 25, -10_000),
        // Multiple, by share.
        (options(&[0, 2]), chosen(&[0, 2]), Proportional, 0, 40_000),
        (options(&[0, 2]), chosen(&[0]), Proportional, 0, 20_000),
        (
            options(&[0, 2]),
            chosen(&[0, 1, 2]),
            Proportional,
            0,
            20_000,
        ),
        (options(&[0, 2]), chosen(&[0, 1]), Proportional, 0, 0),
        (options(&[0, 2]), chosen(&[0, 1]), Proportional, 25, -10_000),
        (options(&[0, 1, 2]), chosen(&[0]), Proportional, 0, 13_333),
        // True or false.
        (truth.clone(), answered(true), Whole, 0, 40_000),
        (truth.clone(), answered(false), Whole, 50, -20_000),
        // Number: 38, half a one more or less.
        (number.clone(), is(380_000), Whole, 0, 40_000),
        (number.clone(), is(375_000), Whole, 0, 40_000),
        (number.clone(), is(385_001), Whole, 0, 0),
        (number, is(i64::MIN), Whole, 0, 0),
        // Key words: one of each group, upper and lower case and blanks aside; never a penalty.
        (
            words(&[&["断电", "power off"], &["验电"]]),
            said("先断电，再验电"),
            Whole,
            25,
            40_000,
        ),
        (
            words(&[&["断电", "power off"], &["验电"]]),
            said("Power  OFF"),
            Whole,
            25,
            20_000,
        ),
        (words(&[&["断电"]]), said("no idea"), Whole, 25, 0),
    ] {
        let scoring = Scoring {
            partial,
            penalty_percent: penalty,
        };
        let found = grade(&key, answer.as_ref(), 40_000, scoring);
        assert_eq!(found, Some(expected), "{key:?} {answer:?} {scoring:?}");
    }
}

#[test]
fn people_mark_what_the_rule_cant() {
    let scoring = Scoring {
        partial: Whole,
        penalty_percent: 0,
    };
    let criteria = Key::Criteria {
        criteria: Vec::new(),
    };
    assert_eq!(grade(&criteria, None, 40_000, scoring), None);
    assert_eq!(
        grade(&words(&[]), said("x").as_ref(), 40_000, scoring),
        None
    );
    // What isn't answered is nought all the same, when the rule marks it.
    assert_eq!(grade(&words(&[&["x"]]), None, 40_000, scoring), Some(0));
}

proptest! {
    /// Never more than the points, never less than the penalty, and all of them only for exactly the right ones.
    #[test]
    fn points_stay_within_bounds(
        correct in btree_set(0_usize..6, 1..6), picked in btree_set(0_usize..6, 0..6),
        points in 1_i64..1_000_000, penalty in 0_i32..=100, proportional: bool,
    ) {
        let (correct, picked): (Vec<usize>, Vec<usize>) = (correct.into_iter().collect(), picked.into_iter().collect());
        let partial = if proportional { Proportional } else { Whole };
        let scoring = Scoring { partial, penalty_percent: penalty };
        let answer = (!picked.is_empty()).then(|| Answer::Options { chosen: picked.clone() });
        let got = grade(&options(&correct), answer.as_ref(), points, scoring).expect("by rule");
        prop_assert!(got <= points && got >= -share(points, i64::from(penalty), 100));
        if picked == correct {
            prop_assert_eq!(got, points);
        }
        if got == points && points > 6 {
            prop_assert_eq!(picked, correct);
        }
    }
}
