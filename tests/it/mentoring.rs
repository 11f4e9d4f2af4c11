//! Mentoring as the people of the company live with it.

use aftercare::access::Scoped;
use aftercare::identity;
use aftercare::metrics::counting;
use aftercare::training::mentoring::PairFacts;
use chrono::TimeDelta;
use entity::enums::Attribution;
use entity::{mentoring, mentoring_check_in, mentoring_goal, mentoring_ticket, metric_fact};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::scopes::hold_equal;
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, LOGINS};
use crate::support::data::{Table, days_ago, key, long_ago, start};
use crate::support::database::both_databases;

fn member(n: usize) -> String {
    company::id(Table::Member, n)
}

fn pair(n: usize) -> String {
    company::id(Table::Mentoring, n)
}

fn starting(mentor: usize, newcomer: usize) -> Value {
    json!({
        "mentorId": member(mentor), "newcomerId": member(newcomer), "startedOn": days_ago(1), "plannedEnd": days_ago(-90),
        "goals": [{ "goal": "Knows the arrays. 熟悉产品", "dueOn": days_ago(-30) }], "idempotencyKey": "pair",
    })
}

async fn version(actor: &Actor, n: usize) -> Value {
    let query = "query($id: ID!) { mentoring(id: $id) { version } }";
    let reply = actor.send(query, json!({ "id": pair(n) })).await.fine();
    reply.data("mentoring.version").clone()
}

async fn note(actor: &Actor, rating: Value) -> Reply {
    let input = json!({ "mentoringId": pair(1), "heldOn": days_ago(0), "rating": rating, "note": "We talked. 谈过" });
    actor
        .change(
            "mentoringCheckInAdd",
            "mentoring { checkIns { rating writtenByName } }",
            input,
        )
        .await
}

async fn link(actor: &Actor, ticket: usize) -> Reply {
    let input =
        json!({ "mentoringId": pair(1), "ticketId": company::ticket(ticket), "note": "Patience." });
    actor
        .change(
            "mentoringTicketLink",
            "mentoring { tickets { note ticket { id } } }",
            input,
        )
        .await
}

/// So many resolved tickets of a member on a day after the first one in the team.
async fn resolved(app: &TestApp, facts: &[(usize, i64, usize)]) {
    let now = app.clock.now();
    app.counter.catch_up(&app.db, now).await.expect("it counts");
    let mut rows = Vec::new();
    for (member, after, count) in facts {
        let day = long_ago() + TimeDelta::days(*after);
        for _ in 0..*count {
            let row = metric_fact::Model {
                id: Uuid::from_u128(rows.len() as u128 + 1),
                source: "ticket.resolved".to_owned(),
                attribution: Attribution::Owner,
                record_kind: "ticket".to_owned(),
                record_id: key(Table::Ticket, rows.len() % 5 + 1),
                part: i32::try_from(rows.len()).expect("a number") + 100,
                at: day.and_hms_opt(4, 0, 0).expect("a time").and_utc(),
                day,
                weight: 10_000,
                member_id: Some(key(Table::Member, *member)),
                team_id: Some(key(Table::Team, 3)),
                department_id: Some(key(Table::Department, 1)),
                province: None,
                product_id: None,
                channel: None,
                kind: None,
                detail: None,
                value0: Some(3_600),
                value1: None,
                value2: None,
                value3: None,
            };
            rows.push(row.into_active_model().reset_all());
        }
    }
    metric_fact::Entity::insert_many(rows)
        .exec(app.db.reader())
        .await
        .expect("facts come");
    counting::sum_all(&app.db, &app.counter)
        .await
        .expect("sums");
}

const STANDARD: &str = "query($id: ID!) { mentoring(id: $id) { timeToStandard { since verdict days reachedOn expectedDays
    windows { from to cases value colleagues standard reached } } } }";

both_databases! {
    async fn a_pair_from_beginning_to_end(app: TestApp) {
        let (lead, agent, colleague) = (app.as_("team_lead").await, app.as_("agent").await, app.as_("colleague").await);
        let fields = "mentoring { id version state metricKey goals { id goal version late } }";
        let reply = lead.change("mentoringStart", fields, starting(2, 3)).await.fine();
        let again = lead.change("mentoringStart", fields, starting(2, 3)).await.fine();
        assert_eq!(reply.data("mentoringStart.mentoring.id"), again.data("mentoringStart.mentoring.id"));
        assert_eq!(reply.data("mentoringStart.mentoring.metricKey"), "tickets_resolved");
        let (id, goal) = (reply.data("mentoringStart.mentoring.id").clone(), reply.data("mentoringStart.mentoring.goals.0.id").clone());

        let add = json!({ "mentoringId": id, "goal": "Writes well.", "dueOn": days_ago(-10) });
        agent.change("mentoringGoalAdd", "mentoring { goals { goal } }", add).await.fine();
        let reach = |version: i64| json!({ "id": goal, "expectedVersion": version, "reachedOn": days_ago(0) });
        let own = colleague.change("mentoringGoalReach", "mentoring { id }", reach(1)).await;
        assert_eq!(own.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())], "newcomers don't say that they are done");
        agent.change("mentoringGoalReach", "mentoring { goals { reachedOn } }", reach(1)).await.fine();
        assert_eq!(agent.change("mentoringGoalReach", "mentoring { id }", reach(1)).await.error_codes(), ["CONFLICT"]);

        let now = lead.send("query($id: ID!) { mentoring(id: $id) { version goals { late reachedOn } } }", json!({ "id": id })).await.fine();
        assert_eq!(now.list("mentoring.goals").len(), 2);
        let end = json!({ "id": id, "expectedVersion": now.data("mentoring.version"), "endedOn": days_ago(0), "result": "BROKEN_OFF", "note": "Moved away." });
        assert_eq!(agent.change("mentoringEnd", "mentoring { id }", end.clone()).await.error_codes(), ["FORBIDDEN"]);
        let reply = lead.change("mentoringEnd", "mentoring { state result endedOn }", end).await.fine();
        assert_eq!(reply.data("mentoringEnd.mentoring"), &json!({ "state": "ENDED", "result": "BROKEN_OFF", "endedOn": days_ago(0) }));
        let late = json!({ "mentoringId": id, "heldOn": days_ago(0), "rating": 3, "note": "Too late." });
        assert_eq!(agent.change("mentoringCheckInAdd", "mentoring { id }", late).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
    }

    async fn wrong_pairs_are_refused(app: TestApp) {
        let lead = app.as_("team_lead").await;
        let refused = async |input: Value| {
            let reply = lead.change("mentoringStart", "mentoring { id }", input).await;
            reply.user_errors().into_iter().map(|(code, field)| (code.to_owned(), field)).collect::<Vec<_>>()
        };
        let mistake = |code: &str, field: &str| vec![(code.to_owned(), field.to_owned())];
        assert_eq!(refused(starting(2, 2)).await, mistake("RULE_VIOLATED", "input.mentorId"));
        assert_eq!(refused(starting(1, 5)).await, mistake("TAKEN", "input.newcomerId"), "the mover has a mentor");
        assert_eq!(refused(starting(4, 2)).await, mistake("NOT_FOUND", "input.mentorId"), "the engineer is out of sight");
        assert_eq!(refused(starting(6, 2)).await, mistake("NOT_FOUND", "input.mentorId"), "who has left is out of sight as well");
        for (metric, why) in [("no_such_metric", "there is none"), ("tickets_opened", "nobody's"), ("complaint_share", "no member's")] {
            let mut input = starting(2, 3);
            input["metricKey"] = json!(metric);
            assert_eq!(refused(input).await, mistake("NOT_FOUND", "input.metricKey"), "{why}");
        }
        let mut input = starting(2, 3);
        input["goals"] = json!([]);
        assert_eq!(refused(input).await, mistake("INVALID", "input.goals"));
        let mut input = starting(2, 3);
        input["startedOn"] = json!(days_ago(200));
        assert_eq!(refused(input).await, mistake("RULE_VIOLATED", "input.startedOn"));
        assert_eq!(app.as_("agent").await.change("mentoringStart", "mentoring { id }", starting(2, 3)).await.error_codes(), ["FORBIDDEN"]);
        let reply = app.as_("hr").await.change("mentoringStart", "mentoring { id }", starting(8, 4)).await.fine();
        assert!(reply.data("mentoringStart.mentoring.id").is_string());
    }

    async fn newcomers_do_not_rate_themselves(app: TestApp) {
        let (agent, mover) = (app.as_("agent").await, app.as_("mover").await);
        assert_eq!(note(&mover, json!(5)).await.user_errors(), [("RULE_VIOLATED", "input.rating".to_owned())]);
        note(&mover, Value::Null).await.fine();
        assert_eq!(note(&agent, Value::Null).await.user_errors(), [("BLANK", "input.rating".to_owned())]);
        assert_eq!(note(&agent, json!(6)).await.user_errors(), [("INVALID", "input.rating".to_owned())]);
        let reply = note(&agent, json!(3)).await.fine();
        let ratings: Vec<&Value> = reply.list("mentoringCheckInAdd.mentoring.checkIns").iter().map(|one| &one["rating"]).collect();
        assert_eq!(ratings, [&json!(4), &Value::Null, &json!(3)]);
        // Whoever is neither can't see the pair.
        assert_eq!(note(&app.as_("engineer").await, json!(3)).await.error_codes(), ["NOT_FOUND"]);
    }

    async fn tickets_are_linked_when_both_worked_on_them(app: TestApp) {
        let (agent, mover) = (app.as_("agent").await, app.as_("mover").await);
        assert_eq!(link(&agent, 12).await.user_errors(), [("TAKEN", "input.ticketId".to_owned())]);
        let unlink = json!({ "mentoringId": pair(1), "ticketId": company::ticket(12) });
        agent.change("mentoringTicketUnlink", "mentoring { tickets { note } }", unlink.clone()).await.fine();
        assert_eq!(agent.change("mentoringTicketUnlink", "mentoring { id }", unlink).await.user_errors(), [("NOT_FOUND", "input.ticketId".to_owned())]);
        link(&mover, 12).await.fine();
        assert_eq!(link(&agent, 14).await.user_errors(), [("RULE_VIOLATED", "input.ticketId".to_owned())], "the mover did nothing there");
        assert_eq!(link(&agent, 3).await.user_errors(), [("NOT_FOUND", "input.ticketId".to_owned())], "out of reach is as if it weren't there");
        // The colleague sees pair 2, and not the ticket that is linked to it.
        let query = "query($id: ID!) { mentoring(id: $id) { tickets { note ticket { id } linkedAt } } }";
        let reply = app.as_("colleague").await.send(query, json!({ "id": pair(2) })).await.fine();
        assert_eq!(reply.list("mentoring.tickets").len(), 1);
        assert_eq!((&reply.data("mentoring.tickets.0.ticket"), &reply.data("mentoring.tickets.0.note")), (&&Value::Null, &&Value::Null));
    }

    /// Desk south: the colleague is held against the mover and the leaver.
    async fn the_standard_is_that_of_the_team_in_the_same_days(app: TestApp) {
        resolved(&app, &[(3, 100, 5), (5, 100, 6), (6, 100, 8), (3, 150, 7), (5, 150, 6), (6, 150, 8)]).await;
        let lead = app.as_("team_lead").await;
        let ask = async |actor: &Actor| actor.send(STANDARD, json!({ "id": pair(2) })).await.fine();
        let reply = ask(&lead).await;
        assert_eq!(reply.data("mentoring.timeToStandard.verdict"), "TOO_FEW_COLLEAGUES", "two colleagues would be told apart");
        assert!(reply.list("mentoring.timeToStandard.windows").iter().all(|one| one["standard"].is_null()));

        let admin = app.as_("admin").await;
        let set = async |key: &str, value: &str| {
            let input = json!({ "key": key, "value": value, "expectedVersion": 0 });
            admin.change("settingChange", "setting { value }", input).await.fine();
        };
        set("metrics.minimum_group", "2").await;
        let reply = ask(&lead).await;
        let standard = reply.data("mentoring.timeToStandard");
        assert_eq!((&standard["verdict"], &standard["days"], &standard["expectedDays"]), (&json!("REACHED"), &json!(156), &json!(90)));
        assert_eq!(standard["reachedOn"], json!(long_ago() + TimeDelta::days(155)));
        let windows = standard["windows"].as_array().expect("windows");
        let first = windows.iter().find(|one| one["reached"] == true).expect("one that reached it");
        assert_eq!((&first["value"], &first["standard"], &first["cases"], &first["colleagues"]), (&json!("7"), &json!("7"), &json!(7), &json!(2)));

        // The colleague has the own figures and not the team's; both know the answer.
        let own = ask(&app.as_("colleague").await).await;
        let window = own.list("mentoring.timeToStandard.windows").iter().find(|one| one["reached"] == true).expect("the same one").clone();
        assert_eq!((&window["value"], &window["standard"]), (&json!("7"), &Value::Null));
        // The trainer sees the pair and the answer, and nobody's figures.
        let trainer = ask(&app.as_("trainer").await).await;
        assert_eq!(trainer.data("mentoring.timeToStandard.days"), 156);
        assert!(trainer.list("mentoring.timeToStandard.windows").iter().all(|one| one["value"].is_null() && one["cases"].is_null() && one["standard"].is_null()));
        // All numbers are data.
        set("mentoring.factor_percent", "150").await;
        assert_eq!(ask(&lead).await.data("mentoring.timeToStandard.verdict"), "NOT_YET");
        set("mentoring.least_cases", "50").await;
        assert_eq!(ask(&lead).await.data("mentoring.timeToStandard.verdict"), "TOO_FEW_CASES");
    }

    async fn a_page_takes_as_many_statements_as_a_pair(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let page = async |first: usize| app.statements(async || {
            let reply = manager.ask(&format!("{{ mentorings(first: {first}) {{ nodes {{ mentor {{ name }} newcomer {{ name }} goals {{ goal }} tickets {{ note ticket {{ number }} }} \
                checkIns {{ note }} timeToStandard {{ verdict team {{ name }} windows {{ value }} }} }} }} }}")).await.fine();
            assert_eq!(reply.list("mentorings.nodes").len(), first);
        }).await;
        assert_eq!(page(1).await, page(2).await, "statements for one pair and for two");
    }

    async fn results_of_mentors_stay_with_those_who_may_see_them(app: TestApp) {
        let results = "{ mentorResults { mentor { id } pairs active endedReached reached medianDays } }";
        resolved(&app, &[(3, 150, 7), (5, 150, 6), (6, 150, 8)]).await;
        let minimum = json!({ "key": "metrics.minimum_group", "value": "2", "expectedVersion": 0 });
        app.as_("admin").await.change("settingChange", "setting { value }", minimum).await.fine();
        let reply = app.as_("hr").await.ask(results).await.fine();
        let of = |reply: &Reply, n: usize| reply.list("mentorResults").iter().find(|one| one["mentor"]["id"] == member(n)).cloned();
        assert_eq!(of(&reply, 1).expect("the lead"), json!({ "mentor": { "id": member(1) }, "pairs": 1, "active": 0, "endedReached": 1, "reached": 1, "medianDays": 156 }));
        assert_eq!(of(&reply, 2).expect("the agent")["active"], 1);
        for who in ["agent", "trainer", "auditor", "colleague", "partner"] {
            assert_eq!(app.as_(who).await.ask(results).await.error_codes(), ["FORBIDDEN"], "{who}");
        }
        // A role that sees results and not the pairs: one newcomer isn't told.
        let admin = app.as_("admin").await;
        let grants = json!([{ "permission": "mentoring.result.read", "reach": "ALL" }, { "permission": "member.read", "reach": "ALL" }]);
        let role = json!({ "key": "results", "name": "Results", "nameZh": "成效", "audience": "STAFF", "grants": grants });
        let made = admin.change("roleCreate", "role { id }", role).await.fine();
        let gift = json!({ "roleId": made.data("roleCreate.role.id"), "principal": { "userId": company::id(Table::User, 6) } });
        admin.change("roleGive", "gift { id }", gift).await.fine();
        let trainer = app.as_("trainer").await;
        let seen = trainer.ask(results).await.fine();
        assert_eq!(of(&seen, 1).expect("the lead")["medianDays"], 156, "the trainer sees every pair");
        let gift = json!({ "roleId": made.data("roleCreate.role.id"), "principal": { "userId": company::id(Table::User, 5) } });
        admin.change("roleGive", "gift { id }", gift).await.fine();
        let seen = app.as_("coordinator").await.ask(results).await.fine();
        let withheld = json!({ "mentor": { "id": member(1) }, "pairs": 1, "active": 0, "endedReached": null, "reached": null, "medianDays": null });
        assert_eq!(of(&seen, 1).expect("the lead"), withheld, "one newcomer isn't told");
    }

    async fn pairs_are_for_those_whom_they_concern(app: TestApp) {
        let list = "{ mentorings { totalCount nodes { id } } }";
        for (login, seen) in [("agent", vec![1]), ("mover", vec![1]), ("colleague", vec![2]), ("engineer", vec![]), ("coordinator", vec![]),
            ("team_lead", vec![1, 2]), ("hr", vec![1, 2]), ("trainer", vec![1, 2]), ("auditor", vec![1, 2]), ("leaver", vec![])] {
            let actor = app.as_(login).await;
            let reply = actor.ask(list).await.fine();
            assert_eq!(reply.data("mentorings.totalCount"), seen.len(), "{login}");
            for n in [1, 2] {
                let one = actor.send("query($id: ID!) { mentoring(id: $id) { checkIns { note } } }", json!({ "id": pair(n) })).await.fine();
                assert_eq!(one.data("mentoring").is_null(), !seen.contains(&n), "{login} {n}");
            }
        }
        assert_eq!(version(&app.as_("agent").await, 1).await, 1);
    }

    async fn reaches_in_sql_and_in_plain_words_are_the_same(app: TestApp) {
        let data = company::data();
        let rows = &data.mentoring;
        let placed = |member: Uuid| data.assignments.iter().filter(|row| row.member_id == member).cloned().collect::<Vec<_>>();
        let facts = |id: Uuid| {
            let pair = rows.pairs.iter().find(|row| row.id == id).expect("a pair").clone();
            PairFacts { mentor: placed(pair.mentor_id), newcomer: placed(pair.newcomer_id), pair }
        };
        let pairs: Vec<_> = rows.pairs.iter().map(|row| (row.id, facts(row.id))).collect();
        let goals: Vec<_> = rows.goals.iter().map(|row| (row.id, facts(row.mentoring_id))).collect();
        let tickets: Vec<_> = rows.tickets.iter().map(|row| (row.id, facts(row.mentoring_id))).collect();
        let check_ins: Vec<_> = rows.check_ins.iter().map(|row| (row.id, facts(row.mentoring_id))).collect();
        for login in LOGINS.into_iter().chain(["colleague", "mover", "leaver"]) {
            let viewer = identity::authenticate(&app, app.as_(login).await.token(), start()).await.expect("a viewer");
            let standing = &viewer.standing;
            assert_eq!(<mentoring::Entity as Scoped>::READ, <mentoring_goal::Entity as Scoped>::READ);
            hold_equal::<mentoring::Entity>(&app.db, &pairs, standing).await;
            hold_equal::<mentoring_goal::Entity>(&app.db, &goals, standing).await;
            hold_equal::<mentoring_ticket::Entity>(&app.db, &tickets, standing).await;
            hold_equal::<mentoring_check_in::Entity>(&app.db, &check_ins, standing).await;
        }
    }
}
