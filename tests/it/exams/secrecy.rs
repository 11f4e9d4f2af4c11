//! What is right is out of reach while an exam is on, by every path; and results are for those whom they concern.

use entity::{audit_log, outbox};
use sea_orm::EntityTrait;
use serde_json::{Value, json};

use super::{cell, content, exam, hand_in, label, look, question, save, start_exam};
use crate::support::app::{Reply, TestApp};
use crate::support::company::{self, LOGINS, SECRET_WORD};
use crate::support::data::Table;
use crate::support::database::both_databases;

/// A word that is only in keys.
const KEY: &str = "quecksilber";

fn tells(reply: &Reply) -> bool {
    let text = reply.body.to_string();
    text.contains(KEY) || text.contains(SECRET_WORD)
}

both_databases! {
    async fn keys_are_out_of_reach_by_every_path(app: TestApp) {
        let trainer = app.as_("trainer").await;
        let secret = question(&trainer, "TEXT", "pump", json!({ "keywords": [[KEY]] })).await;
        question(&trainer, "SINGLE", "pump", super::choices()).await;
        let id = exam(&trainer, content(json!([cell("pump", 2, "10")])), &[1, 4, 7]).await;
        let agent = app.as_("agent").await;
        let paper = start_exam(&agent, &id).await.fine();
        assert!(!tells(&paper));
        let attempt = paper.text("examAttemptStart.attempt.id").to_owned();
        let items = paper.list("examAttemptStart.attempt.paper").to_vec();
        let single = items.iter().find(|item| item["kind"] == "SINGLE").expect("it").clone();
        let text = items.iter().find(|item| item["kind"] == "TEXT").expect("it").clone();

        // Right and wrong answers are answered alike, with as many statements.
        let mut seen: Vec<(String, u64)> = Vec::new();
        for (sequence, option) in [(1, "right"), (2, "wrong"), (3, "right"), (4, "wrong")] {
            // Whether rights are read again shall not depend on how long the one before took.
            app.db.recent_epoch().forget();
            let before = app.db.statements();
            let reply = save(&agent, &single, sequence, json!({ "choices": [label(&single, option)] })).await.fine();
            let label = label(&single, option).as_str().expect("a label").to_owned();
            let said = reply.comparable().replace(&format!("\"{label}\""), "L").replace(&format!("\"sequence\":{sequence}"), "S");
            seen.push((said, app.db.statements() - before));
        }
        assert_eq!(seen[2], seen[3], "what is right can't be told from saving");
        for said in [KEY, "nothing"] {
            assert!(save(&agent, &text, 10, json!({ "text": said })).await.fine().data("examAnswerSave.item.review").is_null());
        }
        save(&agent, &text, 11, json!({ "text": "nothing" })).await.fine();

        // Types, ids, filters, orders, counts: for everybody but those who keep the bank.
        let version = trainer.send("query($id: ID!) { examQuestion(id: $id) { versions { id answer { keywords } } } }", json!({ "id": secret })).await.fine();
        assert!(tells(&version), "the author sees it");
        let version = version.text("examQuestion.versions.0.id").to_owned();
        for login in LOGINS.into_iter().filter(|login| !["admin", "trainer"].contains(login)) {
            let actor = app.as_(login).await;
            for document in [
                "query($id: ID!) { examQuestion(id: $id) { versions { text answer { keywords } } } }",
                "query($id: ID!) { node(id: $id) { id } }",
                "{ examQuestions(first: 5) { totalCount nodes { id } } }",
                "{ examQuestions(filter: { topic: { eq: \"pump\" } }) { totalCount } }",
                "{ examQuestions(orderBy: CREATED_AT_DESC) { nodes { versions { explanation } } } }",
            ] {
                let reply = actor.send(document, json!({ "id": secret })).await;
                assert!(!reply.errors().is_empty() && !tells(&reply), "{login} {document}: {reply}");
                assert!(reply.body["data"].as_object().is_none_or(|data| data.values().all(Value::is_null)), "{login}: {reply}");
            }
            // A version is no node; statistics, marks and reviews wait for the end.
            for (document, variables) in [
                ("query($id: ID!) { node(id: $id) { id } }", json!({ "id": version })),
                ("query($id: ID!) { examStatistics(examId: $id) { items { distractors { correct } } } }", json!({ "id": id })),
            ] {
                let reply = actor.send(document, variables).await;
                assert!(!reply.errors().is_empty() && !tells(&reply), "{login} {document}: {reply}");
            }
            let reply = actor.send("query($id: ID!) { examAttempt(id: $id) { marks { points } paper { review { answer { keywords } } } } }", json!({ "id": attempt })).await;
            assert!(!tells(&reply), "{login}: {reply}");
            assert!(reply.body["data"]["examAttempt"]["marks"].is_null(), "{login}: {reply}");
            // Only assessors of the exam have tasks, and of what waits for people.
            let reply = actor.send("query($id: ID!) { examGradingTasks(examId: $id) { key { keywords } } }", json!({ "id": id })).await;
            assert!(!tells(&reply) && reply.body["data"]["examGradingTasks"].as_array().is_none_or(Vec::is_empty), "{login}: {reply}");
            // What would be allowed says what is needed, and nothing of what is there.
            let check = "query($document: String!) { accessCheck(document: $document) { __typename } }";
            let reply = actor.send(check, json!({ "document": format!("{{ examQuestion(id: \"{secret}\") {{ id }} }}") })).await;
            assert!(!tells(&reply), "{login}: {reply}");
        }

        // Errors: what is no answer is told by its form alone.
        for wrong in [json!({ "choices": ["Z"] }), json!({ "number": "1" }), json!({ "isTrue": true })] {
            let reply = save(&agent, &text, 12, wrong).await;
            assert!(!reply.user_errors().is_empty() && !tells(&reply), "{reply}");
        }

        // Handed in: the result is there, what is right isn't, until the exam is closed.
        hand_in(&agent, &attempt).await.fine();
        let seen = look(&agent, &attempt).await.fine();
        assert!(!tells(&seen) && seen.list("examAttempt.paper").iter().all(|item| item["review"].is_null()), "{seen}");
        // The audit log and the events have none of it.
        for row in audit_log::Entity::find().all(app.db.reader()).await.expect("the log") {
            let text = row.detail.to_string();
            assert!(!text.contains(KEY) && !text.contains("correct") && !text.contains("zinnober"), "{text}");
        }
        for row in outbox::Entity::find().all(app.db.reader()).await.expect("the outbox") {
            assert!(!row.payload.to_string().contains(KEY), "{}", row.payload);
        }
        let entries = app.as_("auditor").await.ask("{ auditEntries(first: 100) { nodes { action detail } } }").await.fine();
        assert!(!tells(&entries));
        trainer.change("examClose", "exam { state }", json!({ "id": id, "expectedVersion": 3, "reason": "Done." })).await.fine();
        assert!(tells(&look(&agent, &attempt).await.fine()), "closed: now it is shown");
    }

    /// The agent sees its own results, the lead the team's, nobody those of others - by lists, counts, filters or by id.
    async fn results_are_for_those_whom_they_concern(app: TestApp) {
        let attempt = |n| company::id(Table::ExamAttempt, n);
        let list = "{ examAttempts(first: 50) { totalCount nodes { id result { points passed } } } }";
        let passed = "{ examAttempts(filter: { passed: true }) { totalCount } }";
        // Attempts 1, 2, 3 are published, of the agent, the colleague and the mover; 4 is the colleague's and waits.
        for (login, seen, won) in [
            ("agent", vec![1], 0), ("colleague", vec![2, 4], 1), ("mover", vec![3], 1), ("engineer", vec![], 0), ("coordinator", vec![], 0),
            ("team_lead", vec![1, 2, 3], 2), ("service_manager", vec![1, 2, 3, 4], 2), ("hr", vec![1, 2, 3, 4], 2), ("trainer", vec![], 0),
        ] {
            let actor = app.as_(login).await;
            let reply = actor.ask(list).await.fine();
            let mut found: Vec<&Value> = reply.list("examAttempts.nodes").iter().map(|node| &node["id"]).collect();
            found.sort_by_key(|id| id.to_string());
            let mut expected: Vec<Value> = seen.iter().map(|n| json!(attempt(*n))).collect();
            expected.sort_by_key(ToString::to_string);
            assert_eq!(found, expected.iter().collect::<Vec<_>>(), "{login}");
            assert_eq!(reply.data("examAttempts.totalCount"), seen.len(), "{login}");
            assert_eq!(actor.ask(passed).await.fine().data("examAttempts.totalCount"), won, "{login}");
            for n in 1..=4 {
                let reply = actor.send("query($id: ID!) { examAttempt(id: $id) { result { points } } }", json!({ "id": attempt(n) })).await.fine();
                assert_eq!(reply.data("examAttempt").is_null(), !seen.contains(&n), "{login} {n}");
            }
        }
        for login in ["partner", "customer"] {
            assert_eq!(app.as_(login).await.ask(list).await.error_codes(), ["FORBIDDEN"]);
        }
    }

    /// With fewer members than the minimum, statistics say nothing.
    async fn tiny_groups_have_no_statistics(app: TestApp) {
        let query = "query($id: ID!) { examStatistics(examId: $id) { attempts members minimum passRate meanPercent items { tries difficulty distractors { chosen correct } } } }";
        let id = company::id(Table::Exam, 1);
        let manager = app.as_("service_manager").await;
        let reply = manager.send(query, json!({ "id": id })).await.fine();
        assert_eq!(reply.data("examStatistics.passRate"), "66.6667");
        assert_eq!(reply.data("examStatistics.items.0.difficulty"), "0.6667");
        let chosen: Vec<&Value> = reply.list("examStatistics.items.0.distractors").iter().map(|one| &one["chosen"]).collect();
        assert_eq!(chosen, [2, 1, 0]);
        let more = json!({ "key": "metrics.minimum_group", "value": "4", "expectedVersion": 0 });
        manager.change("settingChange", "setting { key }", more).await.fine();
        let reply = manager.send(query, json!({ "id": id })).await.fine();
        assert!(reply.data("examStatistics.passRate").is_null() && reply.list("examStatistics.items").is_empty(), "{reply}");
        // What is on has none, whoever asks; who doesn't run it has none at all.
        let on = json!({ "id": company::id(Table::Exam, 2) });
        assert_eq!(manager.send(query, on).await.error_codes(), ["BAD_INPUT"]);
        assert_eq!(app.as_("team_lead").await.send(query, json!({ "id": id })).await.error_codes(), ["FORBIDDEN"]);
    }
}
