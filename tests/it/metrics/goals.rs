use aftercare::identity;
use aftercare::metrics::goals::{GoalFacts, actions};
use chrono::TimeDelta;
use entity::enums::{Dimension, Grain};
use entity::{audit_log, goal, goal_alert, metric_cell, outbox};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use crate::scopes::hold_equal;
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, LOGINS};
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

const PROGRESS: &str = "query($id: ID!) { goal(id: $id) { state offCourseSince result progress {
    value timePassed daysLeft asOf verdict needed { total perDay mean outOfReach } forecast { value low high chance } } } }";

fn goal_id(n: usize) -> String {
    company::id(Table::Goal, n)
}

/// A goal of the company, but for its population.
fn wanted(population: Value) -> Value {
    json!({
        "title": "More calls", "titleZh": "更多来电", "specific": "500 calls.", "relevant": "They wait.", "achievable": "One more line.",
        "metricKey": "calls_answered", "target": "500", "population": population, "from": "2026-03-01", "until": "2026-05-01",
        "ownerId": company::id(Table::Member, 1),
    })
}

async fn create(actor: &Actor, input: Value) -> Reply {
    actor
        .change("goalCreate", "goal { id version state bound }", input)
        .await
}

async fn version(actor: &Actor, id: &str) -> i64 {
    let query = "query($id: ID!) { goal(id: $id) { version } }";
    let reply = actor.send(query, json!({ "id": id })).await;
    reply.data("goal.version").as_i64().expect("a number")
}

async fn change(actor: &Actor, mutation: &str, id: &str, mut more: Value) -> Reply {
    more["id"] = id.into();
    more["expectedVersion"] = version(actor, id).await.into();
    actor
        .change(mutation, "goal { id version state reason target }", more)
        .await
}

/// One round of the worker, so many days from the start.
async fn round(app: &TestApp, days: i64) -> usize {
    let at = start() + TimeDelta::days(days);
    let done = actions::round(&app.db, &app.counter, at).await;
    done.expect("a round")
}

async fn told(actor: &Actor, id: &str) -> Vec<String> {
    let query = "query($id: ID!) { goal(id: $id) { alerts { kind value forecast { value chance } raisedAt } } }";
    let reply = actor.send(query, json!({ "id": id })).await.fine();
    let kinds = reply.list("goal.alerts").iter();
    kinds
        .map(|alert| alert["kind"].as_str().expect("a kind").to_owned())
        .collect()
}

/// From now on the company answers so many calls on each day that was.
async fn every_day(app: &TestApp, calls: i64) {
    metric_cell::Entity::update_many()
        .col_expr(metric_cell::Column::Weight, Expr::value(calls * 10_000))
        .filter(metric_cell::Column::Dimension.eq(Dimension::Company))
        .filter(metric_cell::Column::Grain.eq(Grain::Day))
        .exec(app.db.reader())
        .await
        .expect("other figures");
}

both_databases! {
    async fn a_goal_is_set_changed_pursued_and_given_up(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let reply = create(&manager, wanted(json!({ "company": true }))).await.fine();
        assert_eq!(reply.data("goalCreate.goal.state"), "DRAFT");
        assert_eq!(reply.data("goalCreate.goal.bound"), "AT_LEAST");
        let id = reply.text("goalCreate.goal.id").to_owned();
        assert!(id.starts_with("goal_"));

        let reply = change(&manager, "goalUpdate", &id, json!({ "target": "520", "from": "2026-03-02" })).await.fine();
        assert_eq!(reply.data("goalUpdate.goal.target"), "520");
        let reply = change(&manager, "goalUpdate", &id, json!({ "target": "520" })).await.fine();
        assert_eq!(reply.data("goalUpdate.goal.version"), 2, "the same is no change");
        let reply = change(&manager, "goalActivate", &id, json!({})).await.fine();
        assert_eq!(reply.data("goalActivate.goal.state"), "ACTIVE");
        let reply = change(&manager, "goalActivate", &id, json!({})).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", String::new())]);

        // What is pursued changes with a reason, and doesn't become another goal.
        let reply = change(&manager, "goalUpdate", &id, json!({ "target": "530" })).await;
        assert_eq!(reply.user_errors(), [("BLANK", "input.reason".to_owned())]);
        let other = json!({ "metricKey": "calls_in_time", "from": "2026-03-03", "reason": "easier" });
        let reply = change(&manager, "goalUpdate", &id, other).await;
        let fields: Vec<String> = reply.user_errors().into_iter().map(|(_, field)| field).collect();
        assert!(fields.contains(&"input.metricKey".to_owned()) && fields.contains(&"input.from".to_owned()), "{reply}");
        let reply = change(&manager, "goalUpdate", &id, json!({ "target": "530", "reason": "A new line." })).await.fine();
        assert_eq!(reply.data("goalUpdate.goal.reason"), "A new line.");
        let stale = json!({ "id": id, "expectedVersion": 1, "title": "Stale" });
        assert_eq!(manager.change("goalUpdate", "goal { id }", stale).await.error_codes(), ["CONFLICT"]);

        let reply = change(&manager, "goalCancel", &id, json!({ "reason": " " })).await;
        assert_eq!(reply.user_errors(), [("BLANK", "input.reason".to_owned())]);
        let reply = change(&manager, "goalCancel", &id, json!({ "reason": "The line is gone." })).await.fine();
        assert_eq!(reply.data("goalCancel.goal.state"), "CANCELLED");
        let reply = change(&manager, "goalUpdate", &id, json!({ "title": "Again", "reason": "No." })).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", String::new())]);

        let entries = audit_log::Entity::find().filter(audit_log::Column::EntityType.eq("goal")).order_by_asc(audit_log::Column::Seq).all(app.db.reader()).await.expect("entries");
        let actions: Vec<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(actions, ["goal.create", "goal.update", "goal.activate", "goal.update", "goal.cancel"]);
        let events = outbox::Entity::find().filter(outbox::Column::Kind.eq("goal.changed")).count(app.db.reader()).await;
        assert_eq!(events.expect("a count"), 5);
    }

    async fn wrong_goals_are_told(app: TestApp) {
        let manager = app.as_("service_manager").await;
        for (field, value, code, at) in [
            ("metricKey", json!("calls_dreamt"), "NOT_FOUND", "input.metricKey"),
            ("bound", json!("AT_MOST"), "RULE_VIOLATED", "input.bound"),
            ("target", json!("-1"), "INVALID", "input.target"),
            ("until", json!("2026-03-01"), "INVALID", "input.until"),
            ("until", json!("2036-03-01"), "TOO_LONG", "input.until"),
            ("from", json!("2024-01-01"), "RULE_VIOLATED", "input.from"),
            ("title", json!("  "), "BLANK", "input.title"),
            ("specific", json!(""), "BLANK", "input.specific"),
            ("ownerId", json!(company::id(Table::Member, 6)), "RULE_VIOLATED", "input.ownerId"),
            ("ownerId", json!(company::id(Table::Member, 99)), "NOT_FOUND", "input.ownerId"),
            ("population", json!({ "company": false }), "INVALID", "input.population.company"),
            ("population", json!({ "teamId": company::id(Table::Team, 99) }), "NOT_FOUND", "input.population.teamId"),
        ] {
            let mut input = wanted(json!({ "company": true }));
            input[field] = value;
            let reply = create(&manager, input).await;
            let errors = reply.user_errors();
            assert!(errors.contains(&(code, at.to_owned())), "{field}: {reply}");
        }
        let mut input = wanted(json!({ "company": true }));
        input["metricKey"] = "calls_in_time".into();
        let reply = create(&manager, input.clone()).await;
        assert_eq!(reply.user_errors(), [("INVALID", "input.target".to_owned())], "no more than a hundred of a hundred");
        input["target"] = "99.5".into();
        input["idempotencyKey"] = "goal-1".into();
        let first = create(&manager, input.clone()).await.fine();
        let again = create(&manager, input).await.fine();
        assert_eq!(first.data("goalCreate.goal.id"), again.data("goalCreate.goal.id"));
    }

    async fn a_goal_without_a_target_has_the_usual_one_of_its_metric(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let set = async |metric: &str| {
            let mut input = wanted(json!({ "company": true }));
            input["metricKey"] = metric.into();
            input["target"] = Value::Null;
            manager.change("goalCreate", "goal { target bound }", input).await
        };
        for (metric, target, bound) in [
            ("first_response_in_time", "95", "AT_LEAST"),
            ("solution_in_time", "95", "AT_LEAST"),
            ("resolved_in_time", "95", "AT_LEAST"),
            ("satisfied", "90", "AT_LEAST"),
            ("resolution_time", "86400", "AT_MOST"),
        ] {
            let reply = set(metric).await.fine();
            assert_eq!(reply.data("goalCreate.goal"), &json!({ "target": target, "bound": bound }), "{metric}");
        }
        let setting = json!({ "key": "goal.satisfied_percent", "value": "92", "expectedVersion": 0 });
        manager.change("settingChange", "setting { value }", setting).await.fine();
        assert_eq!(set("satisfied").await.fine().data("goalCreate.goal.target"), "92");
        for (metric, code, at) in [("calls_answered", "BLANK", "input.target"), ("calls_dreamt", "NOT_FOUND", "input.metricKey")] {
            assert_eq!(set(metric).await.user_errors(), [(code, at.to_owned())], "{metric}");
        }
    }

    async fn goals_are_set_within_reach(app: TestApp) {
        let lead = app.as_("team_lead").await;
        create(&lead, wanted(json!({ "teamId": company::id(Table::Team, 3) }))).await.fine();
        create(&lead, wanted(json!({ "memberId": company::id(Table::Member, 2) }))).await.fine();
        for population in [
            json!({ "company": true }),
            json!({ "departmentId": company::id(Table::Department, 1) }),
            json!({ "regionId": company::id(Table::Region, 1) }),
            json!({ "teamId": company::id(Table::Team, 5) }),
        ] {
            let reply = create(&lead, wanted(population.clone())).await;
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{population} {reply}");
            assert_eq!(reply.errors()[0]["extensions"]["reach"], json!(["TEAM_TREE"]));
        }
        // A member of another department isn't seen at all.
        let reply = create(&lead, wanted(json!({ "memberId": company::id(Table::Member, 4) }))).await;
        assert_eq!(reply.user_errors(), [("NOT_FOUND", "input.population.memberId".to_owned())]);
        // The company's goal is seen, and not changed.
        let reply = change(&lead, "goalCancel", &goal_id(1), json!({ "reason": "Too much." })).await;
        assert_eq!(reply.error_codes(), ["FORBIDDEN"]);
        change(&lead, "goalUpdate", &goal_id(2), json!({ "target": "90", "reason": "New line." })).await.fine();
        // Nor is one moved out of reach.
        let company = json!({ "population": { "company": true } });
        assert_eq!(change(&lead, "goalUpdate", &goal_id(3), company).await.error_codes(), ["FORBIDDEN"]);
        let agent = app.as_("agent").await;
        assert_eq!(create(&agent, wanted(json!({ "company": true }))).await.error_codes(), ["FORBIDDEN"]);
    }

    async fn goals_are_seen_by_those_concerned(app: TestApp) {
        for (login, expected) in [
            ("service_manager", vec![1, 2, 3, 4, 5]),
            ("auditor", vec![1, 2, 3, 4, 5]),
            ("team_lead", vec![1, 2, 3, 5]),
            ("agent", vec![1, 2, 5]),
            // In the team and region of the agent's department, but the agent's own goal is the agent's.
            ("mover", vec![1, 5]),
            ("colleague", vec![1, 3, 4, 5]),
            ("engineer", vec![1]),
        ] {
            let actor = app.as_(login).await;
            let reply = actor.ask("{ goals(orderBy: CREATED_AT_ASC) { totalCount nodes { id } } }").await.fine();
            let ids: Vec<Value> = expected.iter().map(|n| json!({ "id": goal_id(*n) })).collect();
            assert_eq!(reply.data("goals.nodes"), &json!(ids), "{login}");
            assert_eq!(reply.data("goals.totalCount"), expected.len());
            for n in 1..=5 {
                let reply = actor.send(PROGRESS, json!({ "id": goal_id(n) })).await.fine();
                assert_eq!(reply.data("goal").is_null(), !expected.contains(&n), "{login} {n}");
            }
        }
        let partner = app.as_("partner").await;
        assert_eq!(partner.ask("{ goals { totalCount } }").await.error_codes(), ["FORBIDDEN"]);
    }

    async fn lists_are_narrowed(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let team = company::id(Table::Team, 3);
        for (filter, expected) in [
            (r#"{ state: { eq: DRAFT } }"#.to_owned(), vec![3]),
            (r#"{ population: { in: [REGION, DEPARTMENT] } }"#.to_owned(), vec![4, 5]),
            (r#"{ metricKey: { eq: "calls_in_time" } }"#.to_owned(), vec![2]),
            (format!(r#"{{ ownerId: {{ eq: "{}" }} }}"#, company::id(Table::Member, 1)), vec![2, 3]),
            (format!(r#"{{ teamId: {{ eq: "{team}" }} }}"#), vec![3]),
            ("{ offCourse: true }".to_owned(), vec![]),
        ] {
            let reply = manager.ask(&format!("{{ goals(filter: {filter}, orderBy: CREATED_AT_ASC) {{ nodes {{ id }} }} }}")).await.fine();
            let ids: Vec<Value> = expected.iter().map(|n| json!({ "id": goal_id(*n) })).collect();
            assert_eq!(reply.data("goals.nodes"), &json!(ids), "{filter}");
        }
    }

    async fn progress_and_forecast(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let seen = async |n| manager.send(PROGRESS, json!({ "id": goal_id(n) })).await.fine().data("goal.progress").clone();
        // 29 days of ten and four of today; ten more for today and each day that is left.
        assert_eq!(seen(1).await, json!({
            "value": "294", "timePassed": "49.1525", "daysLeft": 30, "asOf": "2026-03-02", "verdict": "OFF_COURSE",
            "needed": { "total": "306", "perDay": "10.2", "mean": null, "outOfReach": false },
            "forecast": { "value": "590", "low": "590", "high": "590", "chance": 0 },
        }));
        let agent = seen(2).await;
        assert_eq!((&agent["value"], &agent["verdict"], &agent["needed"]["outOfReach"]), (&json!("80"), &json!("OFF_COURSE"), &json!(true)));
        assert_eq!(agent["forecast"]["value"], "80");
        // A draft shows what it would be: five a day.
        let south = seen(3).await;
        assert_eq!((&south["value"], &south["forecast"]["value"], &south["verdict"]), (&json!("145"), &json!("295"), &json!("ON_COURSE")));
        // Hebei was in the south until yesterday: 28 days of eight and one of five.
        let region = seen(4).await;
        assert_eq!(region["value"], "229");
        // The service desk has no figures.
        let desk = seen(5).await;
        assert_eq!((&desk["value"], &desk["verdict"], &desk["forecast"]), (&json!("0"), &json!("TOO_EARLY"), &Value::Null));
        let agent = app.as_("agent").await;
        let reply = agent.send("query($id: ID!) { goal(id: $id) { metricKey metricName population member { name } owner { name } } }", json!({ "id": goal_id(2) })).await.fine();
        assert_eq!(reply.data("goal.metricName"), "calls in time");
        assert_eq!(reply.data("goal.population"), "MEMBER");
    }

    /// Progress, forecast, rights and alerts of a list take a fixed number of statements, however many goals there are.
    async fn lists_of_goals_cost_the_same_however_long(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let ask = "query($first: Int) { goals(first: $first) { nodes { metric { key name } owner { name } progress { value verdict forecast { value chance } } alerts { kind value } } } }";
        let cost = async |first: usize| app.statements(async || {
            let reply = manager.send(ask, json!({ "first": first })).await.fine();
            assert_eq!(reply.list("goals.nodes").len(), first);
        }).await;
        let few = cost(3).await;
        let known = cost(5).await;
        for n in 0..15 {
            let until = format!("2026-05-{:02}", n + 1);
            let mut input = wanted(if n % 2 == 0 { json!({ "company": true }) } else { json!({ "teamId": company::id(Table::Team, 3) }) });
            input["until"] = until.into();
            create(&manager, input).await.fine();
        }
        let many = cost(20).await;
        // Which loads meet in one batch depends on whose rows come first; one statement a goal would be fifteen more.
        assert!(few <= known + 6 && many <= known + 6, "{few} statements for 3 goals, {known} for 5, {many} for 20");
    }

    async fn figures_of_few_are_withheld(app: TestApp) {
        let query = "query($id: ID!) { goal(id: $id) { progress { value verdict withheld needed { total } forecast { value } } alerts { kind value forecast { value } } } }";
        let seen = async |login: &str, n| {
            let actor = app.as_(login).await;
            actor.send(query, json!({ "id": goal_id(n) })).await.fine().data("goal").clone()
        };
        // One person is behind the figures of the south, as far as is known: the team sees how it goes, and no number.
        let team = seen("colleague", 3).await;
        assert_eq!(team["progress"], json!({ "value": null, "verdict": "ON_COURSE", "withheld": true, "needed": null, "forecast": null }));
        assert_eq!(seen("team_lead", 3).await["progress"]["value"], "145");
        // One's own figures are one's own.
        let own = seen("agent", 2).await;
        assert_eq!((&own["progress"]["value"], &own["progress"]["withheld"]), (&json!("80"), &json!(false)));
        let company = seen("engineer", 1).await;
        assert_eq!((&company["progress"]["withheld"], &company["alerts"][0]["value"], &company["alerts"][0]["forecast"]), (&json!(true), &Value::Null, &Value::Null));
        metric_cell::Entity::update_many()
            .col_expr(metric_cell::Column::People, Expr::value(5))
            .exec(app.db.reader()).await.expect("more people");
        let company = seen("engineer", 1).await;
        assert_eq!((&company["progress"]["value"], &company["alerts"][0]["forecast"]["value"]), (&json!("294"), &json!("500")));
    }

    async fn a_turn_is_told_once_and_the_deadline_closes(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let before = told(&manager, &goal_id(1)).await;
        assert_eq!(before, ["BACK_ON_COURSE", "OFF_COURSE"]);
        // The company's and the agent's goal leave their course; that of the south is far from it.
        let changed = round(&app, 0).await;
        assert!(changed >= 2, "{changed}");
        assert_eq!(told(&manager, &goal_id(1)).await.len(), 3);
        assert_eq!(round(&app, 0).await, 0, "once");
        let (one, other) = tokio::join!(round(&app, 0), round(&app, 0));
        assert_eq!(one + other, 0);
        let off = manager.ask("{ goals(filter: { offCourse: true }, orderBy: CREATED_AT_ASC) { nodes { id offCourseSince } } }").await.fine();
        assert_eq!(off.data("goals.nodes.0.id"), &json!(goal_id(1)));

        every_day(&app, 12).await;
        let (one, other) = tokio::join!(round(&app, 0), round(&app, 0));
        assert_eq!(one + other, 1, "of two at once one tells");
        assert_eq!(told(&manager, &goal_id(1)).await[0], "BACK_ON_COURSE");

        // An hour after the last day it isn't closed yet: ten in the morning, less nine hours.
        let early = actions::round(&app.db, &app.counter, start() + TimeDelta::days(30) - TimeDelta::hours(9)).await;
        assert_eq!(early.expect("a round"), 0);
        assert!(round(&app, 30).await >= 4);
        let reply = manager.send(PROGRESS, json!({ "id": goal_id(1) })).await.fine();
        // Thirty days of twelve, then nothing.
        assert_eq!(reply.data("goal.state"), "MISSED");
        assert_eq!(reply.data("goal.result"), "360");
        assert_eq!(reply.data("goal.progress.verdict"), "MISSED");
        assert_eq!(reply.data("goal.progress.asOf"), "2026-03-31");
        assert_eq!(told(&manager, &goal_id(1)).await[0], "MISSED");
        let draft = manager.send(PROGRESS, json!({ "id": goal_id(3) })).await.fine();
        assert_eq!(draft.data("goal.state"), "DRAFT", "nobody pursued it");
        assert_eq!(round(&app, 31).await, 0);
    }

    async fn what_is_reached_is_achieved(app: TestApp) {
        let manager = app.as_("service_manager").await;
        change(&manager, "goalUpdate", &goal_id(1), json!({ "target": "290", "reason": "Modest." })).await.fine();
        let reply = manager.send(PROGRESS, json!({ "id": goal_id(1) })).await.fine();
        assert_eq!(reply.data("goal.progress.verdict"), "REACHED");
        round(&app, 30).await;
        let reply = manager.send(PROGRESS, json!({ "id": goal_id(1) })).await.fine();
        assert_eq!((reply.data("goal.state"), reply.data("goal.result")), (&json!("ACHIEVED"), &json!("294")));
        assert_eq!(told(&manager, &goal_id(1)).await[0], "ACHIEVED");
    }

    async fn the_queries_of_the_guide_work(app: TestApp) {
        let guide = include_str!("../../../docs/goals.md");
        let manager = app.as_("service_manager").await;
        let mut tried = 0;
        for block in guide.split("```graphql").skip(1) {
            let document = block.split("```").next().expect("an end");
            let document = document.replace("member_01kj4d9q0cexr8ynb2a2d3yq4f", &company::id(Table::Member, 1));
            manager.ask(&document).await.fine();
            tried += 1;
        }
        assert_eq!(tried, 2);
    }

    async fn sql_and_predicate_mean_the_same_goals(app: TestApp) {
        let data = company::data();
        for login in LOGINS.into_iter().chain(["colleague", "mover", "leaver", "partner_b"]) {
            let actor = app.as_(login).await;
            let viewer = identity::authenticate(&app, actor.token(), start()).await.expect("a viewer");
            let facts = |id| {
                let goal = data.goals.goals.iter().find(|row| row.id == id).expect("a goal").clone();
                let member = goal.member_id;
                let assignments = data.assignments.iter().filter(|row| Some(row.member_id) == member).cloned();
                GoalFacts { assignments: assignments.collect(), goal }
            };
            let goals: Vec<_> = data.goals.goals.iter().map(|row| (row.id, facts(row.id))).collect();
            hold_equal::<goal::Entity>(&app.db, &goals, &viewer.standing).await;
            let alerts: Vec<_> = data.goals.alerts.iter().map(|row| (row.id, facts(row.goal_id))).collect();
            hold_equal::<goal_alert::Entity>(&app.db, &alerts, &viewer.standing).await;
        }
        let gone = goal::Entity::find_by_id(key(Table::Goal, 99)).one(app.db.reader()).await;
        assert_eq!(gone.expect("an answer"), None);
    }
}
