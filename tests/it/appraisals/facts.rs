use aftercare::access::Call;
use aftercare::appraisals::consequences::facts::announce;
use aftercare::work::Work;
use entity::enums::AppraisalStage::{Calibration, Published};
use entity::{appraisal, audit_log};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use serde_json::{Value, json};

use super::bench::{cycle, moved_to};
use crate::support::app::{Actor, TestApp};
use crate::support::data::{Table, key};
use crate::support::database::both_databases;

async fn told(app: &TestApp, of: usize) {
    let call = Call::system(app.clock.now(), "test");
    let mut work = Work::begin(&app.db, &call).await.expect("it begins");
    announce(&mut work, key(Table::AppraisalCycle, of))
        .await
        .expect("it is told");
    work.commit().await.expect("it commits");
}

/// The mean of December's scores, and how many results stand behind it.
async fn december(app: &TestApp, actor: &Actor) -> (Value, Value) {
    let now = app.clock.now();
    app.counter.catch_up(&app.db, now).await.expect("it counts");
    let query = "{ metric(key: \"appraisal_score\", period: { from: \"2025-12-01\", to: \"2026-01-01\" }) { groups { figure { value records { totalCount nodes { recordId member { number } at } } } } } }";
    let reply = actor.ask(query).await.fine();
    let figure = reply.data("metric.groups.0.figure").clone();
    let rows = figure["records"]["nodes"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    assert!(
        rows.iter().all(|row| row["recordId"]
            .as_str()
            .is_some_and(|id| id.starts_with("appraisal_"))),
        "{reply}"
    );
    // The last day of the period, at noon in Shanghai.
    assert!(
        rows.iter().all(|row| row["at"] == "2025-12-30T04:00:00Z"),
        "{reply}"
    );
    (
        figure["value"].clone(),
        figure["records"]["totalCount"].clone(),
    )
}

both_databases! {
    /// Only while results are out, by the row that holds, and put right with it.
    async fn a_result_counts_while_it_is_out(app: TestApp) {
        let hr = app.as_("hr").await;
        cycle(&app, 3, Calibration, &[(4, (5, 2), 7, 95), (8, (4, 2), 7, 90), (2, (2, 1), 1, 70)]).await;
        told(&app, 3).await;
        assert_eq!(december(&app, &hr).await, (Value::Null, json!(0)));
        moved_to(&app, 3, Published).await;
        told(&app, 3).await;
        let rows = appraisal::Entity::find().all(app.db.reader()).await.expect("the appraisals");
        let scores: Vec<i64> = rows.iter().filter(|row| row.cycle_id == key(Table::AppraisalCycle, 3)).filter_map(|row| row.score).collect();
        let mean = scores.iter().sum::<i64>() / 3 / 10_000;
        assert_eq!(december(&app, &hr).await, (json!(mean.to_string()), json!(3)));

        // A correction writes a further result and tells of the appraisal.
        let db = app.database().connect().await;
        let row = appraisal::ActiveModel { id: Set(super::bench::appraisal_of(3, 2)), score: Set(Some(855_000)), band: Set(Some("good".to_owned())), ..Default::default() };
        row.update(&db).await.expect("it changes");
        db.close().await.expect("it closes");
        told(&app, 3).await;
        // 95, 90 and 85.5.
        assert_eq!(december(&app, &hr).await, (json!("90.1667"), json!(3)));
        let query = "{ metric(key: \"appraisal_score\", period: { from: \"2025-12-01\", to: \"2026-01-01\" }, groupBy: KIND) { groups { key figure { value } } } }";
        let by_band = hr.ask(query).await;
        assert!(by_band.body.to_string().contains("excellent"), "{by_band}");
        // Called back it doesn't count.
        moved_to(&app, 3, Calibration).await;
        told(&app, 3).await;
        assert_eq!(december(&app, &hr).await.1, json!(0));
    }

    /// Whoever may have figures of every member, but not their appraisals, has nobody's score; the looks of others are logged.
    async fn scores_of_members_are_for_those_who_see_their_appraisals(app: TestApp) {
        app.counter.catch_up(&app.db, app.clock.now()).await.expect("it counts");
        let admin = app.as_("admin").await;
        let grants = json!([{ "permission": "metric.read", "reach": "ALL" }, { "permission": "metric.member.read", "reach": "ALL" }]);
        let role = json!({ "key": "analyst", "name": "Analyst", "nameZh": "分析员", "audience": "STAFF", "grants": grants });
        let made = admin.change("roleCreate", "role { id }", role).await.fine();
        let gift = json!({ "roleId": made.data("roleCreate.role.id"), "principal": { "userId": crate::support::company::id(Table::User, 6) } });
        admin.change("roleGive", "gift { id }", gift).await.fine();
        let (analyst, hr) = (app.as_("trainer").await, app.as_("hr").await);
        let ask = |metric: &str, more: &str, select: &str| {
            let period = "period: { from: \"2026-01-01\", to: \"2026-02-01\" }";
            format!("{{ metric(key: \"{metric}\", {period}, granularity: MONTH{more}) {{ groups {{ figure {{ value withheld {select} }} }} }} }}")
        };
        let one = format!(", filter: {{ memberIds: [\"{}\"] }}", crate::support::company::id(Table::Member, 2));
        let by_member = ", groupBy: MEMBER".to_owned();
        for more in [&one, &by_member] {
            let refused = analyst.ask(&ask("appraisal_score", more, "")).await;
            assert_eq!(refused.error_codes(), ["FORBIDDEN"], "{more}");
            assert!(refused.body.to_string().contains("appraisal.read"), "{refused}");
            analyst.ask(&ask("tickets_opened", more, "")).await.fine();
        }
        let whole = analyst.ask(&ask("appraisal_score", "", "")).await.fine();
        assert!(whole.data("metric.groups.0.figure.value").is_string(), "the company's mean of four tells of nobody");
        let records = analyst.ask(&ask("appraisal_score", "", "records { totalCount }")).await;
        assert_eq!(records.error_codes(), ["FORBIDDEN"]);

        let log = || audit_log::Entity::find().filter(audit_log::Column::Action.eq("metric.guarded.read"));
        let looks = async || log().count(app.db.reader()).await.expect("the log");
        assert_eq!(looks().await, 0);
        let seen = hr.ask(&ask("appraisal_score", &one, "")).await.fine();
        assert!(seen.data("metric.groups.0.figure.value").is_string());
        assert_eq!(looks().await, 1);
        app.as_("agent").await.ask(&ask("appraisal_score", &one, "")).await.fine();
        assert_eq!(looks().await, 1, "one's own isn't logged");
    }

    /// Weak results are a need with the results as evidence, for those who may see them.
    async fn weak_results_are_a_need(app: TestApp) {
        cycle(&app, 3, Published, &[(4, (5, 2), 7, 5), (8, (4, 2), 7, 90)]).await;
        let (admin, hr) = (app.as_("admin").await, app.as_("hr").await);
        let window = json!({ "key": "needs.window_days", "value": "366", "expectedVersion": 0 });
        admin.change("settingChange", "setting { value }", window).await.fine();
        told(&app, 3).await;
        app.counter.catch_up(&app.db, app.clock.now()).await.expect("it counts");
        let ask = "{ trainingNeeds(kinds: [APPRAISAL]) { members { kind subject member { number } value threshold cases priority } } }";
        let found = hr.ask(ask).await.fine();
        let weak = found.list("trainingNeeds.members").iter().find(|need| need["member"]["number"] == "M0004").unwrap_or_else(|| panic!("no need: {found}")).clone();
        assert_eq!((&weak["subject"], &weak["threshold"], &weak["cases"]), (&json!("appraisal_score"), &json!("70"), &json!(2)), "January counts too");
        assert!(found.list("trainingNeeds.members").iter().all(|need| need["member"]["number"] != "M0008"), "{found}");
        let log = audit_log::Entity::find().filter(audit_log::Column::Action.eq("metric.guarded.read"));
        assert_eq!(log.count(app.db.reader()).await.expect("the log"), 1, "who saw it is known");
        assert!(app.as_("trainer").await.ask(ask).await.fine().list("trainingNeeds.members").is_empty());
    }

    /// January of the company was out before anything was counted.
    async fn what_was_there_is_counted(app: TestApp) {
        let hr = app.as_("hr").await;
        let now = app.clock.now();
        app.counter.catch_up(&app.db, now).await.expect("it counts");
        let query = "{ metric(key: \"appraisal_score\", period: { from: \"2026-01-01\", to: \"2026-02-01\" }) { groups { figure { value records { totalCount } } } } }";
        let reply = hr.ask(query).await.fine();
        assert_eq!(reply.data("metric.groups.0.figure.records.totalCount"), 4);
        let rows = appraisal::Entity::find().all(app.db.reader()).await.expect("the appraisals");
        let mean = rows.iter().filter_map(|row| row.score).sum::<i64>() / 4;
        assert_eq!(reply.data("metric.groups.0.figure.value"), &json!(aftercare::decimal::Decimal(mean).to_string()));
    }
}
