use entity::{audit_log, idempotency_key, outbox, staff_survey_invitation, staff_survey_tally};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

use crate::support::app::{Actor, TestApp};
use crate::support::company::id;
use crate::support::data::{Table, days_ago};
use crate::support::database::both_databases;

/// Everybody of the company who has an account.
const STAFF: [&str; 7] = [
    "team_lead",
    "agent",
    "colleague",
    "engineer",
    "mover",
    "service_manager",
    "coordinator",
];

/// Opens a round with a rating and a choice; its id, and those of its questions.
async fn opened(app: &TestApp, minimum: i32) -> (String, Vec<String>) {
    let manager = app.as_("service_manager").await;
    let change = json!({ "key": "staff_survey.minimum_group", "value": minimum.to_string(), "expectedVersion": 0 });
    manager
        .change("settingChange", "setting { key }", change)
        .await
        .fine();
    let hr = app.as_("hr").await;
    let draft = json!({
        "title": "Spring", "titleZh": "春季", "closesOn": days_ago(-14).to_string(),
        "questions": [
            { "kind": "RATING", "text": "I like my work.", "textZh": "我喜欢我的工作。" },
            { "kind": "CHOICE", "text": "What would help most?", "textZh": "最需要什么？", "options": [{ "text": "Tools", "textZh": "工具" }, { "text": "Time", "textZh": "时间" }] },
        ],
    });
    let made = hr
        .change(
            "staffSurveyCreate",
            "survey { id state questions { id } }",
            draft,
        )
        .await
        .fine();
    let round = made.text("staffSurveyCreate.survey.id").to_owned();
    let seen = json!({ "id": round, "expectedVersion": 1 });
    let open = hr
        .change("staffSurveyOpen", "survey { state invited minimum }", seen)
        .await
        .fine();
    assert_eq!(
        open.data("staffSurveyOpen.survey"),
        &json!({ "state": "OPEN", "invited": 7, "minimum": minimum })
    );
    let questions = made.list("staffSurveyCreate.survey.questions");
    let questions = questions
        .iter()
        .map(|one| one["id"].as_str().expect("an id").to_owned());
    let questions = questions.collect();
    (round, questions)
}

fn answers(round: &str, questions: &[String], choices: [i32; 2]) -> Value {
    let answers: Vec<Value> = questions
        .iter()
        .zip(choices)
        .map(|(question, choice)| json!({ "questionId": question, "choice": choice }))
        .collect();
    json!({ "id": round, "answers": answers })
}

async fn close(app: &TestApp, round: &str) -> Actor {
    let hr = app.as_("hr").await;
    let seen = json!({ "id": round, "expectedVersion": 2 });
    hr.change("staffSurveyClose", "survey { state }", seen)
        .await
        .fine();
    hr
}

fn results(round: &str) -> String {
    format!(
        "{{ staffSurveyResults(id: \"{round}\") {{ people hasWithheld parts {{ people department {{ code }} team {{ code }} answers {{ mean satisfied counts {{ choice people option {{ text }} }} }} }} }} }}"
    )
}

both_databases! {
    async fn the_staff_answer_and_nobody_learns_who_said_what(app: TestApp) {
        let (round, questions) = opened(&app, 3).await;
        let db = app.db.reader();
        macro_rules! rows {
            ($($table:ident),*) => { [$($table::Entity::find().count(db).await.expect("a count")),*] };
        }
        // The sign-ins that answering needs come first: they are audited.
        let mut actors = Vec::new();
        for who in STAFF {
            actors.push(app.as_(who).await);
        }
        let before = rows!(audit_log, outbox, idempotency_key, staff_survey_tally, staff_survey_invitation);
        for (actor, rating) in actors.iter().zip([5, 4, 4, 2, 1, 5, 3]) {
            let given = answers(&round, &questions, [rating, 1 + rating % 2]);
            let answered = actor.change("staffSurveyAnswer", "survey { id answered version }", given).await.fine();
            assert_eq!(answered.data("staffSurveyAnswer.survey.answered"), true);
            assert_eq!(answered.data("staffSurveyAnswer.survey.version"), 2, "it tells nothing of how many answered");
        }
        let after = rows!(audit_log, outbox, idempotency_key, staff_survey_tally, staff_survey_invitation);
        assert_eq!(before, after, "answering adds no row anywhere");
        // While it is open nobody sees anything, admins included.
        for who in ["admin", "hr", "service_manager"] {
            let reply = app.as_(who).await.ask(&results(&round)).await;
            assert_eq!(reply.error_codes(), ["BAD_INPUT"], "{who}");
            assert!(reply.body["data"]["staffSurveyResults"].is_null());
        }
        let hr = close(&app, &round).await;
        let shown = hr.ask(&results(&round)).await.fine();
        assert_eq!(shown.data("staffSurveyResults.people"), 7);
        // Two technicians are too few, so the five of the desk go with them; and so do all teams.
        assert_eq!(shown.list("staffSurveyResults.parts").len(), 1, "{shown}");
        assert_eq!(shown.data("staffSurveyResults.hasWithheld"), true);
        let company = shown.data("staffSurveyResults.parts.0.answers");
        assert_eq!(company[0]["mean"], "3.4286");
        assert_eq!(company[0]["satisfied"], "57.1429");
        let counts: Vec<i64> = company[0]["counts"].as_array().expect("counts").iter().map(|one| one["people"].as_i64().expect("people")).collect();
        assert_eq!(counts, [1, 1, 1, 2, 2]);
        assert_eq!(company[1]["counts"][0], json!({ "choice": 1, "people": 3, "option": { "text": "Tools" } }));
        assert!(company[1]["mean"].is_null());
        // Admins see the same, byte by byte.
        let admin = app.as_("admin").await.ask(&results(&round)).await.fine();
        assert_eq!(admin.comparable(), shown.comparable());
        for who in ["team_lead", "agent", "auditor", "partner", "customer"] {
            assert_eq!(app.as_(who).await.ask(&results(&round)).await.error_codes(), ["FORBIDDEN"], "{who}");
        }
    }

    async fn departments_are_shown_where_nobody_stands_out(app: TestApp) {
        let (round, questions) = opened(&app, 3).await;
        // The technicians don't answer: what is left beside the desk is nobody.
        for who in ["team_lead", "agent", "colleague", "mover", "service_manager"] {
            app.as_(who).await.change("staffSurveyAnswer", "survey { id }", answers(&round, &questions, [4, 1])).await.fine();
        }
        let hr = close(&app, &round).await;
        let shown = hr.ask(&results(&round)).await.fine();
        let parts: Vec<(&Value, &Value)> = shown.list("staffSurveyResults.parts").iter().map(|part| (&part["department"]["code"], &part["people"])).collect();
        assert_eq!(parts, [(&Value::Null, &json!(5)), (&json!("D1"), &json!(5))], "{shown}");
        assert_eq!(shown.data("staffSurveyResults.hasWithheld"), true, "its teams are too small");
        // Too few answers show nothing at all.
        let next = json!({ "title": "x", "titleZh": "x", "closesOn": days_ago(-3).to_string(), "questions": [{ "kind": "RATING", "text": "x", "textZh": "x" }] });
        let made = hr.change("staffSurveyCreate", "survey { id questions { id } }", next).await.fine();
        let other = made.text("staffSurveyCreate.survey.id").to_owned();
        hr.change("staffSurveyOpen", "survey { id }", json!({ "id": other, "expectedVersion": 1 })).await.fine();
        let only = json!({ "id": other, "answers": [{ "questionId": made.data("staffSurveyCreate.survey.questions.0.id"), "choice": 1 }] });
        app.as_("agent").await.change("staffSurveyAnswer", "survey { id }", only).await.fine();
        close(&app, &other).await;
        let nothing = hr.ask(&results(&other)).await.fine();
        assert_eq!(nothing.data("staffSurveyResults"), &json!({ "people": null, "hasWithheld": true, "parts": [] }));
    }

    async fn everybody_answers_once_and_everything(app: TestApp) {
        let (round, questions) = opened(&app, 3).await;
        let agent = app.as_("agent").await;
        let half = json!({ "id": round, "answers": [{ "questionId": questions[0], "choice": 3 }] });
        assert_eq!(agent.change("staffSurveyAnswer", "survey { id }", half).await.user_errors(), [("INVALID", "input.answers".to_owned())]);
        let wrong = agent.change("staffSurveyAnswer", "survey { id }", answers(&round, &questions, [6, 3])).await;
        let fields: Vec<String> = wrong.user_errors().into_iter().map(|(_, field)| field).collect();
        assert_eq!(fields, ["input.answers.0.choice", "input.answers.1.choice"]);
        agent.change("staffSurveyAnswer", "survey { id }", answers(&round, &questions, [3, 2])).await.fine();
        let again = agent.change("staffSurveyAnswer", "survey { id }", answers(&round, &questions, [1, 1])).await;
        assert_eq!(again.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        // Others aren't told, and who isn't invited doesn't find it.
        let own = "{ staffSurveys(filter: { state: { eq: OPEN } }) { nodes { answered questions { text options { choice textZh } } } } }";
        assert_eq!(app.as_("engineer").await.ask(own).await.fine().data("staffSurveys.nodes.0.answered"), false);
        assert!(app.as_("hr").await.ask(own).await.fine().data("staffSurveys.nodes.0.answered").is_null());
        assert!(app.as_("trainer").await.ask(own).await.fine().list("staffSurveys.nodes").is_empty());
        // What was asked stays as it is.
        let hr = app.as_("hr").await;
        let rewrite = json!({ "id": round, "expectedVersion": 2, "title": "x", "titleZh": "x", "closesOn": days_ago(-20).to_string(), "questions": [{ "kind": "RATING", "text": "x", "textZh": "x" }] });
        assert_eq!(hr.change("staffSurveyUpdate", "survey { id }", rewrite).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        close(&app, &round).await;
        let late = app.as_("engineer").await.change("staffSurveyAnswer", "survey { id }", answers(&round, &questions, [1, 1])).await;
        assert_eq!(late.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
    }

    async fn all_answer_at_once_and_none_is_lost(app: TestApp) {
        let (round, questions) = opened(&app, 3).await;
        let mut actors = Vec::new();
        for who in STAFF {
            actors.push(app.as_(who).await);
        }
        // Each twice at once: one counts.
        let sent = actors.iter().chain(&actors).map(|actor| actor.change("staffSurveyAnswer", "survey { id }", answers(&round, &questions, [5, 2])));
        let replies = futures_util::future::join_all(sent).await;
        let done = replies.iter().filter(|reply| reply.user_errors().is_empty() && reply.errors().is_empty()).count();
        assert_eq!(done, 7, "{replies:?}");
        let hr = close(&app, &round).await;
        let shown = hr.ask(&results(&round)).await.fine();
        assert_eq!(shown.data("staffSurveyResults.people"), 7);
        assert_eq!(shown.data("staffSurveyResults.parts.0.answers.0.counts.4.people"), 7);
    }

    async fn drafts_are_for_those_who_write_them(app: TestApp) {
        let hr = app.as_("hr").await;
        let mut draft = json!({ "title": "x", "titleZh": "x", "closesOn": days_ago(0).to_string(), "questions": [{ "kind": "CHOICE", "text": "x", "textZh": "x", "options": [{ "text": "a", "textZh": "a" }] }] });
        let wrong = hr.change("staffSurveyCreate", "survey { id }", draft.clone()).await;
        let fields: Vec<String> = wrong.user_errors().into_iter().map(|(_, field)| field).collect();
        assert_eq!(fields, ["input.closesOn", "input.questions.0.options"]);
        draft["closesOn"] = json!(days_ago(-2).to_string());
        draft["questions"][0] = json!({ "kind": "RATING", "text": "x", "textZh": "x" });
        let made = hr.change("staffSurveyCreate", "survey { id }", draft).await.fine();
        let one = format!("{{ staffSurvey(id: \"{}\") {{ title }} }}", made.text("staffSurveyCreate.survey.id"));
        assert!(app.as_("agent").await.ask(&one).await.fine().data("staffSurvey").is_null());
        assert_eq!(app.as_("service_manager").await.ask(&one).await.fine().data("staffSurvey.title"), "x");
        assert_eq!(id(Table::StaffSurvey, 1).split('_').next(), Some("staffsurvey"));
    }
}
