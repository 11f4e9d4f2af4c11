use aftercare::metrics::facts::Provider;
use aftercare::training::exams::{ExamFacts, told_between};
use entity::{exam_attempt, exam_mark};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    cell, choices, content, exam, hand_in, label, later, look, member, question, round, save,
    start_exam,
};
use crate::support::app::TestApp;
use crate::support::database::both_databases;

both_databases! {
    /// From the question to the corrected result, with everybody who takes part.
    async fn an_exam_runs_its_course(app: TestApp) {
        let trainer = app.as_("trainer").await;
        question(&trainer, "SINGLE", "pump", choices()).await;
        question(&trainer, "TRUE_FALSE", "pump", json!({ "isTrue": true })).await;
        question(&trainer, "NUMBER", "pump", json!({ "number": { "value": "38", "tolerance": "0.5" } })).await;

        // What lacks is said: which cell, how many.
        let draft = content(json!([cell("pump", 3, "10"), cell("words", 1, "20")]));
        let reply = trainer.change("examCreate", "exam { id }", json!({ "exam": draft, "idempotencyKey": "e1" })).await.fine();
        let again = trainer.change("examCreate", "exam { id }", json!({ "exam": draft, "idempotencyKey": "e1" })).await.fine();
        assert_eq!(reply.data("examCreate.exam.id"), again.data("examCreate.exam.id"));
        let id = reply.text("examCreate.exam.id").to_owned();
        let activate = json!({ "id": id, "expectedVersion": 1 });
        let reply = trainer.change("examActivate", "exam { id }", activate.clone()).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())]);
        assert!(reply.body.to_string().contains("Cell 2 of the blueprint (words) needs 1 questions in use and can have 0"), "{reply}");
        question(&trainer, "TEXT", "words", json!({})).await;
        let reply = trainer.change("examActivate", "exam { id }", activate).await;
        assert!(reply.body.to_string().contains("at least three assessors"), "{reply}");
        let assessors = json!({ "id": id, "expectedVersion": 1, "add": [member(1), member(4), member(7)] });
        trainer.change("examAssessorsChange", "exam { assessors { name } }", assessors).await.fine();
        trainer.change("examActivate", "exam { state }", json!({ "id": id, "expectedVersion": 2 })).await.fine();

        // Who keeps the bank, runs or marks it doesn't sit it.
        for login in ["admin", "trainer", "team_lead", "service_manager"] {
            let reply = start_exam(&app.as_(login).await, &id).await;
            assert!(reply.body["data"]["examAttemptStart"]["attempt"].is_null(), "{login}: {reply}");
        }

        // The agent sits it; answers are kept, whatever comes late or twice.
        let agent = app.as_("agent").await;
        let paper = start_exam(&agent, &id).await.fine();
        let attempt = paper.text("examAttemptStart.attempt.id").to_owned();
        assert_eq!(start_exam(&agent, &id).await.user_errors(), [("WRONG_STATE", "input.examId".to_owned())]);
        let items = paper.list("examAttemptStart.attempt.paper").to_vec();
        assert_eq!(items.len(), 4);
        let of = |kind: &str| items.iter().find(|item| item["kind"] == kind).expect("an item");
        let (single, truth, number, text) = (of("SINGLE"), of("TRUE_FALSE"), of("NUMBER"), of("TEXT"));
        let (right, wrong) = (label(single, "right"), label(single, "wrong"));
        save(&agent, single, 2, json!({ "choices": [right] })).await.fine();
        let stale = save(&agent, single, 1, json!({ "choices": [wrong] })).await.fine();
        assert_eq!(stale.data("examAnswerSave.item.answer.choices"), &json!([right]), "the newer one stays");
        save(&agent, single, 2, json!({ "choices": [right] })).await.fine();
        save(&agent, number, 1, json!({ "number": "37.5" })).await.fine();
        save(&agent, text, 1, json!({ "text": "Switch it off" })).await.fine();
        assert_eq!(save(&agent, truth, 1, json!({ "number": "1" })).await.user_errors(), [("INVALID", "input.itemId".to_owned())]);
        // Cut off and back: answers and time are there.
        later(&app, 10);
        let back = look(&agent, &attempt).await.fine();
        assert_eq!(back.data("examAttempt.secondsLeft"), 50 * 60);
        let saved = back.list("examAttempt.paper").iter().filter(|item| !item["answer"].is_null()).count();
        assert_eq!(saved, 3);
        let reply = hand_in(&agent, &attempt).await.fine();
        assert_eq!(reply.data("examAttemptHandIn.attempt.state"), "HANDED_IN");
        assert!(save(&agent, truth, 1, json!({ "isTrue": true })).await.user_errors()[0].0 == "WRONG_STATE");

        // Two assessors who don't see each other, far apart: a third decides.
        let mark = async |login: &str, points: &str| {
            let actor = app.as_(login).await;
            let tasks = actor.send("query($id: ID!) { examGradingTasks(examId: $id) { id answer maxPoints key { keywords } } }", json!({ "id": id })).await.fine();
            let task = tasks.list("examGradingTasks").first()?;
            let input = json!({ "itemId": task["id"], "points": points, "comment": "seen" });
            let reply = actor.change("examItemMark", "marked", input.clone()).await.fine();
            assert_eq!(actor.change("examItemMark", "marked", input).await.error_codes(), ["NOT_FOUND"], "nobody marks twice");
            Some(reply)
        };
        assert!(mark("team_lead", "20").await.is_some());
        assert!(mark("engineer", "10").await.is_some());
        assert!(mark("team_lead", "20").await.is_none(), "who marked isn't the third");
        assert!(mark("service_manager", "15").await.is_some());

        // 10 + 0 + 10 + 15 of 50: seventy of a hundred.
        let result = look(&agent, &attempt).await.fine();
        assert_eq!(result.data("examAttempt.result"), &json!({ "points": "35", "percent": "70", "passed": true }));
        assert!(result.list("examAttempt.paper").iter().all(|item| item["review"].is_null()), "what is right comes when it is closed");

        // An appeal: marked anew with a reason, the old marks kept, by somebody who hasn't marked it.
        let appeal = json!({ "attemptId": attempt, "itemId": text["id"], "reason": "All is said." });
        let reply = agent.change("examAppealFile", "appeal { id version }", appeal.clone()).await.fine();
        let appeal_id = reply.text("examAppealFile.appeal.id").to_owned();
        assert_eq!(agent.change("examAppealFile", "appeal { id }", appeal).await.user_errors(), [("WRONG_STATE", String::new())]);
        let decide = json!({ "id": appeal_id, "expectedVersion": 1, "marks": [{ "itemId": text["id"], "points": "5" }], "answer": "Half is missing." });
        let manager = app.as_("service_manager").await;
        assert_eq!(manager.change("examAppealDecide", "appeal { state }", decide.clone()).await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())]);
        let before = app.clock.now();
        later(&app, 1);
        let reply = trainer.change("examAppealDecide", "appeal { state answer }", decide).await.fine();
        assert_eq!(reply.data("examAppealDecide.appeal.state"), "UPHELD");
        let result = look(&agent, &attempt).await.fine();
        assert_eq!(result.data("examAttempt.result"), &json!({ "points": "25", "percent": "50", "passed": false }));
        let marks = trainer.send("query($id: ID!) { examAttempt(id: $id) { marks { slot points comment } } }", json!({ "id": attempt })).await.fine();
        let slots: Vec<&Value> = marks.list("examAttempt.marks").iter().filter(|mark| mark["slot"] != 0).map(|mark| &mark["slot"]).collect();
        assert_eq!(slots, [1, 2, 3, 4], "{marks}");

        // The corrected result counts, and only it.
        let attempted = exam_attempt::Entity::find().all(app.db.reader()).await.expect("rows").into_iter().max_by_key(|row| row.created_at).expect("one");
        let key = attempted.id;
        let tx = app.db.begin().await.expect("a transaction");
        let facts = ExamFacts.occurrences(&tx, &[key]).await.expect("facts");
        assert_eq!((facts.len(), facts[0].values[0], facts[0].values[1]), (1, Some(50), Some(0)));
        drop(tx);
        // Whatever was worked out before the appeal is worked out again from the marks of then.
        let told = async |known_at| {
            let day = chrono::TimeDelta::days(1);
            let told = told_between(app.db.reader(), &[attempted.member_id], (before - day, before + day), known_at).await.expect("results");
            told.iter().find(|one| one.attempt_id == key).map(|one| (one.points, one.passed)).expect("the attempt")
        };
        assert_eq!((told(before).await, told(app.clock.now()).await), ((350_000, true), (250_000, false)));

        // Closed: what is right is shown to who sat it.
        let close = json!({ "id": id, "expectedVersion": 3, "reason": "All are done." });
        trainer.change("examClose", "exam { state }", close).await.fine();
        let reviewed = look(&agent, &attempt).await.fine();
        let single = reviewed.list("examAttempt.paper").iter().find(|item| item["kind"] == "SINGLE").expect("it").clone();
        assert_eq!(single["review"]["answer"]["choices"], json!([label(&single, "right")]));
    }

    /// The server hands in at the deadline, and takes nothing at it or later.
    async fn the_servers_time_decides(app: TestApp) {
        let trainer = app.as_("trainer").await;
        question(&trainer, "SINGLE", "pump", choices()).await;
        let id = exam(&trainer, content(json!([cell("pump", 1, "10")])), &[]).await;
        let agent = app.as_("agent").await;
        let paper = start_exam(&agent, &id).await.fine();
        let attempt = paper.text("examAttemptStart.attempt.id").to_owned();
        let item = paper.data("examAttemptStart.attempt.paper.0").clone();
        let right = json!({ "choices": [label(&item, "right")] });
        later(&app, 55);
        let agent = app.as_("agent").await;
        app.clock.advance(chrono::TimeDelta::seconds(299));
        save(&agent, &item, 1, right.clone()).await.fine();
        app.clock.advance(chrono::TimeDelta::seconds(1));
        let late = save(&agent, &item, 2, json!({ "choices": [label(&item, "wrong")] })).await;
        assert_eq!(late.user_errors(), [("WRONG_STATE", "input.itemId".to_owned())]);
        assert_eq!(round(&app).await, 0, "requests that arrived in time may still be under way");
        app.clock.advance(chrono::TimeDelta::seconds(15));
        assert_eq!(round(&app).await, 1);
        assert_eq!(round(&app).await, 0);
        let seen = look(&agent, &attempt).await.fine();
        assert_eq!(seen.data("examAttempt.state"), "GRADED");
        assert_eq!(seen.data("examAttempt.result.points"), "10");
        // The window closes by itself.
        later(&app, 600);
        assert_eq!(round(&app).await, 1);
        let reply = app.as_("agent").await.send("query($id: ID!) { exam(id: $id) { state myAttemptsLeft } }", json!({ "id": id })).await.fine();
        assert_eq!(reply.data("exam.state"), "CLOSED");
        assert_eq!(reply.data("exam.myAttemptsLeft"), 1);
    }

    /// A paper can be drawn again from what is kept; a running attempt keeps its version.
    async fn papers_are_reproduced(app: TestApp) {
        use aftercare::training::exams::rules::paper::{Cell, Entry, Shuffle, draw};
        let trainer = app.as_("trainer").await;
        let mut first = String::new();
        for _ in 0..6 {
            first = question(&trainer, "SINGLE", "pump", choices()).await;
        }
        let id = exam(&trainer, content(json!([cell("pump", 4, "10")])), &[]).await;
        let mut revised = choices();
        for (field, value) in [("id", json!(first)), ("expectedVersion", json!(2)), ("note", json!("clearer")), ("difficulty", json!(3)), ("text", json!("New?")), ("textZh", json!("新？"))] {
            revised[field] = value;
        }
        trainer.change("examQuestionRevise", "question { current versions { number text } }", revised).await.fine();
        for login in ["agent", "engineer", "coordinator", "mover"] {
            start_exam(&app.as_(login).await, &id).await.fine();
        }
        let exam = entity::exam::Entity::find().all(app.db.reader()).await.expect("exams").into_iter().find(|row| row.code == "safety").expect("it");
        let pools = entity::exam_pool::Entity::find().all(app.db.reader()).await.expect("pools");
        let pool = pools.into_iter().find(|row| row.exam_id == exam.id).expect("a pool");
        let (pool_id, pool): (Uuid, Vec<Entry>) = (pool.id, serde_json::from_value(pool.entries).expect("entries"));
        let blueprint: Vec<Cell> = serde_json::from_value(exam.blueprint).expect("cells");
        let attempts = exam_attempt::Entity::find().all(app.db.reader()).await.expect("attempts");
        let items = entity::exam_item::Entity::find().all(app.db.reader()).await.expect("items");
        let mut papers = Vec::new();
        for attempt in attempts.iter().filter(|row| row.pool_id == pool_id) {
            let shuffle = Shuffle { questions: true, options: true };
            let drawn = draw(&blueprint, &pool, attempt.seed, shuffle).expect("a paper");
            let mut mine: Vec<_> = items.iter().filter(|item| item.attempt_id == attempt.id).collect();
            mine.sort_by_key(|item| item.position);
            let kept: Vec<(Uuid, Value)> = mine.iter().map(|item| (item.version_id, item.option_order.clone())).collect();
            let again: Vec<(Uuid, Value)> = drawn.iter().map(|one| (pool[one.entry].version, json!(one.options))).collect();
            assert_eq!(kept, again);
            papers.push(kept);
        }
        assert_eq!(papers.len(), 4);
        assert!(papers.windows(2).any(|two| two[0] != two[1]), "seeds differ");
        assert_eq!(exam_mark::Entity::find().count(app.db.reader()).await.expect("a count"), 3, "nothing new is marked");
    }
}
