use entity::enums::GoalState;
use entity::goal;
use sea_orm::Set;

use super::*;
use crate::support::data::bonus;

/// A bonus of so much.
fn worth(amount: &str) -> RuleContent {
    let mut content = serde_json::to_value(bonus(1)).expect("JSON");
    content["amount"] = json!(amount);
    content["parameters"] = json!([]);
    serde_json::from_value(content).expect("a content")
}

/// The agent's goal ends with February.
async fn goal_is(app: &TestApp, state: GoalState) {
    let closed = state == GoalState::Achieved;
    let row = goal::ActiveModel {
        id: Set(key(Table::Goal, 2)),
        until_day: Set("2026-03-01".parse().expect("a day")),
        state: Set(state),
        closed_at: Set(closed.then(start)),
        result: Set(closed.then_some(950_000)),
        ..Default::default()
    };
    row.update(app.db.reader()).await.expect("a goal");
}

both_databases! {
    async fn a_run_waits_for_goals_that_end_with_it(app: TestApp) {
        in_force(&app, 10, worth("money(goal.progress)")).await;
        goal_is(&app, GoalState::Active).await;
        let hr = app.as_("hr").await;
        let reply = february(&hr).await;
        assert_eq!(mistakes(&reply), mistake("RULE_VIOLATED", "input.from"));
        assert!(reply.data("incentiveRunStart.userErrors.0.message").to_string().contains("(1)"), "{reply}");
        // Given up, it is waited for no more.
        goal_is(&app, GoalState::Cancelled).await;
        calculated(&app, &hr).await;
    }

    async fn goals_that_no_rule_asks_about_arent_waited_for(app: TestApp) {
        in_force(&app, 10, worth("money(coalesce(team.goal_progress, 1))")).await;
        goal_is(&app, GoalState::Active).await;
        calculated(&app, &app.as_("hr").await).await;
    }

    async fn for_how_many_something_wasnt_known_or_failed_is_told(app: TestApp) {
        in_force(&app, 10, worth("money(goal.progress)")).await;
        in_force(&app, 11, worth("money(999999999999999) * (tenure.months + 1) * 100000")).await;
        goal_is(&app, GoalState::Achieved).await;
        let (hr, admin) = (app.as_("hr").await, app.as_("admin").await);
        let run = calculated(&app, &hr).await;
        let query = "query($id: ID!) { incentiveRun(id: $id) { evaluated totals { members missing { fact cases } failed } } }";
        let told = async |who: &Actor| who.send(query, json!({ "id": run["id"] })).await.fine();
        let all = told(&hr).await;
        let people = all.data("incentiveRun.evaluated").as_i64().expect("a number");
        assert!(people > 3, "{all}");
        let totals = all.list("incentiveRun.totals");
        assert_eq!(totals[0], json!({ "members": people, "missing": [], "failed": 0 }));
        let missing = json!([{ "fact": "goal.progress", "cases": people - 1 }]);
        assert_eq!(totals[1], json!({ "members": 1, "missing": missing, "failed": 0 }), "the agent's goal is known");
        assert_eq!(totals[2], json!({ "members": 0, "missing": [], "failed": people }));
        // It would tell that one or nobody gets something.
        let few = told(&admin).await;
        for rule in &few.list("incentiveRun.totals")[1..] {
            assert_eq!(rule, &json!({ "members": null, "missing": [], "failed": null }));
        }
    }
}
