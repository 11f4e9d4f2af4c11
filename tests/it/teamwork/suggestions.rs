use serde_json::{Value, json};

use super::{change, id};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::data::Table;
use crate::support::database::both_databases;
use crate::support::socket::{Socket, following, hear};

const ALL: &str = "query($id: ID!) { suggestion(id: $id) { id version title state anonymous mine author { name number } handler { number } outcome supporters supported
    steps { kind note actorName actor { name number } } } }";

async fn shown(actor: &Actor, id: &str) -> Reply {
    actor.send(ALL, json!({ "id": id })).await
}

/// What is told next.
async fn told(socket: &mut Socket) -> Value {
    let message = hear(socket).await.expect("something is told");
    message["payload"]["data"]["suggestionChanged"].clone()
}

both_databases! {
    async fn from_submission_to_outcome(app: TestApp) {
        let (agent, manager, engineer) = (app.as_("agent").await, app.as_("service_manager").await, app.as_("engineer").await);
        let input = json!({ "title": "Templates", "body": "For simple questions.", "area": "PROCESS", "idempotencyKey": "s1" });
        let made = agent.change("suggestionSubmit", "suggestion { id }", input.clone()).await.fine();
        let again = agent.change("suggestionSubmit", "suggestion { id }", input).await.fine();
        let one = made.text("suggestionSubmit.suggestion.id").to_owned();
        assert_eq!(again.text("suggestionSubmit.suggestion.id"), one);
        let support = async |actor: &Actor, support: bool| {
            actor.change("suggestionSupport", "suggestion { supporters supported }", json!({ "suggestionId": one, "support": support })).await
        };
        assert_eq!(support(&agent, true).await.user_errors(), [("RULE_VIOLATED", "input.suggestionId".to_owned())]);
        for _ in 0..2 {
            assert_eq!(support(&engineer, true).await.fine().data("suggestionSupport.suggestion"), &json!({ "supporters": 1, "supported": true }));
        }
        let step = async |actor: &Actor, mutation: &str, version: i64, more: Value| {
            let mut input = more;
            input["id"] = json!(one);
            change(actor, mutation, "suggestion { state }", version, input).await
        };
        assert_eq!(step(&manager, "suggestionDecide", 1, json!({ "accept": true, "note": "Yes." })).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())], "received first");
        assert_eq!(step(&agent, "suggestionReceive", 1, json!({})).await.error_codes(), ["FORBIDDEN"], "only who looks after suggestions");
        step(&manager, "suggestionReceive", 1, json!({ "handlerId": id(Table::Member, 4) })).await.fine();
        step(&engineer, "suggestionAnswer", 2, json!({ "note": "I look at it." })).await.fine();
        assert_eq!(step(&engineer, "suggestionDecide", 2, json!({ "accept": true, "note": "x" })).await.error_codes(), ["CONFLICT"]);
        step(&engineer, "suggestionDecide", 3, json!({ "accept": true, "note": "It saves time." })).await.fine();
        assert_eq!(step(&agent, "suggestionWithdraw", 4, json!({ "reason": "No." })).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        step(&engineer, "suggestionRealise", 4, json!({})).await.fine();
        step(&engineer, "suggestionComplete", 5, json!({ "outcome": "Twelve templates." })).await.fine();
        let seen = shown(&agent, &one).await;
        let kinds: Vec<_> = seen.list("suggestion.steps").iter().map(|row| row["kind"].as_str().expect("a kind")).collect();
        assert_eq!(kinds, ["SUBMITTED", "RECEIVED", "ANSWERED", "ACCEPTED", "STARTED", "DONE"], "the submitter sees every step");
        assert_eq!(seen.data("suggestion.outcome"), "Twelve templates.");
        assert_eq!(support(&engineer, false).await.user_errors(), [("WRONG_STATE", "input.suggestionId".to_owned())], "it is over");
    }

    /// Whoever follows all suggestions hears of each step as it is taken, whoever follows one hears of that one alone; who submitted
    /// an anonymous one is told to whoever looks after suggestions, and to nobody else.
    async fn followers_hear_of_each_step(app: TestApp) {
        let address = app.listen().await;
        let (agent, manager) = (app.as_("agent").await, app.as_("service_manager").await);
        let query = "subscription($id: ID) { suggestionChanged(id: $id) { id state supporters author { number } } }";
        let other = id(Table::Suggestion, 2);
        let mut all = following(address, app.as_("engineer").await.token(), query, json!({ "id": null })).await;
        let mut one = following(address, app.as_("engineer").await.token(), query, json!({ "id": other })).await;
        let mut handler = following(address, manager.token(), query, json!({ "id": null })).await;

        let input = json!({ "title": "Quiet room", "body": "For long calls.", "area": "WORKPLACE", "anonymous": true });
        let made = agent.change("suggestionSubmit", "suggestion { id }", input).await.fine();
        let fresh = made.text("suggestionSubmit.suggestion.id").to_owned();
        let step = |state: &str, supporters: i64, author: Value| json!({ "id": fresh, "state": state, "supporters": supporters, "author": author });
        assert_eq!(told(&mut all).await, step("SUBMITTED", 0, Value::Null));
        assert_eq!(told(&mut handler).await, step("SUBMITTED", 0, json!({ "number": "M0002" })));
        let support = json!({ "suggestionId": fresh, "support": true });
        app.as_("colleague").await.change("suggestionSupport", "suggestion { id }", support).await.fine();
        assert_eq!(told(&mut all).await, step("SUBMITTED", 1, Value::Null));
        let taken = json!({ "id": fresh });
        change(&manager, "suggestionReceive", "suggestion { id }", 1, taken).await.fine();
        assert_eq!(told(&mut all).await, step("RECEIVED", 1, Value::Null));
        change(&manager, "suggestionReceive", "suggestion { id }", 1, json!({ "id": other })).await.fine();
        for socket in [&mut all, &mut one] {
            let heard = told(socket).await;
            assert_eq!((&heard["id"], &heard["state"]), (&json!(other), &json!("RECEIVED")), "{heard}");
        }
    }

    async fn nobody_looks_after_their_own(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let input = json!({ "title": "More tea", "body": "In every kitchen.", "area": "WORKPLACE" });
        let made = manager.change("suggestionSubmit", "suggestion { id }", input).await.fine();
        let one = made.text("suggestionSubmit.suggestion.id");
        let reply = change(&manager, "suggestionReceive", "suggestion { id }", 1, json!({ "id": one })).await;
        assert_eq!(reply.user_errors()[0], ("RULE_VIOLATED", "input.id".to_owned()));
        let to_author = json!({ "id": id(Table::Suggestion, 2), "handlerId": id(Table::Member, 3) });
        let reply = change(&manager, "suggestionReceive", "suggestion { id }", 1, to_author).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", "input.handlerId".to_owned())]);
    }

    /// Who may know who submitted an anonymous suggestion: its author and its handler, by no path anybody else.
    async fn an_anonymous_suggestion_is_nobodys(app: TestApp) {
        // The mover's (number 5), given to the lead; and one that the mover submits now.
        let mover = app.as_("mover").await;
        let input = json!({ "title": "Quiet room", "body": "For long calls.", "area": "WORKPLACE", "anonymous": true, "idempotencyKey": "q1" });
        let made = mover.change("suggestionSubmit", "suggestion { id }", input.clone()).await.fine();
        let again = mover.change("suggestionSubmit", "suggestion { id }", input.clone()).await.fine();
        let fresh = made.text("suggestionSubmit.suggestion.id").to_owned();
        assert_eq!(again.text("suggestionSubmit.suggestion.id"), fresh);
        let other = app.as_("agent").await.change("suggestionSubmit", "suggestion { id }", input).await.fine();
        assert_ne!(other.text("suggestionSubmit.suggestion.id"), fresh, "the same key of somebody else is another one");

        let known = id(Table::Suggestion, 3);
        // (who, knows of the one given to the lead, knows of the fresh one)
        for (login, given, new) in [
            ("mover", true, true), ("team_lead", true, false), ("service_manager", true, true), ("hr", true, true), ("admin", true, true),
            ("agent", false, false), ("colleague", false, false), ("engineer", false, false), ("coordinator", false, false), ("trainer", false, false), ("auditor", false, false),
        ] {
            let actor = app.as_(login).await;
            for (one, knows) in [(&known, given), (&fresh, new)] {
                let seen = shown(&actor, one).await;
                let body = seen.body["data"].to_string();
                assert_eq!(body.contains("Liu Yang") || body.contains("M0005"), knows, "{login} {one}: {seen}");
                let node = actor.send("query($id: ID!) { node(id: $id) { ... on Suggestion { author { number } steps { actorName } } } }", json!({ "id": one })).await;
                assert_eq!(node.body["data"].to_string().contains("M0005"), knows, "{login}");
            }
            let listed = actor.ask("{ suggestions(filter: { mine: true }) { nodes { title } } }").await.fine();
            let mine = listed.list("suggestions.nodes").iter().any(|row| row["title"] == "Quiet room");
            assert_eq!(mine, login == "mover" || login == "agent", "{login}");
            let file = actor.export("csv", "{ suggestions { nodes { title author { name } } } }", json!({})).await;
            if !given {
                assert!(!String::from_utf8_lossy(&file.bytes).contains("Liu Yang"), "{login}");
            }
        }
        // The log keeps that it was submitted, and not by whom.
        let log = app.as_("auditor").await.ask("{ auditEntries(first: 100) { nodes { action actorName entityId detail } } }").await;
        let entries: Vec<&Value> = log.list("auditEntries.nodes").iter().filter(|row| row["action"] == "suggestion.submit").collect();
        assert_eq!(entries.len(), 2, "{log}");
        assert!(entries.iter().all(|row| row["actorName"] == "unnamed"), "{entries:?}");
        // Its author takes it back, unnamed too.
        change(&mover, "suggestionWithdraw", "suggestion { state }", 1, json!({ "id": fresh, "reason": "Found one." })).await.fine();
        let seen = shown(&app.as_("colleague").await, &fresh).await;
        assert!(seen.list("suggestion.steps").iter().all(|row| row["actorName"].is_null() && row["actor"].is_null()), "{seen}");
        let log = app.as_("auditor").await.ask("{ auditEntries(first: 20) { nodes { action actorName } } }").await;
        let entry = log.list("auditEntries.nodes").iter().find(|row| row["action"] == "suggestion.withdraw");
        assert_eq!(entry.map(|row| &row["actorName"]), Some(&json!("unnamed")), "{log}");
        // Whoever looks after it is named with every step, and a colleague's withdrawal is refused.
        let reply = change(&app.as_("agent").await, "suggestionWithdraw", "suggestion { id }", 1, json!({ "id": known, "reason": "x" })).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())]);
    }
}
