use std::collections::BTreeSet;

use chrono::TimeDelta;
use entity::enums::DispatchMode;

use super::{all_tickets, company};
use crate::tickets::dispatch::store::Recorded;

#[test]
fn decisions_follow_from_what_they_keep() {
    let company = company();
    assert!(company.requirements.len() > 20);
    let mut ids = BTreeSet::new();
    let (mut automatic, mut manual) = (0, 0);
    for rows in all_tickets() {
        let found = &rows.dispatch;
        for decision in &found.decisions {
            assert!(ids.insert(decision.id));
            assert!(decision.at <= company.as_of && decision.waited_seconds >= 0);
            assert!(company.as_of - rows.ticket.created_at <= TimeDelta::days(30));
            let of: Vec<_> = found
                .candidates
                .iter()
                .filter(|row| row.decision_id == decision.id)
                .collect();
            let first = of.iter().find(|row| row.rank == Some(1)).expect("somebody");
            assert!(
                of.iter()
                    .any(|row| Some(row.member_id) == decision.chosen_member_id)
            );
            match decision.mode {
                DispatchMode::Automatic => {
                    assert_eq!(Some(first.member_id), decision.chosen_member_id);
                    automatic += 1;
                }
                DispatchMode::Manual => {
                    assert!(decision.reason.is_some());
                    manual += 1;
                }
            }
            for row in of {
                let recorded = Recorded::of(row).expect("facts");
                assert_eq!(recorded.facts.member, row.member_id);
                assert_eq!(recorded.why.is_some(), row.rank.is_none());
            }
        }
    }
    assert!(automatic > 20 && manual > 5, "{automatic} {manual}");
}
