use aftercare::appraisals::{AppraisalFacts, RatingFacts};
use aftercare::identity;
use entity::enums::AppraisalStage;
use entity::{
    appraisal, appraisal_calibration_change, appraisal_dispute, appraisal_incident,
    appraisal_plan_item, appraisal_proposal, appraisal_rating, appraisal_result,
};
use serde_json::json;
use uuid::Uuid;

use super::put_into;
use crate::scopes::hold_equal;
use crate::support::app::TestApp;
use crate::support::company::{self, LOGINS, id};
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

both_databases! {
    /// What a reach means for these tables is the same in SQL and in plain words, before and after results are out.
    async fn sql_and_predicate_mean_the_same(app: TestApp) {
        let data = company::data();
        let rows = &data.appraisals;
        for stage in [AppraisalStage::Published, AppraisalStage::Calibration] {
            put_into(&app, 2, stage).await;
            let about = |id: Uuid| {
                let row = rows.appraisals.iter().find(|row| row.id == id).expect("an appraisal").clone();
                AppraisalFacts {
                    assignments: data.assignments.iter().filter(|one| one.member_id == row.member_id).cloned().collect(),
                    stage: if row.cycle_id == key(Table::AppraisalCycle, 2) { stage } else { rows.cycles.iter().find(|one| one.id == row.cycle_id).expect("its cycle").stage },
                    appraisal: row,
                }
            };
            let appraisals: Vec<_> = rows.appraisals.iter().map(|row| (row.id, about(row.id))).collect();
            let rating = |row: &appraisal_rating::Model| RatingFacts { rating: row.clone(), about: about(row.appraisal_id) };
            let ratings: Vec<_> = rows.ratings.iter().map(|row| (row.id, rating(row))).collect();
            for login in LOGINS.into_iter().chain(["colleague", "mover", "leaver"]) {
                let viewer = identity::authenticate(&app, app.as_(login).await.token(), start()).await.expect("a viewer");
                let standing = &*viewer.standing;
                hold_equal::<appraisal::Entity>(&app.db, &appraisals, standing).await;
                hold_equal::<appraisal_rating::Entity>(&app.db, &ratings, standing).await;
                macro_rules! follow {
                    ($($field:ident of $table:ident),*) => {$({
                        let rows: Vec<_> = rows.$field.iter().map(|row| (row.id, about(row.appraisal_id))).collect();
                        hold_equal::<$table::Entity>(&app.db, &rows, standing).await;
                    })*};
                }
                follow!(plan_items of appraisal_plan_item, incidents of appraisal_incident, disputes of appraisal_dispute, results of appraisal_result,
                    calibration_changes of appraisal_calibration_change, proposals of appraisal_proposal);
            }
        }
    }

    /// A longer list takes no more statements.
    async fn a_page_takes_as_many_statements_as_an_appraisal(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let document = "query($cycle: ID!, $reviewer: ID!, $first: Int!) { appraisals(first: $first, orderBy: CREATED_AT_ASC, filter: { cycleId: { eq: $cycle }, reviewerId: { eq: $reviewer } }) { totalCount nodes {
            cycle { code } templateVersion { number } member { name } reviewer { name } team { code } plan { title percent comment } ownRatings { name } reviewerRatings { name percent } reviewComment
            incidents { name ticket { number } } disputes { grounds } figures { metricName value percent paused } blocked version
            result { score band { name } sections { name items { name percent } } deductions { name } strengths { text } weaknesses { text } } results { score } } } }";
        for cycle in [1, 2] {
            let page = async |first: usize| app.statements(async || {
                let variables = json!({ "cycle": id(Table::AppraisalCycle, cycle), "reviewer": id(Table::Member, 1), "first": first });
                let reply = manager.send(document, variables).await.fine();
                assert_eq!(reply.list("appraisals.nodes").len(), first);
            }).await;
            assert_eq!(page(1).await, page(2).await, "statements for one appraisal and for two in cycle {cycle}");
        }
    }
}
