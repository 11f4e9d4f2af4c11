use std::collections::BTreeSet;

use aftercare::access::Permission;
use aftercare::identity;
use aftercare::training::exams::{AttemptFacts, ScopeFacts, lends, lends_attempt};
use entity::{exam, exam_attempt};
use uuid::Uuid;

use crate::scopes::hold_equal_with;
use crate::support::app::TestApp;
use crate::support::company::{self, LOGINS};
use crate::support::data::start;
use crate::support::database::both_databases;

both_databases! {
    /// What a reach means for exams and attempts is the same in SQL and in plain words.
    async fn sql_and_predicate_mean_the_same(app: TestApp) {
        let data = company::data();
        let rows = &data.exams;
        let exams: Vec<(Uuid, ScopeFacts)> = rows.exams.iter().map(|row| {
            let facts = ScopeFacts {
                exam: row.clone(),
                candidates: BTreeSet::new(),
                assessors: rows.assessors.iter().filter(|one| one.exam_id == row.id).map(|one| one.member_id).collect(),
                sitters: rows.attempts.iter().filter(|one| one.exam_id == row.id).map(|one| one.member_id).collect(),
            };
            (row.id, facts)
        }).collect();
        let attempts: Vec<(Uuid, AttemptFacts)> = rows.attempts.iter().map(|row| {
            let facts = AttemptFacts {
                attempt: row.clone(),
                exam: rows.exams.iter().find(|exam| exam.id == row.exam_id).expect("its exam").clone(),
                assignments: data.assignments.iter().filter(|one| one.member_id == row.member_id).cloned().collect(),
            };
            (row.id, facts)
        }).collect();
        for login in LOGINS.into_iter().chain(["colleague", "mover", "leaver"]) {
            let actor = app.as_(login).await;
            let viewer = identity::authenticate(&app, actor.token(), start()).await.expect("a viewer");
            let standing = &*viewer.standing;
            let lent = exams.iter().filter(|(_, facts)| lends(facts, Permission::ExamRead, standing)).map(|(id, _)| *id).collect();
            hold_equal_with::<exam::Entity>(&app.db, &exams, standing, &lent).await;
            let lent = attempts.iter().filter(|(_, facts)| lends_attempt(facts, Permission::ExamResultRead, standing)).map(|(id, _)| *id).collect();
            hold_equal_with::<exam_attempt::Entity>(&app.db, &attempts, standing, &lent).await;
        }
    }
}
