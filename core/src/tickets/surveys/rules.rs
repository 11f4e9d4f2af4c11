//! Pure decisions about surveys and their answers.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::SurveyState;

use crate::check::Checks;
use crate::error::{Text, UserError, UserErrorCode};

/// The longest comment, in characters.
pub const COMMENT_MAX: usize = 2_000;
/// Ratings go from 1 (bad) to 5 (good).
pub const RATINGS: std::ops::RangeInclusive<i32> = 1..=5;
/// From this rating on a customer is satisfied.
pub const SATISFIED: i32 = 4;

/// What has become of a survey at a moment: an open one expires by the clock.
#[must_use]
pub fn state(kept: SurveyState, expires_at: DateTime<Utc>, now: DateTime<Utc>) -> SurveyState {
    if kept == SurveyState::Open && now >= expires_at {
        SurveyState::Expired
    } else {
        kept
    }
}

/// Until when a survey can be answered.
#[must_use]
pub fn expires(sent_at: DateTime<Utc>, days: i64) -> DateTime<Utc> {
    sent_at + TimeDelta::days(days)
}

/// Can it be answered in this state?
///
/// # Errors
/// `WRONG_STATE` that says what has become of it.
pub fn check_open(state: SurveyState) -> Result<(), UserError> {
    let (en, zh) = match state {
        SurveyState::Open => return Ok(()),
        SurveyState::Answered => (
            "This survey has been answered already. Thank you!",
            "该问卷已填写，感谢您的评价！",
        ),
        SurveyState::Expired => (
            "The time to answer this survey is over.",
            "该问卷已过有效期。",
        ),
        SurveyState::Withdrawn => (
            "We are working on this request again; you will be asked anew when it is resolved.",
            "该工单已重新处理，本次问卷已撤回；解决后将再次邀请您评价。",
        ),
    };
    Err(UserError::new(
        UserErrorCode::WrongState,
        "",
        Text::new(en, zh),
    ))
}

/// An answer as it was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The whole, 1 to 5.
    pub rating: i32,
    /// How quick it was, 1 to 5.
    pub response: Option<i32>,
    /// How friendly it was, 1 to 5.
    pub attitude: Option<i32>,
    /// How good the solution was, 1 to 5.
    pub solution: Option<i32>,
    /// In the customer's words.
    pub comment: Option<String>,
}

/// Looks an answer over.
///
/// # Errors
/// All mistakes, each at its field.
pub fn check(given: Given) -> crate::error::Result<Given> {
    let mut checks = Checks::default();
    for (field, value) in [
        ("input.rating", Some(given.rating)),
        ("input.response", given.response),
        ("input.attitude", given.attitude),
        ("input.solution", given.solution),
    ] {
        let fits = value.is_none_or(|value| RATINGS.contains(&value));
        checks.ensure(fits, UserErrorCode::Invalid, field, || {
            Text::new(
                "A rating goes from 1 (bad) to 5 (good).",
                "评分为 1（差）至 5（好）。",
            )
        });
    }
    let comment = checks.optional_body("input.comment", given.comment.as_deref(), COMMENT_MAX);
    checks.done()?;
    Ok(Given { comment, ..given })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_416_800, 0).expect("a valid time") + TimeDelta::days(day)
    }

    #[test]
    fn an_open_survey_expires_by_the_clock() {
        use SurveyState::{Answered, Expired, Open, Withdrawn};
        for (kept, day, seen) in [
            (Open, 13, Open),
            (Open, 14, Expired),
            (Open, 400, Expired),
            (Answered, 400, Answered),
            (Withdrawn, 400, Withdrawn),
            (Expired, 1, Expired),
        ] {
            assert_eq!(
                state(kept, expires(at(0), 14), at(day)),
                seen,
                "{kept:?} on day {day}"
            );
        }
    }

    #[test]
    fn only_an_open_survey_is_answered() {
        for state in [
            SurveyState::Open,
            SurveyState::Answered,
            SurveyState::Expired,
            SurveyState::Withdrawn,
        ] {
            assert_eq!(check_open(state).is_ok(), state == SurveyState::Open);
        }
    }

    #[test]
    fn ratings_are_one_to_five() {
        let fields = |given: Given| match check(given) {
            Ok(_) => Vec::new(),
            Err(crate::error::Error::User(errors)) => errors
                .into_iter()
                .map(|error| error.field.join("."))
                .collect(),
            Err(other) => panic!("{other}"),
        };
        let given = |rating, response| Given {
            rating,
            response,
            ..Given::default()
        };
        for (given, expected) in [
            (given(1, None), vec![]),
            (given(5, Some(5)), vec![]),
            (given(0, None), vec!["input.rating"]),
            (given(6, Some(0)), vec!["input.rating", "input.response"]),
            (
                Given {
                    comment: Some("好".repeat(COMMENT_MAX + 1)),
                    ..given(3, None)
                },
                vec!["input.comment"],
            ),
        ] {
            assert_eq!(fields(given.clone()), expected, "{given:?}");
        }
        let blank = Given {
            comment: Some("  ".to_owned()),
            ..given(3, None)
        };
        assert_eq!(check(blank).expect("it is fine").comment, None);
    }
}
