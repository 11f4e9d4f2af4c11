use aftercare::decimal::{Decimal, SCALE};
use entity::enums::AppraisalStage::{Calibration, Closed, Review};
use entity::enums::AppraisalVersionState;
use entity::{appraisal, appraisal_result, appraisal_template_version, user};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, PaginatorTrait, Set};
use serde_json::json;

use super::bench::{Judged, appraisal_id, content, cycle};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company;
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

const PEOPLE: [Judged; 4] = [
    (4, (5, 2), 7, 96),
    (8, (4, 2), 7, 92),
    (2, (2, 1), 1, 85),
    (3, (3, 1), 1, 72),
];

const TRIAL: &str = "query($c: ID!, $v: ID!) { appraisalTemplateTrial(cycleId: $c, versionId: $v) { lookedAt movedTotal
    moves { fromBand toBand count } moved { appraisalId member { number } scoreBefore bandBefore scoreAfter bandAfter }
    unknown { member { number } reasons } before { band count most over } after { band count most over } } }";

async fn trial(actor: &Actor, of: usize, version: usize) -> Reply {
    let variables = json!({ "c": company::id(Table::AppraisalCycle, of), "v": company::id(Table::AppraisalVersion, version) });
    actor.send(TRIAL, variables).await
}

/// A draft (3) of the template of technical support in which excellent begins at 95, and one (4) that isn't whole.
async fn drafts(app: &TestApp) {
    let db = app.database().connect().await;
    let mut stricter = content();
    stricter.bands[0].from = Decimal(95 * SCALE);
    let mut broken = content();
    broken.sections[0].weight = 1;
    for (n, content) in [(3, stricter), (4, broken)] {
        let row = appraisal_template_version::Model {
            id: key(Table::AppraisalVersion, n),
            template_id: key(Table::AppraisalTemplate, 2),
            number: i32::try_from(n).expect("a number"),
            state: AppraisalVersionState::Draft,
            content: serde_json::to_value(content).expect("JSON"),
            note: None,
            published_at: None,
            published_by_name: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        };
        let insert =
            appraisal_template_version::Entity::insert(row.into_active_model().reset_all());
        insert.exec_without_returning(&db).await.expect("a draft");
    }
    db.close().await.expect("it closes");
}

both_databases! {
    async fn hr_sees_who_would_move(app: TestApp) {
        drafts(&app).await;
        cycle(&app, 3, Calibration, &PEOPLE).await;
        let hr = app.as_("hr").await;
        let found = trial(&hr, 3, 3).await.fine();
        assert_eq!(found.data("appraisalTemplateTrial.lookedAt"), 4);
        assert_eq!(found.data("appraisalTemplateTrial.moved"), &json!([
            { "appraisalId": appraisal_id(3, 8), "member": { "number": "M0008" }, "scoreBefore": "92", "bandBefore": "excellent", "scoreAfter": "92", "bandAfter": "good" },
        ]));
        let moves = found.list("appraisalTemplateTrial.moves");
        assert!(moves.contains(&json!({ "fromBand": "excellent", "toBand": "good", "count": 1 })));
        assert!(moves.contains(&json!({ "fromBand": "excellent", "toBand": "excellent", "count": 1 })));
        assert_eq!(found.data("appraisalTemplateTrial.before.0"), &json!({ "band": "excellent", "count": 2, "most": 1, "over": 1 }));
        assert_eq!(found.data("appraisalTemplateTrial.after.0"), &json!({ "band": "excellent", "count": 1, "most": 1, "over": 0 }));
        // By the version that was used nothing moves.
        assert_eq!(trial(&hr, 3, 2).await.fine().data("appraisalTemplateTrial.movedTotal"), 0);
        // A draft that isn't whole can't be tried, nor a cycle of which nothing is frozen.
        assert_eq!(trial(&hr, 3, 4).await.error_codes(), ["BAD_INPUT"]);
        cycle(&app, 5, Review, &[]).await;
        assert_eq!(trial(&hr, 5, 3).await.error_codes(), ["BAD_INPUT"]);
        assert!(trial(&hr, 77, 3).await.fine().data("appraisalTemplateTrial").is_null());
        for login in ["service_manager", "team_lead", "agent", "auditor"] {
            assert_eq!(trial(&app.as_(login).await, 3, 3).await.error_codes(), ["FORBIDDEN"], "{login}");
        }
    }

    async fn what_cannot_be_computed_is_told_with_its_reason(app: TestApp) {
        drafts(&app).await;
        cycle(&app, 3, Closed, &PEOPLE).await;
        let db = app.database().connect().await;
        for (who, inputs) in [(4, None), (8, Some(json!({ "criteria": {} })))] {
            let row = appraisal::ActiveModel { id: Set(super::bench::appraisal_of(3, who)), inputs: Set(inputs), ..Default::default() };
            row.update(&db).await.expect("it changes");
        }
        db.close().await.expect("it closes");
        let found = trial(&app.as_("hr").await, 3, 3).await.fine();
        let unknown = found.list("appraisalTemplateTrial.unknown");
        let numbers: Vec<_> = unknown.iter().map(|one| one["member"]["number"].as_str().unwrap_or_default()).collect();
        assert_eq!(numbers, ["M0004", "M0008"]);
        assert_eq!(unknown[0]["reasons"], json!(["Nothing was frozen."]));
        assert!(unknown[1]["reasons"].to_string().contains("Work plan"));
        assert_eq!(found.data("appraisalTemplateTrial.lookedAt"), 4);
    }

    /// Nothing is written but the look, one's own is left out, and many take as many statements as few.
    async fn it_only_reads(app: TestApp) {
        drafts(&app).await;
        let many: Vec<Judged> = (0..30).map(|n| (101 + n, (5, 2), 7, 62 + n as i64)).collect();
        cycle(&app, 3, Calibration, &PEOPLE).await;
        cycle(&app, 4, Calibration, &many).await;
        // Somebody of HR is appraised too.
        let db = app.database().connect().await;
        let row = user::ActiveModel { id: Set(key(Table::User, 7)), member_id: Set(Some(key(Table::Member, 101))), ..Default::default() };
        row.update(&db).await.expect("an account of a member");
        db.close().await.expect("it closes");
        let hr = app.as_("hr").await;
        let count = async || appraisal_result::Entity::find().count(app.db.reader()).await.expect("a count");
        let before = count().await;
        let tried = async |of: usize| app.statements(async || { trial(&hr, of, 3).await.fine(); }).await;
        assert_eq!(tried(3).await, tried(4).await);
        assert_eq!(count().await, before);
        assert_eq!(trial(&hr, 4, 3).await.fine().data("appraisalTemplateTrial.lookedAt"), 29);
    }
}
