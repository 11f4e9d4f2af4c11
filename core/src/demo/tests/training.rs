//! What holds for courses, sessions and the ledger of hours.

use std::collections::{BTreeMap, BTreeSet};

use entity::enums::{TrainingAttendance, TrainingEnrolmentState, TrainingSessionState};

use super::company;

#[test]
fn sessions_never_hold_more_than_they_have_room_for() {
    let rows = &company().training;
    assert!(rows.sessions.len() > 50, "{} sessions", rows.sessions.len());
    for session in &rows.sessions {
        let of = |state| {
            rows.enrolments
                .iter()
                .filter(|row| row.session_id == session.id && row.state == state)
                .count()
        };
        let (taken, waiting) = (
            of(TrainingEnrolmentState::Enrolled),
            of(TrainingEnrolmentState::Waiting),
        );
        assert!(taken <= usize::try_from(session.capacity).expect("a capacity"));
        assert!(waiting == 0 || session.state == TrainingSessionState::Open);
        assert!(session.state != TrainingSessionState::Held || session.ends_at <= company().as_of);
    }
    let waits =
        |row: &&entity::training_enrolment::Model| row.state == TrainingEnrolmentState::Waiting;
    assert!(
        rows.enrolments.iter().any(|row| waits(&row)),
        "somebody waits"
    );
}

#[test]
fn the_ledger_follows_from_attendance_and_studies() {
    let rows = &company().training;
    let attended: i32 = rows.enrolments.iter().filter_map(|row| row.minutes).sum();
    let booked = |external: bool| -> i32 {
        rows.hours
            .iter()
            .filter(|row| row.study_id.is_some() == external)
            .map(|row| row.minutes)
            .sum()
    };
    assert_eq!(booked(false), attended);
    assert!(booked(true) > 0);
    assert!(
        rows.hours
            .iter()
            .all(|row| row.booked_at <= company().as_of)
    );
    let absent = |row: &entity::training_enrolment::Model| {
        row.attendance == Some(TrainingAttendance::Absent)
    };
    assert!(rows.enrolments.iter().any(absent));
}

#[test]
fn some_learn_enough_in_a_year_and_some_do_not() {
    let rows = &company().training;
    let mut minutes: BTreeMap<_, i32> = BTreeMap::new();
    for row in &rows.hours {
        *minutes.entry(row.member_id).or_default() += row.minutes;
    }
    let enough = minutes.values().filter(|sum| **sum >= 40 * 60).count();
    assert!(
        enough > 5 && enough < minutes.len() - 5,
        "{enough} of {}",
        minutes.len()
    );
    let keys: BTreeSet<_> = rows.enrolments.iter().map(|row| row.id).collect();
    assert_eq!(keys.len(), rows.enrolments.len());
    assert!(
        rows.feedbacks
            .iter()
            .all(|row| keys.contains(&row.enrolment_id))
    );
}
