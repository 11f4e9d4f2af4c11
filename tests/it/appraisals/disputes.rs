use entity::enums::{AppraisalStage, Attribution};
use entity::metric_fact;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{appraisal, put_into};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, id};
use crate::support::data::{Table, days_ago, key, start};
use crate::support::database::both_databases;

const SELECT: &str = "appraisal { figures { metricKey value percent paused } disputes { id metricKey recordId grounds state decidedBy decision version } }";

/// Ratings by customers in February, of tickets of a member.
pub(super) async fn rated(app: &TestApp, member: usize, ratings: &[(usize, i64)]) {
    let now = app.clock.now();
    app.counter.catch_up(&app.db, now).await.expect("it counts");
    let day = days_ago(10);
    for (place, (ticket, rating)) in (100..).zip(ratings) {
        let row = metric_fact::Model {
            id: Uuid::from_u128(u128::try_from(place).expect("a number") * 1_000 + member as u128),
            source: "ticket.rated".to_owned(),
            attribution: Attribution::Owner,
            record_kind: "ticket".to_owned(),
            record_id: key(Table::Ticket, *ticket),
            part: place,
            at: day.and_hms_opt(4, 0, 0).expect("a time").and_utc(),
            day,
            weight: 10_000,
            member_id: Some(key(Table::Member, member)),
            team_id: None,
            department_id: Some(key(Table::Department, 1)),
            province: None,
            product_id: None,
            channel: None,
            kind: None,
            detail: None,
            value0: Some(*rating),
            value1: None,
            value2: None,
            value3: None,
        };
        let row = row.into_active_model().reset_all();
        row.insert(app.db.reader()).await.expect("a fact comes");
    }
    aftercare::metrics::counting::sum_all(&app.db, &app.counter)
        .await
        .expect("sums");
}

async fn dispute(actor: &Actor, n: usize, ticket: usize, metric: &str) -> Reply {
    let input = json!({
        "appraisalId": appraisal(n), "metricKey": metric, "recordId": company::ticket(ticket), "grounds": "The customer meant another ticket.",
        "idempotencyKey": format!("{n}-{ticket}-{metric}"),
    });
    actor.change("appraisalDispute", SELECT, input).await
}

async fn satisfaction(actor: &Actor, n: usize) -> Value {
    let query = "query($id: ID!) { appraisal(id: $id) { figures { metricKey value percent paused from to memberId } } }";
    let reply = actor
        .send(query, json!({ "id": appraisal(n) }))
        .await
        .fine();
    let figures = reply.list("appraisal.figures").iter();
    figures
        .clone()
        .find(|one| one["metricKey"] == "satisfaction")
        .expect("the figure")
        .clone()
}

fn refused(reply: &Reply) -> Vec<(&str, String)> {
    assert!(reply.errors().is_empty(), "{reply}");
    reply.user_errors()
}

both_databases! {
    async fn a_dispute_pauses_the_figure_until_somebody_not_involved_has_decided(app: TestApp) {
        rated(&app, 2, &[(1, 2), (12, 4)]).await;
        let (agent, lead, hr) = (app.as_("agent").await, app.as_("team_lead").await, app.as_("hr").await);
        let figure = satisfaction(&agent, 1).await;
        assert_eq!((&figure["value"], &figure["percent"], &figure["paused"]), (&json!("3"), &json!("35"), &json!(false)));
        // The figure leads to its records.
        let records = "query($key: String!, $from: Date!, $to: Date!, $member: ID!) { metric(key: $key, period: { from: $from, to: $to }, filter: { memberIds: [$member] }) {
            groups { figure { value records { nodes { recordId } } } } } }";
        let way = json!({ "key": figure["metricKey"], "from": figure["from"], "to": figure["to"], "member": figure["memberId"] });
        let reply = agent.send(records, way).await.fine();
        assert_eq!(reply.data("metric.groups.0.figure.value"), "3");
        assert_eq!(reply.list("metric.groups.0.figure.records.nodes").len(), 2);

        assert_eq!(refused(&dispute(&agent, 1, 1, "reopen_rate").await), [("NOT_FOUND", "input.metricKey".to_owned())], "the template doesn't ask for it");
        assert_eq!(refused(&dispute(&agent, 1, 14, "satisfaction").await), [("NOT_FOUND", "input.recordId".to_owned())], "it isn't behind the figure");
        for _ in 0..2 {
            let reply = dispute(&agent, 1, 1, "satisfaction").await.fine();
            let disputes = reply.list("appraisalDispute.appraisal.disputes");
            assert_eq!(disputes.len(), 1, "a repetition does nothing");
            assert_eq!((&disputes[0]["state"], &disputes[0]["recordId"]), (&json!("OPEN"), &json!(company::ticket(1))));
        }
        for actor in [&agent, &lead] {
            let figure = satisfaction(actor, 1).await;
            assert_eq!((&figure["value"], &figure["percent"], &figure["paused"]), (&Value::Null, &Value::Null, &json!(true)));
        }
        let again = json!({ "appraisalId": appraisal(1), "metricKey": "satisfaction", "recordId": company::ticket(1), "grounds": "Once more." });
        assert_eq!(refused(&agent.change("appraisalDispute", SELECT, again).await), [("TAKEN", "input.recordId".to_owned())]);
        assert_eq!(refused(&dispute(&lead, 1, 12, "satisfaction").await), [("RULE_VIOLATED", "input.id".to_owned())], "only the member disputes");
        assert_eq!(dispute(&app.as_("mover").await, 1, 1, "satisfaction").await.error_codes(), ["NOT_FOUND"]);

        let reply = hr.send("query($id: ID!) { appraisal(id: $id) { disputes { id version } } }", json!({ "id": appraisal(1) })).await.fine();
        let decide = json!({ "id": reply.data("appraisal.disputes.0.id"), "expectedVersion": 1, "uphold": false, "decision": "It was this one. 属实" });
        for actor in [&agent, &lead] {
            assert_eq!(actor.change("appraisalDisputeDecide", SELECT, decide.clone()).await.error_codes(), ["FORBIDDEN"]);
        }
        let reply = hr.change("appraisalDisputeDecide", SELECT, decide.clone()).await.fine();
        assert_eq!(reply.data("appraisalDisputeDecide.appraisal.disputes.0.state"), "REJECTED");
        assert_eq!(satisfaction(&agent, 1).await["value"], "3");
        assert_eq!(hr.change("appraisalDisputeDecide", SELECT, decide).await.error_codes(), ["CONFLICT"]);
        put_into(&app, 1, AppraisalStage::Counting).await;
        assert_eq!(refused(&dispute(&agent, 1, 12, "satisfaction").await), [("WRONG_STATE", "input.id".to_owned())], "figures are being frozen");
    }

    async fn the_reviewer_does_not_decide_what_they_judge_by(app: TestApp) {
        // The mover's dispute is there already; the manager reviews the engineer, who makes one.
        let manager = app.as_("service_manager").await;
        let decide = |id: Value| json!({ "id": id, "expectedVersion": 1, "uphold": true, "decision": "Right. 成立" });
        let reply = manager.change("appraisalDisputeDecide", SELECT, decide(json!(id(Table::Dispute, 1)))).await.fine();
        let dispute = reply.data("appraisalDisputeDecide.appraisal.disputes.0");
        assert_eq!((&dispute["state"], &dispute["version"]), (&json!("UPHELD"), &json!(2)));
        let mut row = company::data().appraisals.disputes[0].clone();
        (row.id, row.appraisal_id) = (key(Table::Dispute, 2), key(Table::Appraisal, 2));
        (row.created_at, row.metric_key) = (start(), "reopen_rate".to_owned());
        entity::appraisal_dispute::Entity::insert(row.into_active_model().reset_all()).exec(app.db.reader()).await.expect("a dispute");
        let reply = manager.change("appraisalDisputeDecide", SELECT, decide(json!(id(Table::Dispute, 2)))).await;
        assert_eq!(refused(&reply), [("RULE_VIOLATED", "input.id".to_owned())]);
        let unknown = manager.change("appraisalDisputeDecide", SELECT, decide(json!(id(Table::Dispute, 9)))).await;
        assert_eq!(unknown.error_codes(), ["NOT_FOUND"]);
    }
}
