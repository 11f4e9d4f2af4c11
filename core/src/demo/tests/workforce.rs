//! What holds for the demo company's skills, shifts and leave.

use std::collections::{BTreeMap, BTreeSet};

use entity::enums::LeaveState;

use super::company;

#[test]
fn shifts_follow_one_another_and_leave_does_not_overlap() {
    let company = company();
    let rows = &company.workforce;
    let mut ends = BTreeMap::new();
    for row in &rows.member_shifts {
        if let Some(end) = ends.insert(row.member_id, row.valid_to.expect("an end")) {
            assert!(row.valid_from >= end, "{row:?}");
        }
    }
    assert_eq!(ends.len(), 6);
    let mut times = BTreeMap::new();
    for row in &rows.leaves {
        assert!(
            row.starts_at < row.ends_at && row.created_at <= company.as_of,
            "{row:?}"
        );
        if let Some(end) = times.insert(row.member_id, row.ends_at) {
            assert!(row.starts_at >= end, "{row:?}");
        }
    }
}

#[test]
fn there_is_something_of_everything_to_look_at() {
    let company = company();
    let (rows, today, now) = (&company.workforce, company.today(), company.as_of);
    let left: BTreeSet<_> = company
        .people
        .members
        .iter()
        .filter(|row| row.left_on.is_some())
        .map(|row| row.id)
        .collect();
    assert!(
        rows.member_skills
            .iter()
            .all(|row| !left.contains(&row.member_id))
    );
    assert!(
        rows.member_skills
            .iter()
            .all(|row| (1..=5).contains(&row.level))
    );
    let until = |days: i64| today + chrono::TimeDelta::days(days);
    let ends = || {
        rows.member_certificates
            .iter()
            .filter_map(|row| row.expires_on)
    };
    assert!(ends().any(|end| end <= today), "a lapsed certificate");
    assert!(
        ends().any(|end| end > today && end <= until(30)),
        "one that runs out soon"
    );
    assert!(ends().any(|end| end > until(60)), "one that holds");
    let leave = |wanted: &dyn Fn(&entity::leave::Model) -> bool| rows.leaves.iter().any(wanted);
    assert!(leave(
        &|row| row.state == LeaveState::Requested && row.starts_at > now
    ));
    assert!(leave(
        &|row| row.state == LeaveState::Rejected && row.decision_note.is_some()
    ));
    assert!(leave(&|row| row.state == LeaveState::Approved
        && row.starts_at <= now
        && row.ends_at > now));
    // Nobody decided about their own.
    for row in &rows.leaves {
        let own = company
            .people
            .members
            .iter()
            .position(|member| member.id == row.member_id);
        let own = own.map(|place| company.accounts.users[company.accounts.of_member[place]].id);
        assert!(row.decided_by.is_none() || row.decided_by != own, "{row:?}");
    }
}
