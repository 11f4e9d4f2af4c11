mod certificates;
mod course;
mod scopes;
mod secrecy;
mod storm;

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company;
use crate::support::data::{Table, minutes};

const PAPER: &str = "attempt { id state secondsLeft result { points percent passed } paper {
    id position kind text options { label text } maxPoints answer { choices isTrue number text } sequence
    review { points answer { choices isTrue } explanation } } }";

fn member(n: usize) -> String {
    company::id(Table::Member, n)
}

/// A question of the trainer's, in use; returns its id.
async fn question(trainer: &Actor, kind: &str, topic: &str, mut more: Value) -> String {
    more["kind"] = kind.into();
    more["topic"] = topic.into();
    more["difficulty"] = 2.into();
    more["text"] = format!("{kind} about {topic}?").into();
    more["textZh"] = "题干？".into();
    more["explanation"] = "zinnober explains".into();
    let reply = trainer
        .change("examQuestionCreate", "question { id version state }", more)
        .await
        .fine();
    let id = reply.text("examQuestionCreate.question.id").to_owned();
    let input = json!({ "id": id, "expectedVersion": 1 });
    trainer
        .change("examQuestionActivate", "question { state }", input)
        .await
        .fine();
    id
}

fn choices() -> Value {
    json!({ "options": [
        { "text": "right", "textZh": "对", "correct": true },
        { "text": "wrong", "textZh": "错", "correct": false },
        { "text": "worse", "textZh": "更错", "correct": false },
    ] })
}

/// The content of an exam of the trainer's: open for everybody from now on, an hour each.
fn content(blueprint: Value) -> Value {
    json!({
        "code": "safety", "title": "Safety", "titleZh": "安全", "blueprint": blueprint, "timeLimitMinutes": 60, "passPercent": 60,
        "attemptsAllowed": 2, "opensAt": minutes(0), "closesAt": minutes(600), "openToAll": true, "publication": "GRADED",
        "ownerId": member(7),
    })
}

fn cell(topic: &str, count: usize, points: &str) -> Value {
    json!({ "topic": topic, "count": count, "points": points })
}

/// Makes an exam and brings it on; returns its id.
async fn exam(trainer: &Actor, content: Value, assessors: &[usize]) -> String {
    let reply = trainer
        .change(
            "examCreate",
            "exam { id version }",
            json!({ "exam": content }),
        )
        .await
        .fine();
    let id = reply.text("examCreate.exam.id").to_owned();
    let mut version = 1;
    if !assessors.is_empty() {
        let add: Vec<String> = assessors.iter().map(|n| member(*n)).collect();
        let input = json!({ "id": id, "expectedVersion": version, "add": add });
        trainer
            .change(
                "examAssessorsChange",
                "exam { assessors { number } }",
                input,
            )
            .await
            .fine();
        version += 1;
    }
    let input = json!({ "id": id, "expectedVersion": version });
    trainer
        .change("examActivate", "exam { state pool }", input)
        .await
        .fine();
    id
}

async fn start_exam(actor: &Actor, exam: &str) -> Reply {
    actor
        .change("examAttemptStart", PAPER, json!({ "examId": exam }))
        .await
}

async fn look(actor: &Actor, attempt: &str) -> Reply {
    let query = format!(
        "query($id: ID!) {{ examAttempt(id: $id) {{ {} }} }}",
        PAPER
            .strip_prefix("attempt { ")
            .and_then(|text| text.strip_suffix(" }"))
            .expect("fields")
    );
    actor.send(&query, json!({ "id": attempt })).await
}

async fn save(actor: &Actor, item: &Value, sequence: i64, mut said: Value) -> Reply {
    said["itemId"] = item["id"].clone();
    said["sequence"] = sequence.into();
    actor
        .change(
            "examAnswerSave",
            "item { sequence answer { choices isTrue number text } review { points } }",
            said,
        )
        .await
}

async fn hand_in(actor: &Actor, attempt: &str) -> Reply {
    actor
        .change(
            "examAttemptHandIn",
            "attempt { state handedInBy result { points percent passed } }",
            json!({ "attemptId": attempt }),
        )
        .await
}

/// The label of an option on a paper by its text.
fn label<'p>(item: &'p Value, text: &str) -> &'p Value {
    let options = item["options"].as_array().expect("options");
    &options
        .iter()
        .find(|option| option["text"] == text)
        .expect("the option")["label"]
}

/// One round of the worker, at the clock's time.
async fn round(app: &TestApp) -> usize {
    let done = aftercare::training::exams::actions::round(
        &app.db,
        app.config.time_zone(),
        app.clock.now(),
    )
    .await;
    done.expect("a round")
}

fn later(app: &TestApp, minutes: i64) {
    app.clock.advance(TimeDelta::minutes(minutes));
}
