//! What holds for handovers, credit and surveys of every demo company.

use std::collections::{BTreeMap, BTreeSet};

use entity::enums::{FollowUpState, HandoverState, SurveyState, TicketStage};

use super::{all_tickets, company};

#[test]
fn what_comes_after_the_work_fits_the_tickets() {
    let company = company();
    let mut ratings: BTreeMap<i32, usize> = BTreeMap::new();
    let (mut sent, mut done, mut seen) = (0, 0, BTreeSet::new());
    let mut states = BTreeSet::new();
    for rows in all_tickets() {
        let (ticket, after) = (&rows.ticket, &rows.aftermath);
        let number = ticket.number;
        let resolutions = rows
            .entries
            .iter()
            .filter(|entry| entry.stage == TicketStage::Feedback)
            .count();
        assert_eq!(after.surveys.len(), resolutions, "{number}: one each round");
        for survey in &after.surveys {
            let shares = after
                .credits
                .iter()
                .filter(|credit| credit.round == survey.round);
            let total: i32 = shares.map(|credit| credit.share).sum();
            assert_eq!(total, 10_000, "{number}");
            let answer = after
                .answers
                .iter()
                .find(|answer| answer.survey_id == survey.id);
            assert_eq!(
                answer.is_some(),
                survey.state == SurveyState::Answered,
                "{number}"
            );
            let in_time = answer.is_none_or(|answer| {
                survey.sent_at < answer.answered_at
                    && answer.answered_at < survey.expires_at
                    && answer.answered_at <= company.as_of
            });
            assert!(in_time, "{number}");
            let low = answer.is_some_and(|answer| answer.rating <= 2);
            let followed = after
                .follow_ups
                .iter()
                .filter(|row| row.survey_id == survey.id)
                .count();
            assert_eq!(followed, usize::from(low), "{number}");
            sent += 1;
        }
        for answer in &after.answers {
            *ratings.entry(answer.rating).or_default() += 1;
        }
        done += after
            .follow_ups
            .iter()
            .filter(|row| row.state == FollowUpState::Done)
            .count();
        for handover in &after.handovers {
            states.insert(handover.state);
            assert_eq!(
                handover.state == HandoverState::Accepted,
                ticket.owner_id == Some(handover.to_member_id),
                "{number}"
            );
            let open = handover.state == HandoverState::Offered;
            assert_eq!(handover.answered_at.is_none(), open, "{number}");
            assert!(!open || ticket.closed_at.is_none(), "{number}");
        }
        let ids = (after.handovers.iter().map(|row| row.id))
            .chain(after.credits.iter().map(|row| row.id))
            .chain(after.surveys.iter().map(|row| row.id))
            .chain(after.answers.iter().map(|row| row.id))
            .chain(after.follow_ups.iter().map(|row| row.id));
        assert!(
            ids.into_iter().all(|id| seen.insert(id)),
            "an id stands twice"
        );
    }
    let answered: usize = ratings.values().sum();
    let good = ratings.get(&5).unwrap_or(&0) + ratings.get(&4).unwrap_or(&0);
    let (rate, satisfied) = (answered * 100 / sent, good * 100 / answered);
    assert!((45..75).contains(&rate), "{rate}");
    assert!((75..93).contains(&satisfied), "{satisfied}");
    assert!(done > 0 && states.len() >= 3, "{done} {states:?}");
}
