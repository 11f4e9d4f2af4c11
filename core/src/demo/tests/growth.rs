//! The demo company's people grow believably.

use std::collections::BTreeSet;

use super::company;

#[test]
fn newcomers_have_mentors_and_winners_prizes() {
    let rows = &company().growth;
    assert!(rows.pairs.len() >= 3, "{}", rows.pairs.len());
    let newcomers: BTreeSet<_> = rows.pairs.iter().map(|pair| pair.newcomer_id).collect();
    assert_eq!(newcomers.len(), rows.pairs.len(), "one mentor each");
    assert!(
        rows.pairs
            .iter()
            .all(|pair| pair.mentor_id != pair.newcomer_id)
    );
    let judges: BTreeSet<_> = rows.judges.iter().map(|row| row.member_id).collect();
    assert!(judges.len() >= 3, "{judges:?}");
    assert!(
        rows.entrants
            .iter()
            .all(|row| row.contest_id != rows.contests[0].id || !judges.contains(&row.member_id))
    );
    assert!(rows.awards.iter().any(|award| award.rank == 1));
    assert!(rows.enrolments.len() >= 5 && !rows.proposed.is_empty());
}
