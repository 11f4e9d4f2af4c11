use std::time::Duration;

use aftercare::incentives::honours::work::round;
use aftercare::incentives::rules::content::RuleContent;
use aftercare::incentives::runs::verify::verify;
use aftercare::incentives::runs::work::round as work_out;
use chrono_tz::Tz;
use entity::enums::{AppraisalStage, ContestState, HonourSource, RecognitionValue};
use entity::{appraisal_cycle, audit_log, contest, incentive_run};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, Set,
};

use super::*;
use crate::incentives::runs::{calculated, in_force, seen};
use crate::support::data::bonus;

/// A title for whoever was recognised by a colleague.
fn title() -> RuleContent {
    let mut content = serde_json::to_value(bonus(1)).expect("JSON");
    let change = json!({
        "name": "Thanked", "nameZh": "备受认可", "kind": "HONOUR", "method": "HONOUR", "condition": "recognition.received > 0", "amount": "1",
        "currency": null, "parameters": [], "rounding": { "mode": "DOWN", "step": 1 },
        "citation": { "title": "Helping hand", "titleZh": "热心同事", "text": "Colleagues say thank you.", "textZh": "同事们的感谢。" },
    });
    for (key, value) in change.as_object().expect("an object") {
        content[key] = value.clone();
    }
    serde_json::from_value(content).expect("a content")
}

/// The honours of a source, the first first.
async fn honours(app: &TestApp, source: HonourSource) -> Vec<honour::Model> {
    honour::Entity::find()
        .filter(honour::Column::Source.eq(source))
        .order_by_asc(honour::Column::Id)
        .all(app.db.reader())
        .await
        .expect("honours")
}

async fn bring(app: &TestApp) -> usize {
    round(&app.db, Tz::Asia__Shanghai, start())
        .await
        .expect("a round")
}

async fn told(app: &TestApp, action: &str) -> u64 {
    audit_log::Entity::find()
        .filter(audit_log::Column::Action.eq(action))
        .count(app.db.reader())
        .await
        .expect("a count")
}

async fn contest_is(app: &TestApp, state: ContestState) {
    let row = contest::ActiveModel {
        id: Set(key(Table::Contest, 1)),
        state: Set(state),
        ..Default::default()
    };
    row.update(app.db.reader()).await.expect("it changes");
}

both_databases! {
    /// A rule of honour gives each award one honour, however often the worker is cut off; the facts lead to their records.
    async fn approved_awards_become_honours_once(app: TestApp) {
        in_force(&app, 10, title()).await;
        let (hr, manager, agent) = (app.as_("hr").await, app.as_("service_manager").await, app.as_("agent").await);
        let run = calculated(&app, &hr).await;
        assert_eq!(honours(&app, HonourSource::IncentiveAward).await, [], "nothing is told before it is approved");
        let approve = json!({ "id": run["id"], "expectedVersion": run["version"] });
        manager.change("incentiveRunApprove", "run { id }", approve).await.fine();
        let mut wait = 1;
        while tokio::time::timeout(Duration::from_millis(wait), work_out(&app.db, &app.counter, start())).await.is_err() {
            wait += 7;
        }
        while seen(&hr, &run["id"]).await["bookedAt"].is_null() {
            work_out(&app.db, &app.counter, start()).await.expect("a round");
        }
        work_out(&app.db, &app.counter, start()).await.expect("a round");
        let rows = honours(&app, HonourSource::IncentiveAward).await;
        let mut members: Vec<Uuid> = rows.iter().map(|row| row.member_id).collect();
        members.sort_unstable();
        // February: the agent, the colleague, the engineer and the coordinator; what the lead got was taken back.
        assert_eq!(members, [2, 3, 4, 8].map(|n| key(Table::Member, n)));
        assert!(rows.iter().all(|row| row.title_zh == "热心同事" && row.citation == "Colleagues say thank you."));
        assert_eq!(told(&app, "incentive.honour.give").await, 4);
        let reply = agent.ask("{ myHonours(filter: { kind: { eq: TITLE } }) { nodes { title source givenByName givenOn shown } } }").await.fine();
        assert_eq!(reply.data("myHonours.nodes.0"), &json!({
            "title": "Helping hand", "source": "INCENTIVE_AWARD", "givenByName": "The service manager", "givenOn": "2026-03-02", "shown": true,
        }));

        let query = "query($run: ID!) { incentiveAwards(filter: { runId: { eq: $run }, kind: { eq: HONOUR } }) { nodes { count explanation { text records } trace } } }";
        let reply = agent.send(query, json!({ "run": run["id"] })).await.fine();
        let award = reply.data("incentiveAwards.nodes.0");
        assert!(award["explanation"].to_string().contains(&id(Table::Recognition, 2)), "{award}");
        // What is recorded later, and taken back later, changes nothing of it.
        let late = recognition::Model {
            id: key(Table::Recognition, 99),
            giver_id: key(Table::Member, 8),
            receiver_id: key(Table::Member, 5),
            day: "2026-02-10".parse().expect("a day"),
            value: RecognitionValue::Craft,
            message: "Late. 补记".to_owned(),
            ticket_id: None,
            withdrawn_at: None,
            version: 1,
            created_at: start() + chrono::TimeDelta::days(1),
            updated_at: start() + chrono::TimeDelta::days(1),
        };
        let insert = recognition::Entity::insert(late.into_active_model().reset_all());
        insert.exec_without_returning(app.db.reader()).await.expect("a recognition");
        let gone = recognition::ActiveModel {
            id: Set(key(Table::Recognition, 2)),
            withdrawn_at: Set(Some(start() + chrono::TimeDelta::days(1))),
            ..Default::default()
        };
        gone.update(app.db.reader()).await.expect("it is taken back");
        let one = incentive_run::Entity::find().filter(incentive_run::Column::SnapshotId.is_not_null()).one(app.db.reader()).await;
        let run = one.expect("a run").expect("a run").id;
        let verdict = verify(&app.db, &app.counter, Some(run)).await.expect("a verdict");
        assert_eq!((verdict.runs, verdict.findings), (1, Vec::new()));
    }

    async fn prizes_and_stars_arrive_once_and_go_with_what_they_came_from(app: TestApp) {
        let (one, other) = tokio::join!(
            round(&app.db, Tz::Asia__Shanghai, start()),
            round(&app.db, Tz::Asia__Shanghai, start())
        );
        assert_eq!(one.expect("a round") + other.expect("a round"), 2, "two at once bring each once");
        assert_eq!(bring(&app).await, 0);
        let prizes = honours(&app, HonourSource::ContestAward).await;
        assert_eq!(prizes.len(), 1);
        assert_eq!((prizes[0].member_id, &*prizes[0].title_zh, prizes[0].given_on), (key(Table::Member, 2), "金奖", crate::support::data::today()));
        let stars = honours(&app, HonourSource::AppraisalStar).await;
        assert_eq!(stars.len(), 1);
        assert_eq!(told(&app, "incentive.honour.give").await, 2);
        let agent = app.as_("agent").await;
        let query = "{ honourWall(filter: { kind: { in: [PRIZE, STAR] } }) { nodes { kind source citation } } }";
        assert_eq!(agent.ask(query).await.fine().list("honourWall.nodes").len(), 2);

        // The contest is on again, the cycle is reopened: neither is an honour any more, and both are when they are out again.
        contest_is(&app, ContestState::Running).await;
        let cycle = async |stage| {
            let row = appraisal_cycle::ActiveModel { id: Set(key(Table::AppraisalCycle, 2)), stage: Set(stage), ..Default::default() };
            row.update(app.db.reader()).await.expect("it changes");
        };
        cycle(AppraisalStage::Calibration).await;
        assert_eq!(bring(&app).await, 2);
        assert_eq!(bring(&app).await, 0);
        assert_eq!(agent.ask(query).await.fine().list("honourWall.nodes").len(), 0);
        let gone = honours(&app, HonourSource::ContestAward).await;
        assert!(gone[0].revoked_on.is_some() && gone[0].revoked_by.is_none());
        contest_is(&app, ContestState::Published).await;
        cycle(AppraisalStage::Published).await;
        assert_eq!(bring(&app).await, 2);
        assert_eq!(agent.ask(query).await.fine().list("honourWall.nodes").len(), 2);

        // What somebody has revoked stays so.
        let hr = app.as_("hr").await;
        let prize = honours(&app, HonourSource::ContestAward).await.remove(0);
        let revoke = json!({
            "id": aftercare::graphql::ids::encode("honour", prize.id), "expectedVersion": prize.version, "reason": "Not earned. 不实",
        });
        hr.change("honourRevoke", HONOUR, revoke).await.fine();
        assert_eq!(bring(&app).await, 0);
        contest_is(&app, ContestState::Running).await;
        contest_is(&app, ContestState::Published).await;
        assert_eq!(bring(&app).await, 0);
    }

    /// A suggestion that was adopted counts for who submitted it by name, and an anonymous one for nobody.
    async fn adopted_suggestions_are_facts_unless_they_are_anonymous(app: TestApp) {
        use aftercare::teamwork::suggestions::adopted_of;
        use entity::enums::SuggestionStepKind::{Accepted, Declined};
        use entity::suggestion_step;
        let step = async |n: usize, of: usize, kind, days: i64| {
            let row = suggestion_step::Model {
                id: key(Table::SuggestionStep, 100 + n),
                suggestion_id: key(Table::Suggestion, of),
                kind,
                note: None,
                actor_id: None,
                actor_name: None,
                at: start() - chrono::TimeDelta::days(days),
            };
            let insert = suggestion_step::Entity::insert(row.into_active_model().reset_all());
            insert.exec_without_returning(app.db.reader()).await.expect("a step");
        };
        let members = [2, 3, 5].map(|n| key(Table::Member, n));
        let span = (start() - chrono::TimeDelta::days(30), start());
        let found = async |known_at| adopted_of(app.db.reader(), &members, span, known_at).await.expect("suggestions");
        assert_eq!(found(start()).await, []);
        // The agent's by name, the colleague's and the mover's anonymous ones.
        for (n, of) in [(1, 1), (2, 2), (3, 3)] {
            step(n, of, Accepted, 10).await;
        }
        assert_eq!(found(start()).await, [(members[0], key(Table::Suggestion, 1))]);
        assert_eq!(found(start() - chrono::TimeDelta::days(20)).await, [], "it wasn't known then");
        step(4, 1, Declined, 5).await;
        assert_eq!(found(start()).await, [], "declined later");
        assert_eq!(found(start() - chrono::TimeDelta::days(7)).await.len(), 1, "as it was known before");
    }
}
