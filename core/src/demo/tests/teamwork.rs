//! Rules, meetings and suggestions of the demo.

use std::collections::BTreeSet;

use entity::enums::{MeetingState, RuleBallotKind, RuleProposalState};

use super::company;
use crate::teamwork::charter::rules::vote::{Tally, Terms, outcome};
use crate::teamwork::meetings::rules::recurrence::days;

#[test]
fn what_was_adopted_was_adopted_by_the_figures() {
    let rows = &company().teamwork;
    assert_eq!((rows.rules.len(), rows.proposals.len()), (2, 4));
    for row in &rows.proposals {
        let ballots: Vec<_> = rows
            .ballots
            .iter()
            .filter(|ballot| ballot.proposal_id == row.id)
            .map(|ballot| ballot.choice)
            .collect();
        let Some(decided) = row.outcome else { continue };
        let count = |figure: Option<i32>| i64::from(figure.expect("figures"));
        let tally = Tally {
            yes: count(row.yes),
            no: count(row.no),
            abstain: count(row.abstain),
        };
        let terms = Terms {
            electors: count(row.electors),
            quorum_percent: i64::from(row.quorum_percent),
            majority_percent: i64::from(row.majority_percent),
        };
        assert_eq!(outcome(terms, tally), decided, "{}", row.title);
        match row.ballot {
            RuleBallotKind::Open => assert_eq!(Tally::of(&ballots), tally, "{}", row.title),
            RuleBallotKind::Secret => assert!(ballots.is_empty(), "{}", row.title),
        }
    }
    let voting = rows
        .proposals
        .iter()
        .filter(|row| row.state == RuleProposalState::Voting);
    assert!(voting.clone().count() > 0);
    for row in voting {
        assert!(
            row.voting_until
                .is_some_and(|until| until > company().as_of)
        );
    }
}

#[test]
fn a_series_meets_on_its_days() {
    let rows = &company().teamwork;
    let series = &rows.series[0];
    let met: Vec<_> = rows
        .meetings
        .iter()
        .filter(|row| row.series_id == Some(series.id))
        .filter_map(|row| row.series_day)
        .collect();
    let span = (series.first_day, series.planned_until);
    assert_eq!(met, days(series.rhythm, series.first_day, span));
    for row in &rows.meetings {
        let held = row.state == MeetingState::Held;
        assert_eq!(held, row.starts_at < company().as_of, "{}", row.title);
    }
}

#[test]
fn nobody_supports_or_handles_their_own() {
    let rows = &company().teamwork;
    for suggestion in &rows.suggestions {
        assert_ne!(suggestion.handler_id, Some(suggestion.author_id));
        let fans: BTreeSet<_> = rows
            .supports
            .iter()
            .filter(|row| row.suggestion_id == suggestion.id)
            .map(|row| row.member_id)
            .collect();
        assert!(!fans.contains(&suggestion.author_id));
        assert_eq!(usize::try_from(suggestion.supporters), Ok(fans.len()));
        let steps = rows
            .steps
            .iter()
            .filter(|row| row.suggestion_id == suggestion.id);
        for step in steps {
            let own = step.actor_id == Some(suggestion.author_id);
            assert!(!(own && suggestion.anonymous), "{}", suggestion.title);
        }
    }
}
