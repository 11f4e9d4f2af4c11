use entity::enums::{AppraisalFeedbackSource, AppraisalRaterState, AppraisalStage};
use entity::{appraisal_feedback, appraisal_rater, audit_log, idempotency_key, outbox};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryOrder};
use serde_json::{Value, json};

use super::{appraisal, put_into};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, id};
use crate::support::data::{Table, key};
use crate::support::database::both_databases;

/// A word in everything that is said here, and nowhere else.
const SAID: &str = "quitte";

/// Asks more colleagues about the agent in February, beside the colleague: the mover, the engineer and the coordinator.
async fn ask_more(app: &TestApp) {
    let data = company::data();
    for (n, who) in [(11, 5), (12, 4), (13, 8)] {
        let row = appraisal_rater::Model {
            id: key(Table::Rater, n),
            member_id: key(Table::Member, who),
            ..data.appraisals.raters[0].clone()
        };
        let row = row.into_active_model().reset_all();
        row.insert(app.db.reader()).await.expect("a rater");
    }
}

async fn give(actor: &Actor, rater: usize, rating: i32, comment: &str) -> Reply {
    let answers = json!([{ "question": "helpfulness", "rating": rating }, { "question": "reliability", "rating": 4 }]);
    let input = json!({ "id": id(Table::Rater, rater), "answers": answers, "comment": format!("{comment} {SAID}") });
    actor
        .change("appraisalFeedbackGive", "request { id state open }", input)
        .await
}

/// Everything by which one could look for feedback about the agent in February.
const EVERY_WAY: &str = "query($id: ID!, $rater: ID!, $member: ID!) {
    appraisalRaters(appraisalId: $id) { id source state reason member { number } }
    appraisalFeedback(appraisalId: $id) { source least withheld reason answers means { question mean } comments }
    tasks(of: { memberId: $member }, filter: { kinds: [APPRAISAL_FEEDBACK] }) { totalCount nodes { id title } }
    node(id: $rater) { id }
    auditEntries(first: 100, filter: { action: { contains: \"appraisal\" } }) { totalCount nodes { number at action actorName entityId detail } }
}";

async fn look(actor: &Actor) -> Reply {
    let variables =
        json!({ "id": appraisal(1), "rater": id(Table::Rater, 1), "member": id(Table::Member, 3) });
    actor.send(EVERY_WAY, variables).await
}

async fn side(actor: &Actor, about: usize, source: &str) -> Value {
    let query = "query($id: ID!) { appraisalFeedback(appraisalId: $id) { source least withheld reason answers means { question mean } comments } }";
    let reply = actor
        .send(query, json!({ "id": appraisal(about) }))
        .await
        .fine();
    let sides = reply
        .data("appraisalFeedback")
        .as_array()
        .cloned()
        .unwrap_or_default();
    sides
        .into_iter()
        .find(|one| one["source"] == source)
        .unwrap_or(Value::Null)
}

fn withheld(source: &str, least: u32) -> Value {
    json!({
        "source": source, "least": least, "withheld": true, "reason": format!("fewer than {least} answers"), "answers": null, "means": [],
        "comments": [],
    })
}

/// Everything that could grow when somebody does something.
async fn traces(app: &TestApp) -> [u64; 3] {
    let db = app.db.reader();
    [
        audit_log::Entity::find().count(db).await.expect("a count"),
        outbox::Entity::find().count(db).await.expect("a count"),
        idempotency_key::Entity::find()
            .count(db)
            .await
            .expect("a count"),
    ]
}

both_databases! {
    /// Whether nobody, one, two or three have answered: whoever looks in whatever way is given the same bytes, and nothing is left
    /// behind that tells.
    async fn an_answer_changes_nothing_that_anybody_sees(app: TestApp) {
        ask_more(&app).await;
        let mut all = Vec::new();
        for login in ["admin", "service_manager", "team_lead", "agent", "engineer", "coordinator", "hr", "auditor", "mover"] {
            all.push(app.as_(login).await);
        }
        let raters = [(app.as_("colleague").await, 1), (app.as_("mover").await, 11), (app.as_("engineer").await, 12)];
        let looks = async || {
            let mut seen = Vec::new();
            for actor in &all {
                seen.push(look(actor).await.comparable());
            }
            seen
        };
        let before = (looks().await, traces(&app).await);
        let rows = async || appraisal_rater::Entity::find().order_by_asc(appraisal_rater::Column::Id).all(app.db.reader()).await.expect("the raters");
        let was = rows().await;
        for (rater, n) in &raters {
            give(rater, *n, 2, "Never").await.fine();
            let after = (looks().await, traces(&app).await);
            assert_eq!(after, before, "after the answer of {}", rater.who);
        }
        // In the table only the state differs: no version, no time.
        for (old, new) in was.iter().zip(rows().await) {
            let as_before = appraisal_rater::Model { state: old.state, ..new };
            assert_eq!(&as_before, old);
        }
        let said = appraisal_feedback::Entity::find().all(app.db.reader()).await.expect("what was said");
        assert_eq!(said.iter().filter(|row| row.id.get_version_num() == 4).count(), 3, "their keys are drawn by chance");
        // Whoever runs the cycle sees no more while results are computed and looked at, and the raters see that of nobody.
        for stage in [AppraisalStage::Counting, AppraisalStage::Calibration] {
            put_into(&app, 1, stage).await;
            for seen in looks().await {
                assert!(!seen.contains(SAID) && !seen.contains("GIVEN"), "{seen}");
                assert!(seen.contains("\"appraisalFeedback\":null"), "{seen}");
            }
        }
    }

    async fn two_answers_tell_nothing_and_three_their_mean(app: TestApp) {
        ask_more(&app).await;
        let (agent, lead, hr, admin) = (app.as_("agent").await, app.as_("team_lead").await, app.as_("hr").await, app.as_("admin").await);
        give(&app.as_("colleague").await, 1, 5, "Zeal.").await.fine();
        give(&app.as_("mover").await, 11, 4, "Calm.").await.fine();
        put_into(&app, 1, AppraisalStage::Published).await;
        for actor in [&agent, &lead, &hr, &admin] {
            assert_eq!(side(actor, 1, "PEER").await, withheld("PEER", 3), "{}", actor.who);
            assert_eq!(side(actor, 1, "SUPERIOR").await, withheld("SUPERIOR", 1), "{}", actor.who);
        }
        put_into(&app, 1, AppraisalStage::Review).await;
        give(&app.as_("engineer").await, 12, 4, "Kind.").await.fine();
        assert_eq!(side(&hr, 1, "PEER").await, Value::Null, "nothing before results are out");
        put_into(&app, 1, AppraisalStage::Closed).await;
        let told = json!({
            "source": "PEER", "least": 3, "withheld": false, "reason": null, "answers": 3,
            "means": [{ "question": "helpfulness", "mean": "4.3333" }, { "question": "reliability", "mean": "4" }],
            "comments": [format!("Calm. {SAID}"), format!("Kind. {SAID}"), format!("Zeal. {SAID}")],
        });
        for actor in [&agent, &lead, &hr, &admin] {
            assert_eq!(side(actor, 1, "PEER").await, told, "{}", actor.who);
        }
        // Not to managers who have nothing to do with it, nor to colleagues, raters among them.
        for login in ["service_manager", "colleague", "engineer"] {
            assert_eq!(side(&app.as_(login).await, 1, "PEER").await, Value::Null, "{login}");
        }
        // A fourth who comes later, after a cycle was opened again, isn't seen before results are out again.
        put_into(&app, 1, AppraisalStage::Review).await;
        give(&app.as_("coordinator").await, 13, 1, "Quiet.").await.fine();
        for actor in [&agent, &lead, &hr, &admin] {
            assert_eq!(side(actor, 1, "PEER").await, Value::Null, "{}", actor.who);
        }
        put_into(&app, 1, AppraisalStage::Published).await;
        assert_eq!(side(&agent, 1, "PEER").await["answers"], 4);
        // Looks at what is told of others are logged, one's own isn't.
        let log = app.as_("auditor").await.ask("{ auditEntries(first: 100, filter: { action: { eq: \"appraisal.feedback.read\" } }) { nodes { actorName entityId detail } } }").await.fine();
        let names: Vec<&str> = log.list("auditEntries.nodes").iter().filter_map(|one| one["actorName"].as_str()).collect();
        assert!(names.contains(&"The hr") && names.contains(&"The team lead") && !names.contains(&"The agent"), "{names:?}");
        assert!(!log.body.to_string().contains(SAID));
    }

    async fn comments_need_as_many_hands_and_customers_are_heard_by_their_surveys(app: TestApp) {
        // January: two of three colleagues have written something.
        let agent = app.as_("agent").await;
        let peers = side(&agent, 11, "PEER").await;
        assert_eq!((&peers["answers"], &peers["comments"]), (&json!(3), &json!([])));
        let superior = side(&agent, 11, "SUPERIOR").await;
        assert_eq!((&superior["answers"], &superior["comments"]), (&json!(1), &json!(["Explains well. 讲解清楚"])));
        // The engineer's figures have five surveys, as they were frozen.
        let engineer = app.as_("engineer").await;
        let customers = side(&engineer, 12, "CUSTOMER").await;
        assert_eq!((&customers["answers"], &customers["means"][0]["mean"], &customers["least"]), (&json!(5), &json!("4"), &json!(5)));
        assert_eq!(side(&engineer, 12, "PEER").await, withheld("PEER", 3));
        assert_eq!(side(&engineer, 11, "PEER").await, Value::Null, "of somebody else");
        let forbidden = app.as_("auditor").await.send("query($id: ID!) { appraisalFeedback(appraisalId: $id) { answers } }", json!({ "id": appraisal(11) })).await;
        assert_eq!(forbidden.error_codes(), ["FORBIDDEN"]);
    }

    async fn a_rater_answers_once_and_sees_it_alone(app: TestApp) {
        let colleague = app.as_("colleague").await;
        let requests = "{ feedbackRequests { totalCount nodes { id memberName source state open lastDay questions { key } visibility { who sees } } } myTasks(filter: { kinds: [APPRAISAL_FEEDBACK] }) { nodes { kind title dueOn id } } }";
        let seen = colleague.ask(requests).await.fine();
        let mine = seen.data("feedbackRequests.nodes.0");
        assert_eq!((&mine["memberName"], &mine["state"], &mine["open"], &mine["lastDay"]), (&json!("Li Na"), &json!("ASKED"), &json!(true), &json!("2026-03-07")));
        assert_eq!(mine["questions"], json!([{ "key": "helpfulness" }, { "key": "reliability" }]));
        assert!(mine["visibility"][0]["sees"].as_str().expect("words").contains("at least 3 people"), "{mine}");
        let task = json!([{ "kind": "APPRAISAL_FEEDBACK", "title": "Give feedback about Li Na", "dueOn": "2026-03-07", "id": id(Table::Rater, 1) }]);
        assert_eq!(seen.data("myTasks.nodes"), &task);

        // Somebody else's request is as if it weren't there, to the member and to administrators as well.
        for login in ["agent", "mover", "team_lead", "hr", "admin"] {
            assert_eq!(give(&app.as_(login).await, 1, 5, "I am.").await.error_codes(), ["NOT_FOUND"], "{login}");
        }
        let half = json!({ "id": id(Table::Rater, 1), "answers": [{ "question": "helpfulness", "rating": 9 }] });
        let refused = colleague.change("appraisalFeedbackGive", "request { id }", half).await;
        assert_eq!(refused.user_errors(), [("INVALID", "input.answers.0.rating".to_owned()), ("BLANK", "input.answers".to_owned())]);
        let done = give(&colleague, 1, 5, "Good.").await.fine();
        assert_eq!((done.data("appraisalFeedbackGive.request.state"), done.data("appraisalFeedbackGive.request.open")), (&json!("GIVEN"), &json!(false)));
        let again = give(&colleague, 1, 1, "Bad.").await;
        assert_eq!(again.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        let decline = json!({ "id": id(Table::Rater, 1), "reason": "x" });
        assert_eq!(colleague.change("appraisalFeedbackDecline", "request { id }", decline).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        let seen = colleague.ask(requests).await.fine();
        assert_eq!((seen.data("feedbackRequests.nodes.0.state"), seen.data("myTasks.nodes")), (&json!("GIVEN"), &json!([])));
        let open = colleague.ask("{ feedbackRequests(filter: { open: true }) { totalCount } }").await.fine();
        assert_eq!(open.data("feedbackRequests.totalCount"), 0);
        let given = colleague.ask("{ feedbackRequests(filter: { state: { eq: GIVEN }, open: false }) { totalCount } }").await.fine();
        assert_eq!(given.data("feedbackRequests.totalCount"), 1);

        // Declined: the reviewer sees why, the member doesn't.
        let agent = app.as_("agent").await;
        let decline = json!({ "id": id(Table::Rater, 3), "reason": "We never worked together." });
        let done = agent.change("appraisalFeedbackDecline", "request { state }", decline).await.fine();
        assert_eq!(done.data("appraisalFeedbackDecline.request.state"), "DECLINED");
        let query = "query($id: ID!) { appraisalRaters(appraisalId: $id) { state reason } }";
        let mover = app.as_("mover").await.send(query, json!({ "id": appraisal(3) })).await.fine();
        assert_eq!(mover.data("appraisalRaters"), &json!([{ "state": "DECLINED", "reason": null }]));
        let lead = app.as_("team_lead").await.send(query, json!({ "id": appraisal(3) })).await.fine();
        assert_eq!(lead.data("appraisalRaters.0.reason"), "We never worked together.");

        put_into(&app, 1, AppraisalStage::Counting).await;
        assert_eq!(give(&app.as_("team_lead").await, 2, 4, "Late.").await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
    }

    /// A longer list of requests takes no more statements.
    async fn requests_take_a_fixed_number_of_statements(app: TestApp) {
        let data = company::data();
        for (n, about) in [(21, 2), (22, 3), (23, 4)] {
            let row = appraisal_rater::Model {
                id: key(Table::Rater, n),
                appraisal_id: key(Table::Appraisal, about),
                state: AppraisalRaterState::Asked,
                source: AppraisalFeedbackSource::Peer,
                ..data.appraisals.raters[0].clone()
            };
            row.into_active_model().reset_all().insert(app.db.reader()).await.expect("a rater");
        }
        let colleague = app.as_("colleague").await;
        let page = async |first: usize| app.statements(async || {
            let reply = colleague.ask(&format!("{{ feedbackRequests(first: {first}) {{ totalCount nodes {{ memberName lastDay open cycleName questions {{ name }} member {{ number }} }} }} }}")).await.fine();
            assert_eq!(reply.list("feedbackRequests.nodes").len(), first);
        }).await;
        assert_eq!(page(1).await, page(4).await, "statements for one request and for four");
    }
}
