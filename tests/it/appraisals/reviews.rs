use entity::enums::AppraisalStage;
use serde_json::{Value, json};

use super::{appraisal, put_into, version};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, id};
use crate::support::data::{Table, days_ago};
use crate::support::database::both_databases;

const PLAN: &str = "appraisal { plan { id title weight ownPercent percent } planAgreedAt }";

fn item(title: &str, weight: i32) -> Value {
    json!({ "title": title, "measure": "One sees it. 可见", "weight": weight })
}

async fn with(actor: &Actor, n: usize, mut input: Value) -> Value {
    input["id"] = json!(appraisal(n));
    input["expectedVersion"] = version(actor, n).await;
    input
}

async fn plan(actor: &Actor, mutation: &str, n: usize, items: Value) -> Reply {
    let input = with(actor, n, json!({ "items": items })).await;
    actor.change(mutation, PLAN, input).await
}

async fn review(actor: &Actor, n: usize, input: Value) -> Reply {
    let input = with(actor, n, input).await;
    let select = "appraisal { reviewSubmittedAt reviewComment reviewerRatings { criterion percent comment } plan { percent comment } }";
    actor.change("appraisalReview", select, input).await
}

fn refused(code: &str, field: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), field.to_owned())]
}

fn mistakes(reply: &Reply) -> Vec<(String, String)> {
    assert!(reply.errors().is_empty(), "{reply}");
    let errors = reply.user_errors().into_iter();
    errors
        .map(|(code, field)| (code.to_owned(), field))
        .collect()
}

both_databases! {
    async fn a_plan_is_written_by_the_member_and_agreed_by_the_reviewer(app: TestApp) {
        let (mover, lead, manager) = (app.as_("mover").await, app.as_("team_lead").await, app.as_("service_manager").await);
        let items = json!([item("Write the guide", 60), item("Answer in time", 40)]);
        // Who isn't the reviewer, or the member, doesn't.
        assert_eq!(mistakes(&plan(&manager, "appraisalPlanRevise", 3, items.clone()).await), refused("RULE_VIOLATED", "input.id"));
        assert_eq!(mistakes(&plan(&lead, "appraisalPlanSet", 3, items.clone()).await), refused("RULE_VIOLATED", "input.id"));
        assert_eq!(plan(&mover, "appraisalPlanRevise", 3, items.clone()).await.error_codes(), ["FORBIDDEN"]);
        let agreed = with(&lead, 3, json!({})).await;
        assert_eq!(mistakes(&lead.change("appraisalPlanAgree", PLAN, agreed).await), refused("WRONG_STATE", "input.id"), "there is no plan");

        assert_eq!(mistakes(&plan(&mover, "appraisalPlanSet", 3, json!([])).await), refused("INVALID", "input.items"));
        assert_eq!(mistakes(&plan(&mover, "appraisalPlanSet", 3, json!([item("", 0)])).await), [refused("BLANK", "input.items.0.title"), refused("INVALID", "input.items.0.weight")].concat());
        let reply = plan(&mover, "appraisalPlanSet", 3, items.clone()).await.fine();
        assert_eq!(reply.list("appraisalPlanSet.appraisal.plan").len(), 2);
        let first = reply.data("appraisalPlanSet.appraisal.plan.0.id").clone();
        // An item that is named stays what it was, the other one goes.
        let reply = plan(&lead, "appraisalPlanRevise", 3, json!([item("First of all", 10), { "id": first, "title": "Write it", "measure": "x", "weight": 90 }])).await.fine();
        let titles: Vec<&Value> = reply.list("appraisalPlanRevise.appraisal.plan").iter().map(|one| &one["title"]).collect();
        assert_eq!(titles, ["First of all", "Write it"]);
        assert_eq!(reply.data("appraisalPlanRevise.appraisal.plan.1.id"), &first);
        let twice = json!([{ "id": first, "title": "a", "measure": "x", "weight": 1 }, { "id": first, "title": "b", "measure": "x", "weight": 1 }]);
        assert_eq!(mistakes(&plan(&lead, "appraisalPlanRevise", 3, twice).await), refused("NOT_FOUND", "input.items.1.id"));
        let strange = json!([{ "id": id(Table::PlanItem, 1), "title": "a", "measure": "x", "weight": 1 }]);
        assert_eq!(mistakes(&plan(&lead, "appraisalPlanRevise", 3, strange).await), refused("NOT_FOUND", "input.items.0.id"), "it is another plan's");

        let agree = with(&lead, 3, json!({})).await;
        let reply = lead.change("appraisalPlanAgree", PLAN, agree.clone()).await.fine();
        assert!(reply.data("appraisalPlanAgree.appraisal.planAgreedAt").is_string());
        assert_eq!(lead.change("appraisalPlanAgree", PLAN, agree).await.error_codes(), ["CONFLICT"]);
        assert_eq!(mistakes(&plan(&mover, "appraisalPlanSet", 3, items.clone()).await), refused("WRONG_STATE", "input.id"), "it is agreed");
        plan(&lead, "appraisalPlanRevise", 3, items.clone()).await.fine();
        // Out of reach is as if it weren't there; once the stage is over, nobody plans.
        let input = json!({ "id": appraisal(3), "expectedVersion": 1, "items": items });
        assert_eq!(app.as_("engineer").await.change("appraisalPlanSet", PLAN, input.clone()).await.error_codes(), ["NOT_FOUND"]);
        assert_eq!(app.as_("partner").await.change("appraisalPlanSet", PLAN, input).await.error_codes(), ["FORBIDDEN"]);
        put_into(&app, 1, AppraisalStage::Calibration).await;
        assert_eq!(mistakes(&plan(&lead, "appraisalPlanRevise", 3, items).await), refused("WRONG_STATE", "input.id"));
    }

    async fn members_say_how_they_see_themselves(app: TestApp) {
        let engineer = app.as_("engineer").await;
        let select = "appraisal { selfSubmittedAt selfComment ownRatings { criterion name percent comment } plan { ownPercent } }";
        let assess = async |actor: &Actor, input: Value| {
            let input = with(actor, 2, input).await;
            actor.change("appraisalSelfAssess", select, input).await
        };
        let rating = |criterion: &str, percent: Value| json!({ "criterion": criterion, "percent": percent, "comment": "I think so." });
        let said = json!({ "ratings": [rating("diagnosis", json!("80")), rating("records", json!("70.5"))], "comment": "Fine." });
        assert_eq!(mistakes(&assess(&engineer, said.clone()).await), refused("WRONG_STATE", "input.id"), "self-assessments are over");
        put_into(&app, 1, AppraisalStage::SelfAssessment).await;
        let reply = assess(&engineer, said).await.fine();
        let shown = reply.data("appraisalSelfAssess.appraisal");
        assert_eq!(shown["ownRatings"], json!([
            { "criterion": "diagnosis", "name": "Finds causes thoroughly", "percent": "80", "comment": "I think so." },
            { "criterion": "records", "name": "Writes complete records", "percent": "70.5", "comment": "I think so." },
        ]));
        assert_eq!((&shown["selfSubmittedAt"], &shown["selfComment"]), (&Value::Null, &json!("Fine.")));
        // What isn't named stays; null takes back.
        let more = json!({ "ratings": [rating("records", Value::Null)], "plan": [{ "id": id(Table::PlanItem, 2), "percent": "55" }], "submit": true });
        let reply = assess(&engineer, more).await.fine();
        let shown = reply.data("appraisalSelfAssess.appraisal");
        assert_eq!(shown["ownRatings"].as_array().map(Vec::len), Some(1));
        assert_eq!((&shown["plan"][0]["ownPercent"], &shown["selfComment"]), (&json!("55"), &json!("Fine.")));
        assert!(shown["selfSubmittedAt"].is_string());
        for (input, code, field) in [
            (json!({ "ratings": [rating("cooperation", json!("1"))] }), "NOT_FOUND", "input.ratings.0.criterion"),
            (json!({ "ratings": [rating("sharing", json!("1")), rating("sharing", json!("2"))] }), "NOT_FOUND", "input.ratings.1.criterion"),
            (json!({ "ratings": [rating("sharing", json!("100.1"))] }), "INVALID", "input.ratings.0.percent"),
            (json!({ "plan": [{ "id": id(Table::PlanItem, 1), "percent": "1" }] }), "NOT_FOUND", "input.plan.0.id"),
            (json!({ "plan": [{ "id": id(Table::PlanItem, 2), "percent": "-1" }] }), "INVALID", "input.plan.0.percent"),
        ] {
            assert_eq!(mistakes(&assess(&engineer, input).await), refused(code, field));
        }
        // Nobody else says it for the member.
        let manager = app.as_("service_manager").await;
        assert_eq!(mistakes(&assess(&manager, json!({ "comment": "x" })).await), refused("RULE_VIOLATED", "input.id"));
        let hr = json!({ "id": appraisal(2), "expectedVersion": 1, "comment": "x" });
        assert_eq!(app.as_("agent").await.change("appraisalSelfAssess", select, hr).await.error_codes(), ["NOT_FOUND"]);
    }

    async fn the_reviewer_judges_and_hands_in_what_is_whole(app: TestApp) {
        let (lead, agent) = (app.as_("team_lead").await, app.as_("agent").await);
        let rating = |criterion: &str, percent: i32| json!({ "criterion": criterion, "percent": percent.to_string() });
        let reply = review(&lead, 1, json!({ "submit": true })).await;
        assert_eq!(mistakes(&reply), [refused("BLANK", "input.submit"), refused("BLANK", "input.submit")].concat(), "two criteria are open");
        let reply = review(&lead, 1, json!({ "ratings": [rating("diagnosis", 75), rating("sharing", 50)], "plan": [{ "id": id(Table::PlanItem, 1), "percent": null }], "submit": true })).await;
        assert_eq!(mistakes(&reply), refused("BLANK", "input.submit"), "the plan is open then");
        let reply = review(&lead, 1, json!({ "ratings": [rating("diagnosis", 75), rating("sharing", 50)], "comment": "Good.", "submit": true })).await.fine();
        let shown = reply.data("appraisalReview.appraisal");
        assert!(shown["reviewSubmittedAt"].is_string());
        assert_eq!(shown["reviewComment"], "Good.");
        assert_eq!(shown["reviewerRatings"].as_array().map(Vec::len), Some(3));
        assert_eq!(shown["plan"][0]["percent"], "62");
        // It stays whole, and the plan stays as it was judged.
        let undo = json!({ "ratings": [{ "criterion": "sharing" }] });
        assert_eq!(mistakes(&review(&lead, 1, undo).await), refused("BLANK", "input.submit"));
        assert_eq!(mistakes(&plan(&lead, "appraisalPlanRevise", 1, json!([item("x", 1)])).await), refused("WRONG_STATE", "input.id"));
        review(&lead, 1, json!({ "ratings": [rating("sharing", 55)] })).await.fine();

        // Nobody judges themselves, and nobody but the reviewer judges.
        let own = json!({ "id": appraisal(4), "expectedVersion": 1, "comment": "The best." });
        let reply = lead.change("appraisalReview", "appraisal { id }", own).await;
        assert_eq!(mistakes(&reply), refused("RULE_VIOLATED", "input.id"));
        let manager = app.as_("service_manager").await;
        assert_eq!(mistakes(&review(&manager, 1, json!({ "comment": "x" })).await), refused("RULE_VIOLATED", "input.id"));
        let input = json!({ "id": appraisal(1), "expectedVersion": 1, "comment": "x" });
        assert_eq!(agent.change("appraisalReview", "appraisal { id }", input.clone()).await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(app.as_("hr").await.change("appraisalReview", "appraisal { id }", input.clone()).await.error_codes(), ["FORBIDDEN"]);
        let mut engineers = input.clone();
        engineers["id"] = json!(appraisal(2));
        assert_eq!(lead.change("appraisalReview", "appraisal { id }", engineers).await.error_codes(), ["NOT_FOUND"], "the technicians are out of sight");
        assert_eq!(lead.change("appraisalReview", "appraisal { id }", input).await.error_codes(), ["CONFLICT"]);
        put_into(&app, 1, AppraisalStage::SelfAssessment).await;
        assert_eq!(mistakes(&review(&lead, 1, json!({ "comment": "x" })).await), refused("WRONG_STATE", "input.id"));
    }

    async fn incidents_are_recorded_with_evidence_and_taken_back_with_a_reason(app: TestApp) {
        let (lead, agent) = (app.as_("team_lead").await, app.as_("agent").await);
        let incident = |behaviour: &str, ago: i64, ticket: Option<usize>| json!({
            "appraisalId": appraisal(1), "behaviour": behaviour, "day": days_ago(ago), "ticketId": ticket.map(company::ticket),
            "evidence": "A recording. 录音", "idempotencyKey": format!("{behaviour}{ago}{ticket:?}"),
        });
        let select = "appraisal { incidents { id behaviour name evidence ticket { number } recordedBy withdrawnAt withdrawnReason version } }";
        let record = async |actor: &Actor, input: Value| actor.change("appraisalIncidentRecord", select, input).await;
        for _ in 0..2 {
            let reply = record(&lead, incident("hang_up", 5, Some(2))).await.fine();
            assert_eq!(reply.list("appraisalIncidentRecord.appraisal.incidents").len(), 2, "a repetition does nothing");
        }
        let seen = agent.send("query($id: ID!) { appraisal(id: $id) { incidents { name evidence ticket { number } } } }", json!({ "id": appraisal(1) })).await.fine();
        assert_eq!(seen.data("appraisal.incidents.1.name"), "Cut off a call");
        assert_eq!(seen.data("appraisal.incidents.1.evidence"), "A recording. 录音");

        assert_eq!(mistakes(&record(&lead, incident("unsafe_work", 5, None)).await), refused("NOT_FOUND", "input.behaviour"), "another template has it");
        assert_eq!(mistakes(&record(&lead, incident("hang_up", 1, None)).await), refused("INVALID", "input.day"), "it is March already");
        assert_eq!(mistakes(&record(&lead, incident("hang_up", 6, Some(6))).await), refused("NOT_FOUND", "input.ticketId"), "out of the lead's sight");
        assert_eq!(record(&agent, incident("hang_up", 7, None)).await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(mistakes(&record(&app.as_("service_manager").await, incident("hang_up", 7, None)).await), refused("RULE_VIOLATED", "input.id"));

        let withdraw = |version: i32| json!({ "id": id(Table::Incident, 1), "expectedVersion": version, "reason": "It was somebody else." });
        let take_back = async |actor: &Actor, input: Value| actor.change("appraisalIncidentWithdraw", select, input).await;
        assert_eq!(take_back(&agent, withdraw(1)).await.error_codes(), ["FORBIDDEN"]);
        let reply = take_back(&lead, withdraw(1)).await.fine();
        assert_eq!(reply.data("appraisalIncidentWithdraw.appraisal.incidents.0.withdrawnReason"), "It was somebody else.");
        assert_eq!(take_back(&lead, withdraw(1)).await.error_codes(), ["CONFLICT"]);
        assert_eq!(mistakes(&take_back(&lead, withdraw(2)).await), refused("WRONG_STATE", "input.id"));
        put_into(&app, 1, AppraisalStage::Counting).await;
        assert_eq!(mistakes(&record(&lead, incident("hang_up", 8, None)).await), refused("WRONG_STATE", "input.id"));
    }
}
