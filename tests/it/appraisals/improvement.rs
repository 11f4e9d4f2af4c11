use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::company::id;
use crate::support::data::{Table, days_ago};
use crate::support::database::both_databases;

const PLAN: &str = "plan { id version state aim team { code } department { code } owner { number } result endedAt }";

fn written(group: Value) -> Value {
    json!({
        "cycleId": id(Table::AppraisalCycle, 2), "group": group, "aim": "First answers within the hour.", "measures": "A rota for mornings.",
        "ownerId": id(Table::Member, 2), "dueOn": days_ago(-20).to_string(),
    })
}

both_databases! {
    async fn a_lead_writes_for_the_own_team_and_the_owner_ends_it(app: TestApp) {
        let (lead, agent) = (app.as_("team_lead").await, app.as_("agent").await);
        let mut input = written(json!({ "teamId": id(Table::Team, 2) }));
        input["idempotencyKey"] = json!("plan");
        let first = lead.change("improvementPlanWrite", PLAN, input.clone()).await.fine();
        let again = lead.change("improvementPlanWrite", PLAN, input).await.fine();
        assert_eq!(first.data("improvementPlanWrite.plan.id"), again.data("improvementPlanWrite.plan.id"));
        let plan = first.data("improvementPlanWrite.plan");
        assert_eq!((&plan["state"], &plan["team"]["code"], &plan["owner"]["number"]), (&json!("RUNNING"), &json!("T2"), &json!("M0002")));

        // Another department's isn't the lead's to write, and being placed in a team doesn't make one write for it.
        let foreign = lead.change("improvementPlanWrite", PLAN, written(json!({ "departmentId": id(Table::Department, 2) }))).await;
        assert_eq!(foreign.user_errors(), [("RULE_VIOLATED", "input.group.departmentId".to_owned())]);
        let own = agent.change("improvementPlanWrite", PLAN, written(json!({ "teamId": id(Table::Team, 2) }))).await;
        assert_eq!(own.user_errors(), [("RULE_VIOLATED", "input.group.teamId".to_owned())]);
        let hr = app.as_("hr").await;
        hr.change("improvementPlanWrite", PLAN, written(json!({ "regionId": id(Table::Region, 1) }))).await.fine();

        // The owner has it among the tasks, and says what came of it.
        let soon = json!({ "id": plan["id"], "expectedVersion": 1, "aim": "First answers within the hour.", "measures": "A rota.", "ownerId": id(Table::Member, 2), "dueOn": days_ago(-2).to_string() });
        lead.change("improvementPlanRevise", PLAN, soon).await.fine();
        let tasks = agent.ask("{ myTasks(filter: { kinds: [APPRAISAL] }) { nodes { title } } }").await.fine();
        assert!(tasks.list("myTasks.nodes").iter().any(|task| task["title"] == "Plan for improvement: First answers within the hour."), "{tasks}");
        let end = |version: i32, result: &str| json!({ "id": plan["id"], "expectedVersion": version, "done": true, "result": result });
        assert_eq!(agent.change("improvementPlanEnd", PLAN, end(1, "Done.")).await.error_codes(), ["CONFLICT"]);
        assert_eq!(agent.change("improvementPlanEnd", PLAN, end(2, " ")).await.user_errors(), [("BLANK", "input.result".to_owned())]);
        let ended = agent.change("improvementPlanEnd", PLAN, end(2, "Nine of ten.")).await.fine();
        let ended = ended.data("improvementPlanEnd.plan");
        assert_eq!((&ended["state"], &ended["result"], ended["endedAt"].is_string()), (&json!("DONE"), &json!("Nine of ten."), true));
        assert_eq!(lead.change("improvementPlanEnd", PLAN, end(3, "Again.")).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
    }

    async fn who_reads_which_plans(app: TestApp) {
        let list = "{ improvementPlans { totalCount nodes { aim team { code } department { code } } } }";
        for (who, codes) in [
            ("agent", vec!["T2"]),
            ("engineer", vec!["D2"]),
            ("colleague", vec![]),
            ("hr", vec!["T2", "D2"]),
            ("service_manager", vec!["T2", "D2"]),
        ] {
            let reply = app.as_(who).await.ask(list).await.fine();
            let code = |node: &Value| [&node["team"], &node["department"]].iter().find_map(|one| one["code"].as_str().map(str::to_owned));
            let mut found: Vec<String> = reply.list("improvementPlans.nodes").iter().filter_map(code).collect();
            found.sort_unstable();
            let mut codes = codes;
            codes.sort_unstable();
            assert_eq!(found, codes, "{who}: {reply}");
        }
        assert_eq!(app.as_("partner").await.ask(list).await.error_codes(), ["FORBIDDEN"]);
        // A look by id tells no more than the list.
        let one = "query($id: ID!) { improvementPlan(id: $id) { aim } }";
        let hidden = app.as_("agent").await.send(one, json!({ "id": id(Table::ImprovementPlan, 2) })).await.fine();
        assert!(hidden.data("improvementPlan").is_null());
    }

    async fn mistakes_are_told_together_and_results_have_to_be_out(app: TestApp) {
        let hr = app.as_("hr").await;
        let mut input = written(json!({ "teamId": id(Table::Team, 99) }));
        input["aim"] = json!(" ");
        input["dueOn"] = json!(days_ago(1).to_string());
        input["ownerId"] = json!(id(Table::Member, 6));
        let reply = hr.change("improvementPlanWrite", PLAN, input).await;
        let mut fields: Vec<String> = reply.user_errors().into_iter().map(|(_, field)| field).collect();
        fields.sort_unstable();
        assert_eq!(fields, ["input.aim", "input.dueOn", "input.group.teamId", "input.ownerId"]);
        let mut early = written(json!({ "teamId": id(Table::Team, 2) }));
        early["cycleId"] = json!(id(Table::AppraisalCycle, 1));
        assert_eq!(hr.change("improvementPlanWrite", PLAN, early).await.user_errors(), [("WRONG_STATE", "input.cycleId".to_owned())]);
    }
}
