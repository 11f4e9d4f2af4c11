//! What is decided about appeals, over plain data.

use entity::enums::AppraisalResultCause;
use uuid::Uuid;

use crate::appraisals::rules::content::Content;
use crate::appraisals::rules::scoring::{Outcome, band_of, round};
use crate::decimal::Decimal;
use crate::error::Text;

/// Who could decide about an appeal.
#[derive(Clone, Copy, Debug)]
pub struct Judge {
    /// The account.
    pub user: Option<Uuid>,
    /// The member behind it.
    pub member: Option<Uuid>,
}

/// Who has to do with an appraisal.
#[derive(Clone, Debug)]
pub struct Parties {
    /// The member that it is about, who appealed.
    pub member: Uuid,
    /// The reviewer.
    pub reviewer: Option<Uuid>,
    /// Why each result was made, and by which account.
    pub results: Vec<(AppraisalResultCause, Option<Uuid>)>,
}

/// Is the judge one of those whose doing is judged? Computing a result isn't: it follows from what others said.
#[must_use]
pub fn involved(judge: Judge, parties: &Parties) -> bool {
    let is_party = judge
        .member
        .is_some_and(|me| me == parties.member || Some(me) == parties.reviewer);
    let made = |(cause, by): &(AppraisalResultCause, Option<Uuid>)| {
        *cause != AppraisalResultCause::Counted && by.is_some() && *by == judge.user
    };
    is_party || parties.results.iter().any(made)
}

/// The outcome with the score that an appeal has brought, and its band; everything else stays as it was computed.
///
/// # Errors
/// What is wrong with the score.
pub fn corrected(content: &Content, current: &Outcome, score: Decimal) -> Result<Outcome, Text> {
    if score > content.cap {
        return Err(Text::new(
            format!(
                "No score is above {}, the cap of the template.",
                content.cap
            ),
            format!("得分不得超过模板上限 {}。", content.cap),
        ));
    }
    if round(score, content.rounding) != score {
        let decimals = content.rounding.decimals;
        return Err(Text::new(
            format!("By the template a score has {decimals} decimals at most."),
            format!("按模板规定，得分最多保留 {decimals} 位小数。"),
        ));
    }
    if score <= current.score {
        return Err(Text::new(
            format!(
                "It is {} now: an upheld appeal raises the score.",
                current.score
            ),
            format!(
                "当前得分为 {}，申诉成立时得分须高于当前得分。",
                current.score
            ),
        ));
    }
    Ok(Outcome {
        score,
        band: band_of(content, score).to_owned(),
        ..current.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisals::templates::shipped::shipped;
    use crate::decimal::SCALE;

    fn content() -> Content {
        shipped().expect("a readable file").remove(0).content
    }

    fn outcome(score: i64) -> Outcome {
        Outcome {
            sections: Vec::new(),
            before: Decimal(score * SCALE),
            deductions: Vec::new(),
            score: Decimal(score * SCALE),
            capped: false,
            band: "competent".to_owned(),
        }
    }

    #[test]
    fn a_score_is_corrected_within_the_template() {
        let (content, current) = (content(), outcome(75));
        let raised = corrected(&content, &current, Decimal(90 * SCALE)).expect("it fits");
        assert_eq!(
            (raised.band.as_str(), raised.score),
            ("excellent", Decimal(90 * SCALE))
        );
        assert_eq!(raised.before, current.before, "what was computed stays");
        let refused = |score| corrected(&content, &current, Decimal(score)).is_err();
        assert!(refused(99 * SCALE), "above the cap");
        assert!(refused(80 * SCALE + 500), "two decimals");
        assert!(refused(75 * SCALE), "the same");
        assert!(refused(60 * SCALE), "worse");
        assert!(!refused(80 * SCALE + 5_000) && !refused(98 * SCALE));
    }

    #[test]
    fn whoever_had_a_hand_in_it_does_not_decide() {
        use AppraisalResultCause::{Appealed, Calibrated, Counted};
        let id = Uuid::from_u128;
        let parties = Parties {
            member: id(1),
            reviewer: Some(id(2)),
            results: vec![
                (Counted, Some(id(21))),
                (Calibrated, Some(id(22))),
                (Appealed, Some(id(23))),
                (Calibrated, None),
            ],
        };
        let judge = |user: Option<u128>, member: Option<u128>| Judge {
            user: user.map(id),
            member: member.map(id),
        };
        assert!(involved(judge(Some(20), Some(1)), &parties), "the member");
        assert!(involved(judge(Some(20), Some(2)), &parties), "the reviewer");
        assert!(involved(judge(Some(22), None), &parties), "who calibrated");
        assert!(
            involved(judge(Some(23), Some(3)), &parties),
            "who decided before"
        );
        assert!(
            !involved(judge(Some(21), Some(3)), &parties),
            "who had it computed"
        );
        assert!(!involved(judge(None, None), &parties), "nobody known");
        assert!(!involved(judge(Some(24), None), &parties));
    }
}
