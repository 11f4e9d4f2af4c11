use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{change, id};
use crate::support::app::{Actor, TestApp};
use crate::support::data::Table;
use crate::support::database::both_databases;

const MINE: &str = "query($first: Int, $after: String, $filter: TaskFilter) { myTasks(first: $first, after: $after, filter: $filter) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id kind title dueOn overdue memberId } } }";
const OF: &str = "query($of: TasksOfInput!, $filter: TaskFilter) { tasks(of: $of, filter: $filter) { totalCount nodes { id kind memberId } } }";

async fn mine(actor: &Actor, variables: Value) -> (Vec<Value>, Value) {
    let reply = actor.send(MINE, variables).await.fine();
    (
        reply.list("myTasks.nodes").to_vec(),
        reply.data("myTasks").clone(),
    )
}

fn kinds(rows: &[Value]) -> Vec<&str> {
    rows.iter()
        .map(|row| row["kind"].as_str().expect("a kind"))
        .collect()
}

both_databases! {
    async fn everything_in_one_list_the_soonest_first(app: TestApp) {
        let agent = app.as_("agent").await;
        let (rows, list) = mine(&agent, json!({ "first": 100 })).await;
        assert_eq!(list["totalCount"], json!(rows.len()));
        for kind in ["ACTION_ITEM", "TICKET", "RULE_ACKNOWLEDGEMENT"] {
            assert!(kinds(&rows).contains(&kind), "{kind}: {rows:?}");
        }
        assert!(!kinds(&rows).contains(&"VOTE"), "the agent has voted on everything");
        assert!(rows.iter().all(|row| row["memberId"] == json!(id(Table::Member, 2))));
        let dues: Vec<Option<&str>> = rows.iter().map(|row| row["dueOn"].as_str()).collect();
        let dated: Vec<&str> = dues.iter().flatten().copied().collect();
        assert!(dated.windows(2).all(|pair| pair[0] <= pair[1]), "{dues:?}");
        assert!(dues.iter().skip_while(|due| due.is_some()).all(Option::is_none), "what doesn't press comes last: {dues:?}");
        let item = rows.iter().find(|row| row["kind"] == "ACTION_ITEM").expect("the item");
        assert_eq!((&item["id"], &item["overdue"], &item["dueOn"]), (&json!(id(Table::ActionItem, 1)), &json!(true), &json!("2026-03-01")));
        // An id leads to the thing itself.
        let node = agent.send("query($id: ID!) { node(id: $id) { __typename } }", json!({ "id": item["id"] })).await.fine();
        assert_eq!(node.data("node.__typename"), "ActionItem");

        // Page by page it is the same list.
        let (mut paged, mut after) = (Vec::new(), Value::Null);
        loop {
            let (page, list) = mine(&agent, json!({ "first": 2, "after": after })).await;
            paged.extend(page);
            after = list["pageInfo"]["endCursor"].clone();
            if list["pageInfo"]["hasNextPage"] == json!(false) {
                break;
            }
        }
        assert_eq!(paged, rows);
        let wrong = agent.send(MINE, json!({ "after": "nonsense" })).await;
        assert_eq!(wrong.error_codes(), ["BAD_INPUT"]);
        let (late, _) = mine(&agent, json!({ "filter": { "overdue": true } })).await;
        assert!(!late.is_empty() && late.iter().all(|row| row["overdue"] == json!(true)));
        let (only, _) = mine(&agent, json!({ "filter": { "kinds": ["ACTION_ITEM"] } })).await;
        assert_eq!(only.len(), 1);

        // What is done goes.
        let input = json!({ "id": id(Table::ActionItem, 1), "state": "DONE" });
        change(&agent, "actionItemAdvance", "actionItem { id }", 1, input).await.fine();
        change(&agent, "ruleAcknowledge", "rule { id }", 1, json!({ "id": id(Table::TeamRule, 2) })).await.fine();
        let (left, _) = mine(&agent, json!({ "first": 100 })).await;
        assert_eq!(left.len(), rows.len() - 2);
    }

    async fn each_source_has_its_own(app: TestApp) {
        // The lead must do a learning path, hasn't voted, looks after a suggestion and hasn't noted two rules.
        let (rows, _) = mine(&app.as_("team_lead").await, json!({ "first": 100 })).await;
        let found = kinds(&rows);
        for (kind, count) in [("COURSE", 1), ("VOTE", 2), ("SUGGESTION", 1), ("RULE_ACKNOWLEDGEMENT", 2)] {
            assert_eq!(found.iter().filter(|one| **one == kind).count(), count, "{kind}: {rows:?}");
        }
        // The engineer's certificate runs out in twenty days.
        let (rows, _) = mine(&app.as_("engineer").await, json!({ "filter": { "kinds": ["CERTIFICATE"] } })).await;
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert_eq!(rows[0]["dueOn"], "2026-03-21", "the last day on which it holds");
        app.clock.advance(TimeDelta::days(20));
        let (rows, _) = mine(&app.as_("engineer").await, json!({ "filter": { "kinds": ["CERTIFICATE"] } })).await;
        assert!(rows.is_empty(), "over: {rows:?}");
        // Whoever is no member has nothing to do.
        for login in ["admin", "trainer", "auditor", "partner"] {
            let (rows, list) = mine(&app.as_(login).await, json!({})).await;
            assert!(rows.is_empty() && list["totalCount"] == json!(0), "{login}");
        }
    }

    async fn who_sees_whose_tasks(app: TestApp) {
        let agents = json!({ "of": { "memberId": id(Table::Member, 2) } });
        let of = async |login: &str| app.as_(login).await.send(OF, agents.clone()).await;
        let kinds_of = async |login: &str| -> Vec<String> {
            let reply = of(login).await.fine();
            let mut kinds: Vec<String> = kinds(reply.list("tasks.nodes")).into_iter().map(str::to_owned).collect();
            kinds.sort();
            kinds.dedup();
            kinds
        };
        // The lead sees what the lead sees elsewhere; a colleague of the team the tickets and the items of a common meeting.
        assert_eq!(kinds_of("team_lead").await, ["ACTION_ITEM", "RULE_ACKNOWLEDGEMENT", "TICKET"]);
        assert_eq!(kinds_of("mover").await, ["ACTION_ITEM", "TICKET"]);
        // HR sees members and manages rules, no tickets and no meetings.
        assert_eq!(kinds_of("hr").await, ["RULE_ACKNOWLEDGEMENT"]);
        assert_eq!(kinds_of("trainer").await, [] as [&str; 0]);
        for login in ["engineer", "colleague"] {
            assert!(of(login).await.fine().data("tasks").is_null(), "{login} doesn't see the agent");
        }
        for login in ["partner", "customer"] {
            assert_eq!(of(login).await.error_codes(), ["FORBIDDEN"], "{login}");
        }
        let team = json!({ "of": { "teamId": id(Table::Team, 2) }, "filter": { "kinds": ["ACTION_ITEM", "RULE_ACKNOWLEDGEMENT"] } });
        let seen = app.as_("team_lead").await.send(OF, team).await.fine();
        let members: std::collections::BTreeSet<&str> = seen.list("tasks.nodes").iter().map(|row| row["memberId"].as_str().expect("an id")).collect();
        assert_eq!(members.len(), 2, "agent and mover: {seen}");
    }

    /// However many have however much to do, it takes the same number of statements.
    async fn a_fixed_number_of_statements(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let mut counts = Vec::new();
        for of in [json!({ "memberId": id(Table::Member, 2) }), json!({ "memberId": id(Table::Member, 8) })] {
            counts.push(app.statements(async || { manager.send(OF, json!({ "of": of })).await.fine(); }).await);
        }
        assert_eq!(counts[0], counts[1], "{counts:?}");
        assert!(counts[0] < 50, "{counts:?}");
    }
}
