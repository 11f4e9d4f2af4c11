use aftercare::access::Call;
use aftercare::identity;
use axum::body::Body;
use axum::http::{Request, header};
use chrono::TimeDelta;
use entity::{survey, survey_answer, survey_follow_up};
use http_body_util::BodyExt;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{change, version};
use crate::scopes::hold_equal;
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, LOGINS};
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

const SURVEY: &str = "query($id: ID!) { ticket(id: $id) { survey {
    round state sentAt expiresAt link answer { rating response attitude solution comment } followUp { id version member { name } dueAt overdue state }
} } }";
const LOOK: &str = "query($token: String!) { surveyByToken(token: $token) { ticketNumber subject product locale state expiresAt } }";

/// The customer's ticket in the south, resolved by the colleague who owns it.
pub async fn resolved(app: &TestApp) -> String {
    let colleague = app.as_("colleague").await;
    let id = company::ticket(4);
    for stage in ["ANALYSIS", "SOLUTION", "EXECUTION", "FEEDBACK"] {
        change(&colleague, "ticketAdvance", &id, json!({ "to": stage }))
            .await
            .fine();
    }
    id
}

pub async fn survey_of(actor: &Actor, ticket: &str) -> Value {
    let reply = actor.send(SURVEY, json!({ "id": ticket })).await;
    reply.data("ticket.survey").clone()
}

/// The pass in the link that the customer gets.
pub async fn pass(app: &TestApp, ticket: &str) -> String {
    let shown = survey_of(&app.as_("customer").await, ticket).await;
    let link = shown["link"].as_str().expect("a link").to_owned();
    let (base, token) = link.rsplit_once('/').expect("a path");
    assert_eq!(base, "http://127.0.0.1:8080/survey");
    token.to_owned()
}

pub async fn answer(actor: &Actor, token: &str, rating: i64) -> Reply {
    let input =
        json!({ "token": token, "rating": rating, "response": 3, "comment": "It took long. 太慢" });
    actor
        .change("surveyAnswer", "survey { state ticketNumber }", input)
        .await
}

async fn look(actor: &Actor, token: &str) -> Value {
    let reply = actor.send(LOOK, json!({ "token": token })).await.fine();
    reply.data("surveyByToken").clone()
}

async fn answers(app: &TestApp) -> u64 {
    let count = survey_answer::Entity::find().count(app.db.reader()).await;
    count.expect("a count")
}

/// A page of the server with its status, headers in lower case, and text.
async fn page(app: &TestApp, request: Request<Body>) -> (u16, String, String) {
    let response = app
        .router
        .clone()
        .oneshot(request)
        .await
        .expect("an answer");
    let status = response.status().as_u16();
    let headers: Vec<String> = response
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or_default()))
        .collect();
    let body = response
        .into_body()
        .collect()
        .await
        .expect("a whole answer");
    let text = String::from_utf8(body.to_bytes().to_vec()).expect("UTF-8");
    (status, headers.join("\n").to_lowercase(), text)
}

fn open(token: &str, language: &str) -> Request<Body> {
    let request =
        Request::get(format!("/survey/{token}")).header(header::ACCEPT_LANGUAGE, language);
    request.body(Body::empty()).expect("a request")
}

fn fill(token: &str, more: &[(&str, &str)], form: &str) -> Request<Body> {
    let mut request = Request::post(format!("/survey/{token}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::HOST, "care.example")
        .header(header::ACCEPT_LANGUAGE, "en");
    for (name, value) in more {
        request = request.header(*name, *value);
    }
    request
        .body(Body::from(form.to_owned()))
        .expect("a request")
}

both_databases! {
    async fn the_customer_is_asked_and_answers_once(app: TestApp) {
        let id = resolved(&app).await;
        let stranger = app.stranger();
        let token = pass(&app, &id).await;
        for login in ["colleague", "service_manager", "auditor"] {
            let shown = survey_of(&app.as_(login).await, &id).await;
            assert_eq!((&shown["state"], &shown["link"]), (&json!("OPEN"), &Value::Null), "nobody answers for a customer: {login}");
        }
        let shown = look(&stranger, &token).await;
        assert_eq!(shown, json!({
            "ticketNumber": 100_004, "subject": "Matter 4", "product": "Array 100", "locale": "EN", "state": "OPEN", "expiresAt": "2026-03-16T02:00:00Z"
        }));
        let reply = answer(&stranger, &token, 6).await;
        assert_eq!(reply.user_errors(), [("INVALID", "input.rating".to_owned())]);
        let done = answer(&stranger, &token, 5).await.fine();
        assert_eq!(done.data("surveyAnswer.survey.state"), "ANSWERED");
        let reply = answer(&stranger, &token, 1).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", String::new())], "once only");
        assert_eq!(look(&stranger, &token).await["state"], "ANSWERED");
        let shown = survey_of(&app.as_("colleague").await, &id).await;
        assert_eq!(shown["answer"], json!({ "rating": 5, "response": 3, "attitude": null, "solution": null, "comment": "It took long. 太慢" }));
        assert_eq!(shown["followUp"], Value::Null);
        let shown = survey_of(&app.as_("customer").await, &id).await;
        assert_eq!((&shown["state"], &shown["link"]), (&json!("ANSWERED"), &Value::Null));
        let history = app.as_("customer").await.send("query($id: ID!) { ticket(id: $id) { history { nodes { action newValue } } } }", json!({ "id": id })).await.fine();
        assert!(history.list("ticket.history.nodes").iter().any(|row| row["action"] == "survey_answer" && row["newValue"].is_null()), "{history}");
    }

    async fn of_two_answers_at_once_one_counts(app: TestApp) {
        let id = resolved(&app).await;
        let token = pass(&app, &id).await;
        let stranger = app.stranger();
        let before = answers(&app).await;
        let (a, b, c) = tokio::join!(answer(&stranger, &token, 5), answer(&stranger, &token, 4), answer(&stranger, &token, 3));
        let replies = [a, b, c];
        let fine = replies.iter().filter(|reply| reply.errors().is_empty() && reply.user_errors().is_empty()).count();
        assert_eq!(fine, 1, "{replies:?}");
        let late: Vec<_> = replies.iter().flat_map(Reply::user_errors).map(|(code, _)| code).collect();
        assert_eq!(late, ["WRONG_STATE", "WRONG_STATE"]);
        assert_eq!(answers(&app).await, before + 1);
    }

    async fn a_link_that_isnt_ours_is_refused_without_telling(app: TestApp) {
        let id = resolved(&app).await;
        let token = pass(&app, &id).await;
        let customer = app.as_("customer").await;
        let stranger = app.stranger();
        let (body, signature) = token.rsplit_once('.').expect("three parts");
        let (head, claims) = body.split_once('.').expect("three parts");
        let other = signature.chars().rev().collect::<String>();
        let access = customer.token().to_owned();
        for bad in [
            String::new(),
            "x".to_owned(),
            access.clone(),
            format!("{body}.{other}"),
            format!("{head}.{claims}."),
            format!("{}.{claims}.{signature}", access.split('.').next().unwrap_or_default()),
            format!("{head}.{}.{signature}", access.split('.').nth(1).unwrap_or_default()),
            format!("{token}.x"),
            "x".repeat(5_000),
        ] {
            assert_eq!(look(&stranger, &bad).await, Value::Null);
            let reply = answer(&stranger, &bad, 5).await;
            assert_eq!(reply.user_errors(), [("NOT_FOUND", "input.token".to_owned())]);
        }
        // Nor does the link sign anybody in.
        let request = Request::post("/graphql")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::from(json!({ "query": "{ viewer { id } }" }).to_string()))
            .expect("a request");
        assert_eq!(page(&app, request).await.0, 401);
        assert_eq!(look(&stranger, &token).await["state"], "OPEN");
        // Nineteen bad ones are gone; a guesser has to wait, whoever holds a good link doesn't.
        for _ in 0..2 {
            stranger.send(LOOK, json!({ "token": "y" })).await;
        }
        let reply = stranger.send(LOOK, json!({ "token": "y" })).await;
        assert_eq!(reply.error_codes(), ["RATE_LIMITED"], "{reply}");
        app.clock.advance(TimeDelta::seconds(6));
        assert_eq!(look(&stranger, &token).await["state"], "OPEN");
        answer(&stranger, &token, 5).await.fine();
    }

    async fn a_survey_expires_and_a_reopened_ticket_takes_it_back(app: TestApp) {
        let id = resolved(&app).await;
        let token = pass(&app, &id).await;
        let stranger = app.stranger();
        let colleague = app.as_("colleague").await;
        change(&colleague, "ticketClose", &id, json!({})).await.fine();
        change(&colleague, "ticketReopen", &id, json!({ "reason": "again" })).await.fine();
        assert_eq!(look(&stranger, &token).await["state"], "WITHDRAWN");
        let reply = answer(&stranger, &token, 5).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", String::new())]);
        for stage in ["SOLUTION", "EXECUTION", "FEEDBACK"] {
            change(&colleague, "ticketAdvance", &id, json!({ "to": stage })).await.fine();
        }
        let next = pass(&app, &id).await;
        assert_eq!(survey_of(&colleague, &id).await["round"], 1, "asked anew after the second resolution");
        assert_eq!(look(&stranger, &token).await["state"], "WITHDRAWN", "the first stays withdrawn");

        app.clock.advance(TimeDelta::days(14) - TimeDelta::seconds(1));
        assert_eq!(look(&stranger, &next).await["state"], "OPEN");
        app.clock.advance(TimeDelta::seconds(1));
        assert_eq!(look(&stranger, &next).await["state"], "EXPIRED");
        let reply = answer(&stranger, &next, 5).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", String::new())]);
        let auditor = app.as_("auditor").await;
        let reply = auditor.ask("{ expired: surveys(filter: { state: { eq: EXPIRED } }) { totalCount nodes { state } } open: surveys(filter: { state: { in: [OPEN] } }) { totalCount } withdrawn: surveys(filter: { state: { eq: WITHDRAWN } }) { totalCount } }").await.fine();
        assert_eq!((reply.data("expired.totalCount"), reply.data("open.totalCount"), reply.data("withdrawn.totalCount")), (&json!(2), &json!(0), &json!(1)), "{reply}");
        assert!(reply.list("expired.nodes").iter().all(|node| node["state"] == "EXPIRED"));
    }

    async fn a_survey_taken_back_within_the_round_is_sent_again(app: TestApp) {
        let id = resolved(&app).await;
        let token = pass(&app, &id).await;
        let colleague = app.as_("colleague").await;
        change(&colleague, "ticketAdvance", &id, json!({ "to": "EXECUTION", "reason": "not yet" })).await.fine();
        assert_eq!(look(&app.stranger(), &token).await["state"], "WITHDRAWN");
        app.clock.advance(TimeDelta::minutes(5));
        change(&colleague, "ticketAdvance", &id, json!({ "to": "FEEDBACK" })).await.fine();
        let shown = survey_of(&colleague, &id).await;
        assert_eq!((&shown["round"], &shown["state"], &shown["sentAt"]), (&json!(0), &json!("OPEN"), &json!("2026-03-02T02:05:00Z")));
        answer(&app.stranger(), &token, 4).await.fine();
        change(&colleague, "ticketCancel", &id, json!({ "reason": "by mistake" })).await.fine();
        assert_eq!(survey_of(&colleague, &id).await["state"], "ANSWERED", "an answer stays");
    }

    async fn a_link_outlives_the_key_that_signed_it(app: TestApp) {
        let id = resolved(&app).await;
        let token = pass(&app, &id).await;
        let access = app.as_("customer").await;
        let call = Call::system(app.clock.now(), "test");
        identity::keys::rotate(&app, &call, None).await.expect("the key is rotated");
        app.clock.advance(TimeDelta::days(13));
        let reply = access.ask("{ tickets { totalCount } }").await;
        assert_eq!(reply.error_codes(), ["UNAUTHENTICATED"]);
        answer(&app.stranger(), &token, 5).await.fine();
    }

    async fn a_low_rating_is_followed_up_by_somebody_else(app: TestApp) {
        let id = resolved(&app).await;
        let token = pass(&app, &id).await;
        answer(&app.stranger(), &token, 2).await.fine();
        let lead = app.as_("team_lead").await;
        let shown = survey_of(&lead, &id).await["followUp"].clone();
        assert_eq!((&shown["member"]["name"], &shown["dueAt"], &shown["overdue"]), (&json!("Wang Fang"), &json!("2026-03-04T02:00:00Z"), &json!(false)));
        let close = |words: &str| json!({ "id": shown["id"], "expectedVersion": shown["version"], "result": words });
        let select = "followUp { state result overdue }";
        let colleague = app.as_("colleague").await;
        let reply = colleague.change("surveyFollowUpClose", select, close("All is well")).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", String::new())], "not by whoever was rated");
        let reply = lead.change("surveyFollowUpClose", select, close(" ")).await;
        assert_eq!(reply.user_errors(), [("BLANK", "input.result".to_owned())]);
        let list = "{ surveyFollowUps(filter: { state: { eq: OPEN } }) { totalCount nodes { ticket { number } } } }";
        assert_eq!(lead.ask(list).await.fine().data("surveyFollowUps.totalCount"), 2);
        app.clock.advance(TimeDelta::days(3));
        let lead = app.as_("team_lead").await;
        let reply = lead.change("surveyFollowUpClose", select, close("Called; a part was missing")).await.fine();
        assert_eq!(reply.data("surveyFollowUpClose.followUp"), &json!({ "state": "DONE", "result": "Called; a part was missing", "overdue": true }));
        let reply = lead.change("surveyFollowUpClose", select, close("again")).await;
        assert_eq!(reply.error_codes(), ["CONFLICT"]);
        assert_eq!(lead.ask(list).await.fine().data("surveyFollowUps.totalCount"), 1);
        let reply = app.as_("agent").await.change("surveyFollowUpClose", select, close("mine")).await;
        assert_eq!(reply.error_codes(), ["NOT_FOUND"]);
    }

    async fn satisfaction_is_counted_within_reach(app: TestApp) {
        let id = resolved(&app).await;
        let token = pass(&app, &id).await;
        answer(&app.stranger(), &token, 5).await.fine();
        let document = "query($filter: SatisfactionFilter!) { satisfaction(filter: $filter) { sent answered responseRate average satisfied } }";
        let ask = async |login: &str, more: Value| {
            let mut filter = json!({ "from": "2026-01-01T00:00:00Z", "to": "2026-04-01T00:00:00Z" });
            for (name, value) in more.as_object().into_iter().flatten() {
                filter[name] = value.clone();
            }
            app.as_(login).await.send(document, json!({ "filter": filter })).await.fine().data("satisfaction").clone()
        };
        let figures = |sent: i64, answered: i64, rate: f64, average: f64, satisfied: f64| json!({ "sent": sent, "answered": answered, "responseRate": rate, "average": average, "satisfied": satisfied });
        let nothing = |sent: i64| json!({ "sent": sent, "answered": 0, "responseRate": if sent == 0 { Value::Null } else { json!(0.0) }, "average": null, "satisfied": null });
        // Sent: ticket 12 (rated 2), 14 (open) and now 4 (rated 5).
        assert_eq!(ask("auditor", json!({})).await, figures(3, 2, 0.6667, 3.5, 0.5));
        assert_eq!(ask("colleague", json!({})).await, figures(1, 1, 1.0, 5.0, 1.0));
        assert_eq!(ask("partner", json!({})).await, figures(2, 1, 0.5, 2.0, 0.0));
        assert_eq!(ask("auditor", json!({ "province": "GUANGDONG" })).await, figures(1, 1, 1.0, 5.0, 1.0));
        assert_eq!(ask("auditor", json!({ "teamId": company::id(Table::Team, 2) })).await, figures(2, 1, 0.5, 2.0, 0.0));
        assert_eq!(ask("auditor", json!({ "memberId": company::id(Table::Member, 5) })).await, figures(1, 1, 1.0, 2.0, 0.0));
        assert_eq!(ask("auditor", json!({ "memberId": company::id(Table::Member, 1) })).await, nothing(0));
        assert_eq!(ask("auditor", json!({ "to": "2026-02-01T00:00:00Z" })).await, nothing(0));
        let reply = app.as_("partner").await.send(document, json!({ "filter": { "from": "2026-01-01T00:00:00Z", "to": "2026-04-01T00:00:00Z", "memberId": company::id(Table::Member, 5) } })).await;
        assert_eq!(reply.error_codes(), ["FORBIDDEN"]);
    }

    async fn lists_find_what_they_say(app: TestApp) {
        let auditor = app.as_("auditor").await;
        let document = "query($filter: SurveyFilter) { surveys(filter: $filter, orderBy: SENT_AT_ASC) { nodes { ticket { number } } } }";
        for (filter, expected) in [
            (json!({}), vec![12, 14]),
            (json!({ "rating": { "lt": 3 } }), vec![12]),
            (json!({ "rating": { "gte": 3 } }), vec![]),
            (json!({ "state": { "in": ["OPEN", "ANSWERED"] } }), vec![12, 14]),
            (json!({ "state": { "eq": "OPEN", "in": ["ANSWERED"] } }), vec![]),
            (json!({ "teamId": { "eq": company::id(Table::Team, 2) } }), vec![12, 14]),
            (json!({ "teamId": { "eq": company::id(Table::Team, 3) } }), vec![]),
            (json!({ "sentAt": { "lt": "2026-03-01T00:00:00Z" } }), vec![]),
        ] {
            let reply = auditor.send(document, json!({ "filter": filter })).await.fine();
            let numbers: Vec<i64> = reply.list("surveys.nodes").iter().filter_map(|node| node["ticket"]["number"].as_i64()).map(|number| number - 100_000).collect();
            assert_eq!(numbers, expected, "{filter}");
        }
    }

    async fn the_page_asks_and_takes_one_answer(app: TestApp) {
        let id = resolved(&app).await;
        let token = pass(&app, &id).await;
        entity::ticket::Entity::update_many()
            .col_expr(entity::ticket::Column::Subject, Expr::value("<b>\"Matter\"</b>"))
            .filter(entity::ticket::Column::Id.eq(key(Table::Ticket, 4)))
            .exec(app.db.reader())
            .await
            .expect("a subject");
        let (status, headers, text) = page(&app, open(&token, "en-GB")).await;
        assert_eq!(status, 200, "{text}");
        assert!(text.contains("lang=\"en\"") && text.contains("How satisfied") && text.contains("Array 100"), "{text}");
        assert!(text.contains("&lt;b&gt;&quot;Matter&quot;&lt;/b&gt;") && !text.contains("<b>") && !text.contains("<script"), "{text}");
        for part in ["content-type: text/html", "content-security-policy: default-src 'self'", "frame-ancestors 'none'", "x-content-type-options: nosniff", "cache-control: no-store"] {
            assert!(headers.contains(part), "{part} in {headers}");
        }
        let (_, _, text) = page(&app, open(&token, "zh-CN")).await;
        assert!(text.contains("lang=\"zh\"") && text.contains("您对本次服务是否满意"), "{text}");
        let (status, _, text) = page(&app, open("nonsense", "zh")).await;
        assert!(status == 404 && text.contains("链接无效"), "{status} {text}");
        // What is no text is a wrong link too.
        for request in [open("%ff", "zh"), fill("%ff", &[], "rating=5")] {
            let (status, headers, text) = page(&app, request).await;
            assert!(status == 404 && headers.contains("content-type: text/html"), "{status} {headers} {text}");
        }

        for (name, value) in [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")] {
            assert_eq!(page(&app, fill(&token, &[(name, value)], "rating=5")).await.0, 403, "{name}: {value}");
        }
        let (status, _, text) = page(&app, fill(&token, &[], "rating=&comment=%3Ci%3E")).await;
        assert!(status == 422 && text.contains("role=\"alert\"") && text.contains("&lt;i&gt;"), "{status} {text}");
        let own = [("sec-fetch-site", "same-origin"), ("origin", "null")];
        let (status, _, text) = page(&app, fill(&token, &own, "rating=4&response=5&attitude=&solution=&comment=%E8%B0%A2%E8%B0%A2")).await;
        assert!(status == 200 && text.contains("Thank you"), "{status} {text}");
        let (status, _, text) = page(&app, fill(&token, &own, "rating=1")).await;
        assert!(status == 409 && text.contains("answered already"), "{status} {text}");
        assert_eq!(page(&app, open(&token, "en")).await.0, 200);
        let shown = survey_of(&app.as_("colleague").await, &id).await;
        assert_eq!(shown["answer"], json!({ "rating": 4, "response": 5, "attitude": null, "solution": null, "comment": "谢谢" }));
        let json = Request::post(format!("/survey/{token}")).header(header::CONTENT_TYPE, "application/json").body(Body::from("{}")).expect("a request");
        assert_eq!(page(&app, json).await.0, 415);
        assert_eq!(version(&app.as_("colleague").await, &id).await, 5, "an answer is no change of the ticket");
    }

    async fn sql_and_predicate_mean_the_same_rows(app: TestApp) {
        let data = company::data();
        let ticket = |id| data.tickets.iter().find(|row| row.id == id).expect("a ticket").clone();
        for login in LOGINS.into_iter().chain(["colleague", "mover", "leaver", "partner_b"]) {
            let actor = app.as_(login).await;
            let viewer = identity::authenticate(&app, actor.token(), start()).await.expect("a viewer");
            let standing = &viewer.standing;
            let surveys: Vec<_> = data.surveys.iter().map(|row| (row.id, ticket(row.ticket_id))).collect();
            hold_equal::<survey::Entity>(&app.db, &surveys, standing).await;
            let answers: Vec<_> = data.survey_answers.iter().map(|row| (row.id, ticket(row.ticket_id))).collect();
            hold_equal::<survey_answer::Entity>(&app.db, &answers, standing).await;
            let follow_ups: Vec<_> = data.follow_ups.iter().map(|row| (row.id, (row.clone(), ticket(row.ticket_id)))).collect();
            hold_equal::<survey_follow_up::Entity>(&app.db, &follow_ups, standing).await;
        }
    }
}
