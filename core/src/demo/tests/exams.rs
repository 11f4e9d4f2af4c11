//! What holds for the bank and the exams.

use std::collections::BTreeSet;

use entity::enums::{ExamAttemptState, QuestionKind};

use super::company;
use crate::training::exams::rules::paper::{Cell, Entry, fits};

#[test]
fn the_bank_fills_every_exam_and_people_sat_them() {
    let rows = &company().exams;
    assert_eq!((rows.questions.len(), rows.exams.len()), (60, 3));
    let kinds: BTreeSet<QuestionKind> = rows.questions.iter().map(|row| row.kind).collect();
    assert_eq!(kinds.len(), 6);
    for (exam, pool) in rows.exams.iter().zip(&rows.pools) {
        let cells: Vec<Cell> = serde_json::from_value(exam.blueprint.clone()).expect("cells");
        let entries: Vec<Entry> = serde_json::from_value(pool.entries.clone()).expect("entries");
        assert_eq!(fits(&cells, &entries), Ok(()), "{}", exam.code);
    }
    let of = |state| {
        rows.attempts
            .iter()
            .filter(|row| row.state == state)
            .count()
    };
    assert!(
        of(ExamAttemptState::Graded) >= 15,
        "{}",
        of(ExamAttemptState::Graded)
    );
    assert!(
        of(ExamAttemptState::HandedIn) >= 1,
        "some answers wait for their marks"
    );
    let passed = rows
        .attempts
        .iter()
        .filter(|row| row.passed == Some(true))
        .count();
    let failed = rows
        .attempts
        .iter()
        .filter(|row| row.passed == Some(false))
        .count();
    assert!(passed > 5 && failed > 0, "{passed} passed, {failed} failed");
    assert!(
        rows.attempts
            .iter()
            .all(|row| row.handed_in_at.is_some_and(|at| at <= company().as_of))
    );
}
