use std::collections::BTreeSet;

use aftercare::identity;
use aftercare::organisation::MemberFacts;
use aftercare::organisation::opinions::RoundFacts;
use entity::{
    competency_assessment, probation, probation_review, rotation, staff_survey_question,
    staff_survey_round, talent_evidence, talent_proposal,
};
use serde_json::json;
use uuid::Uuid;

use crate::scopes::hold_equal;
use crate::support::app::TestApp;
use crate::support::company::{self, LOGINS, id};
use crate::support::data::{Table, days_ago, start};
use crate::support::database::both_databases;

both_databases! {
    /// What a reach means for these tables is the same in SQL and in plain words.
    async fn sql_and_predicate_mean_the_same(app: TestApp) {
        let data = company::data();
        let rows = &data.people;
        let facts = |member: Uuid| MemberFacts {
            member: data.members.iter().find(|row| row.id == member).expect("the member").clone(),
            assignments: data.assignments.iter().filter(|row| row.member_id == member).cloned().collect(),
        };
        let round = RoundFacts {
            round: rows.rounds[0].clone(),
            invited: rows.invitations.iter().map(|row| row.member_id).collect::<BTreeSet<_>>(),
        };
        let rounds = vec![(round.round.id, round.clone())];
        let questions: Vec<_> = rows.questions.iter().map(|row| (row.id, round.clone())).collect();
        let about = |proposal: Uuid| rows.proposals.iter().find(|row| row.id == proposal).expect("its proposal").member_id;
        let evidence: Vec<_> = rows.evidence.iter().map(|row| (row.id, facts(about(row.proposal_id)))).collect();
        for login in LOGINS.into_iter().chain(["colleague", "mover", "leaver"]) {
            let actor = app.as_(login).await;
            let viewer = identity::authenticate(&app, actor.token(), start()).await.expect("a viewer");
            let standing = &*viewer.standing;
            macro_rules! members {
                ($($field:ident of $table:ident),*) => {$({
                    let rows: Vec<_> = rows.$field.iter().map(|row| (row.id, facts(row.member_id))).collect();
                    hold_equal::<$table::Entity>(&app.db, &rows, standing).await;
                })*};
            }
            members!(assessments of competency_assessment, probations of probation, reviews of probation_review, rotations of rotation, proposals of talent_proposal);
            hold_equal::<talent_evidence::Entity>(&app.db, &evidence, standing).await;
            hold_equal::<staff_survey_round::Entity>(&app.db, &rounds, standing).await;
            hold_equal::<staff_survey_question::Entity>(&app.db, &questions, standing).await;
        }
    }

    /// A longer list takes no more statements.
    async fn lists_take_a_fixed_number_of_statements(app: TestApp) {
        let hr = app.as_("hr").await;
        let documents = [
            "{ probations { nodes { due member { number } reviews { outcome } } } }",
            "{ rotations { nodes { member { number } team { code } assignment { role } } } }",
            "{ talentProposals { nodes { member { number } position { code } gap { fit } evidence { assessment { level } hoursBooked } } } }",
            "{ members { nodes { competencyGap { fit lines { competency { code } } } competencies { level } probations { state } rotations { state } tenure { years } } } }",
        ];
        let count = async || {
            let mut counts = Vec::new();
            for document in documents {
                counts.push(app.statements(async || { hr.ask(document).await.fine(); }).await);
            }
            counts
        };
        let few = count().await;
        for member in [2, 4, 5] {
            let who = id(Table::Member, member);
            hr.change("probationStart", "probation { id }", json!({ "memberId": who, "startsOn": days_ago(20).to_string() })).await.fine();
            hr.change("talentPropose", "proposal { id }", json!({ "memberId": who, "positionId": id(Table::Position, 3), "readiness": "NOT_YET", "reason": "x", "evidence": [{ "record": { "hoursYear": 2026 } }] })).await.fine();
        }
        for member in [4, 5] {
            hr.change("rotationPlan", "rotation { id }", json!({ "memberId": id(Table::Member, member), "teamId": id(Table::Team, 3), "role": "x", "goal": "x", "startsOn": days_ago(-1).to_string(), "endsOn": days_ago(-9).to_string() })).await.fine();
        }
        assert_eq!(count().await, few);
    }
}
