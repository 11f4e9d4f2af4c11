//! What training is needed, what is proposed, and what it brought: with evidence, and never of few people.

use aftercare::identity;
use aftercare::metrics::counting;
use aftercare::organisation::MemberFacts;
use aftercare::training::needs::ProposalFacts;
use chrono::TimeDelta;
use entity::enums::Attribution;
use entity::{assignment, metric_fact, training_proposal, training_proposal_member};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::scopes::hold_equal;
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, LOGINS};
use crate::support::data::{Table, days_ago, key, start};
use crate::support::database::both_databases;

fn member(n: usize) -> String {
    company::id(Table::Member, n)
}

fn proposal() -> String {
    company::id(Table::Proposal, 1)
}

/// So many ratings of a member so many days ago.
async fn rated(app: &TestApp, facts: &[(usize, i64, i64, usize)]) {
    let now = app.clock.now();
    app.counter.catch_up(&app.db, now).await.expect("it counts");
    metric_fact::Entity::delete_many()
        .exec(app.db.reader())
        .await
        .expect("facts go");
    let mut rows = Vec::new();
    for (member, ago, rating, count) in facts {
        let day = days_ago(*ago);
        for _ in 0..*count {
            let row = metric_fact::Model {
                id: Uuid::from_u128(rows.len() as u128 + 1),
                source: "ticket.rated".to_owned(),
                attribution: Attribution::Owner,
                record_kind: "ticket".to_owned(),
                record_id: key(Table::Ticket, rows.len() % 5 + 1),
                part: i32::try_from(rows.len()).expect("a number") + 100,
                at: day.and_hms_opt(4, 0, 0).expect("a time").and_utc(),
                day,
                weight: 10_000,
                member_id: Some(key(Table::Member, *member)),
                team_id: Some(key(Table::Team, 2)),
                department_id: Some(key(Table::Department, 1)),
                province: None,
                product_id: None,
                channel: None,
                kind: None,
                detail: None,
                value0: Some(*rating),
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

async fn set(app: &TestApp, key: &str, value: &str) {
    let input = json!({ "key": key, "value": value, "expectedVersion": 0 });
    app.as_("admin")
        .await
        .change("settingChange", "setting { value }", input)
        .await
        .fine();
}

const NEEDS: &str = "query($kinds: [TrainingNeedKind!]) { trainingNeeds(kinds: $kinds) { lookedAt memberTotal teamTotal
    members { kind subject member { id } value threshold cases people priority recordIds } teams { kind team { id } member { id } value cases people recordIds } } }";

async fn needs(actor: &Actor, kind: &str) -> Reply {
    actor.send(NEEDS, json!({ "kinds": [kind] })).await.fine()
}

const EFFECT: &str = "query($id: ID!) { trainingEffect(sessionId: $id) { verdict leastPeople attendedPeople otherPeople difference better
    attended { people before after } others { people before after } beforeFrom beforeTo afterFrom afterTo } }";

both_databases! {
    async fn low_ratings_are_a_need_with_its_evidence(app: TestApp) {
        rated(&app, &[(2, 10, 2, 6), (5, 12, 5, 6), (3, 10, 3, 6), (1, 10, 1, 4)]).await;
        let lead = app.as_("team_lead").await;
        let reply = needs(&lead, "LOW_RATING").await;
        let found: Vec<_> = reply.list("trainingNeeds.members").iter().map(|need| (need["member"]["id"].clone(), need["value"].clone(), need["cases"].clone(), need["priority"].clone())).collect();
        assert_eq!(found, [(json!(member(2)), json!("2"), json!(6), json!(1)), (json!(member(3)), json!("3"), json!(6), json!(2))], "four ratings of the lead say nothing: {reply}");
        assert_eq!(reply.data("trainingNeeds.members.0.threshold"), "3.5");
        // Two people in desk north: no need of the team is told before the minimum allows it.
        assert!(reply.list("trainingNeeds.teams").is_empty());
        set(&app, "metrics.minimum_group", "2").await;
        set(&app, "needs.rating_hundredths", "400").await;
        let reply = needs(&lead, "LOW_RATING").await;
        assert_eq!(reply.data("trainingNeeds.teams"), &json!([{ "kind": "LOW_RATING", "team": { "id": company::id(Table::Team, 2) }, "member": null, "value": "3.5", "cases": 12, "people": 2, "recordIds": [] }]));
        // The trainer may see needs and nobody's figures: teams only.
        let reply = needs(&app.as_("trainer").await, "LOW_RATING").await;
        assert_eq!((reply.list("trainingNeeds.members").len(), reply.list("trainingNeeds.teams").len()), (0, 1));
        for who in ["agent", "engineer", "auditor", "partner"] {
            assert_eq!(app.as_(who).await.send(NEEDS, json!({})).await.error_codes(), ["FORBIDDEN"], "{who}");
        }
    }

    async fn exams_certificates_and_hours_are_looked_at(app: TestApp) {
        set(&app, "needs.least_cases", "1").await;
        let hr = app.as_("hr").await;
        let reply = needs(&hr, "EXAM_TOPIC").await;
        let found: Vec<_> = reply.list("trainingNeeds.members").iter().map(|need| (need["member"]["id"].clone(), need["value"].clone(), need["recordIds"].clone())).collect();
        assert_eq!(found, [(json!(member(2)), json!("0"), json!([company::id(Table::ExamAttempt, 1)]))], "{reply}");
        // The colleague's ran out 70 days... the engineer's ends in 20 days.
        let reply = needs(&hr, "CERTIFICATE").await;
        let values: Vec<_> = reply.list("trainingNeeds.members").iter().map(|need| (need["member"]["id"].clone(), need["value"].clone(), need["priority"].clone())).collect();
        assert_eq!(values, [(json!(member(3)), json!("-70"), json!(1)), (json!(member(4)), json!("20"), json!(2))], "{reply}");
        assert!(reply.text("trainingNeeds.members.0.subject").starts_with("certificate_"));
        assert!(reply.list("trainingNeeds.teams").is_empty(), "a certificate is everybody's own");
        let reply = needs(&hr, "HOURS").await;
        assert!(reply.list("trainingNeeds.members").iter().all(|need| need["kind"] == "HOURS" && need["priority"] == 3));
        // The trainer sees nobody's results.
        assert!(needs(&app.as_("trainer").await, "EXAM_TOPIC").await.list("trainingNeeds.members").is_empty());
    }

    async fn finding_needs_takes_a_fixed_number_of_statements(app: TestApp) {
        let asked_by = async |login: &str| {
            let actor = app.as_(login).await;
            app.statements(async || { actor.ask("{ trainingNeeds { lookedAt } }").await.fine(); }).await
        };
        assert_eq!(asked_by("team_lead").await, asked_by("hr").await, "of a team and of the company");
    }

    async fn a_proposal_is_made_and_accepted(app: TestApp) {
        rated(&app, &[(2, 10, 2, 6), (5, 12, 1, 6)]).await;
        let lead = app.as_("team_lead").await;
        let input = json!({ "courseId": company::id(Table::Course, 1), "memberIds": [member(2), member(5)], "purpose": "Ratings.", "priority": 1, "kinds": ["LOW_RATING"], "idempotencyKey": "p" });
        let fields = "proposal { id version state priority members { id } evidence { kind subject value cases people } }";
        let made = lead.change("trainingProposalCreate", fields, input.clone()).await.fine();
        let again = lead.change("trainingProposalCreate", fields, input.clone()).await.fine();
        assert_eq!(made.data("trainingProposalCreate.proposal"), again.data("trainingProposalCreate.proposal"));
        assert_eq!(made.data("trainingProposalCreate.proposal.evidence"), &json!([{ "kind": "LOW_RATING", "subject": "satisfaction", "value": null, "cases": 12, "people": 2 }]), "no single figure is kept");
        let id = made.data("trainingProposalCreate.proposal.id").clone();
        let mut wrong = input.clone();
        wrong["memberIds"] = json!([member(4)]);
        wrong["idempotencyKey"] = Value::Null;
        assert_eq!(lead.change("trainingProposalCreate", fields, wrong).await.user_errors(), [("NOT_FOUND", "input.memberIds".to_owned())]);
        assert_eq!(app.as_("agent").await.change("trainingProposalCreate", fields, input).await.error_codes(), ["FORBIDDEN"]);

        let accept = |with: Value| json!({ "id": id, "expectedVersion": 1, "with": with });
        assert_eq!(lead.change("trainingProposalAccept", "proposal { id }", accept(json!({ "sessionId": company::id(Table::TrainingSession, 1) }))).await.error_codes(), ["FORBIDDEN"]);
        let manager = app.as_("service_manager").await;
        let wrong = manager.change("trainingProposalAccept", "proposal { id }", accept(json!({ "sessionId": company::id(Table::TrainingSession, 2) }))).await;
        assert_eq!(wrong.user_errors(), [("RULE_VIOLATED", "input.sessionId".to_owned())], "it is of another course");
        let done = manager.change("trainingProposalAccept", "proposal { state session { id enrolled waiting } decidedByName }", accept(json!({ "sessionId": company::id(Table::TrainingSession, 1) }))).await.fine();
        assert_eq!(done.data("trainingProposalAccept.proposal.state"), "ACCEPTED");
        assert_eq!(done.data("trainingProposalAccept.proposal.session"), &json!({ "id": company::id(Table::TrainingSession, 1), "enrolled": 1, "waiting": 1 }));
        let decline = json!({ "id": id, "expectedVersion": 2, "reason": "Too late." });
        assert_eq!(manager.change("trainingProposalDecline", "proposal { id }", decline).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
    }

    async fn a_proposal_is_planned_or_declined(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let decline = json!({ "id": proposal(), "expectedVersion": 1, "reason": " " });
        assert_eq!(manager.change("trainingProposalDecline", "proposal { id }", decline).await.user_errors(), [("BLANK", "input.reason".to_owned())]);
        let plan = json!({ "plan": { "startsAt": "2026-03-20T02:00:00Z", "endsAt": "2026-03-20T04:00:00Z", "capacity": 10, "place": "Room 2" } });
        let accept = json!({ "id": proposal(), "expectedVersion": 1, "with": plan });
        let done = manager.change("trainingProposalAccept", "proposal { state members { id } session { id version course { id } capacity state enrolled } }", accept.clone()).await.fine();
        let session = done.data("trainingProposalAccept.proposal.session").clone();
        assert_eq!(session["enrolled"], 0, "it isn't open yet");
        let open = json!({ "id": session["id"], "expectedVersion": session["version"] });
        let opened = manager.change("trainingSessionOpen", "session { enrolled waiting }", open).await.fine();
        let meant = done.list("trainingProposalAccept.proposal.members").len();
        assert_eq!(opened.data("trainingSessionOpen.session"), &json!({ "enrolled": meant, "waiting": 0 }), "those for whom it was planned have their places");
        assert_eq!(done.data("trainingProposalAccept.proposal.session.course.id"), &json!(company::id(Table::Course, 1)));
        assert_eq!(manager.change("trainingProposalAccept", "proposal { id }", accept).await.error_codes(), ["CONFLICT"]);
        // Whoever is meant sees the proposal once allowed to, and not what it follows from; others see none of it.
        let list = "{ trainingProposals { totalCount nodes { members { id } } } }";
        assert_eq!(app.as_("team_lead").await.ask(list).await.fine().data("trainingProposals.totalCount"), 1);
        assert_eq!(app.as_("agent").await.ask(list).await.error_codes(), ["FORBIDDEN"]);
    }

    /// Session 2 was held 30 days ago: the agent and the mover attended, the engineer in part.
    async fn an_effect_is_told_of_enough_people_only(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let ask = async |actor: &Actor, n: usize| actor.send(EFFECT, json!({ "id": company::id(Table::TrainingSession, n) })).await.fine();
        assert_eq!(ask(&manager, 1).await.data("trainingEffect.verdict"), "TOO_EARLY");
        set(&app, "needs.effect_days", "20").await;
        // The agent was in desk north all the time; nobody else of it was there.
        rated(&app, &[(2, 35, 2, 6), (2, 20, 4, 6), (3, 35, 3, 6), (3, 20, 3, 6)]).await;
        let few = ask(&manager, 2).await;
        assert_eq!((few.data("trainingEffect.verdict"), few.data("trainingEffect.attendedPeople")), (&json!("TOO_FEW"), &json!(1)));
        for hidden in ["attended", "others", "difference", "better"] {
            assert!(few.data(&format!("trainingEffect.{hidden}")).is_null(), "{hidden}");
        }
        set(&app, "metrics.minimum_group", "2").await;
        set(&app, "needs.effect_least_people", "2").await;
        assert_eq!(ask(&manager, 2).await.data("trainingEffect.verdict"), "TOO_FEW", "one on either side would be told apart");
        // The coordinator, who was absent, had the home in desk south as well: then two attended and two didn't.
        assignment::Entity::update_many()
            .col_expr(assignment::Column::TeamId, Expr::value(key(Table::Team, 3)))
            .filter(assignment::Column::MemberId.eq(key(Table::Member, 8)))
            .exec(app.db.reader())
            .await
            .expect("it moves");
        rated(&app, &[(2, 35, 2, 6), (2, 20, 4, 6), (5, 35, 3, 6), (5, 20, 4, 6), (3, 35, 3, 6), (3, 20, 3, 6), (8, 35, 4, 5), (8, 20, 4, 5)]).await;
        let measured = ask(&manager, 2).await;
        assert_eq!(measured.data("trainingEffect"), &json!({
            "verdict": "MEASURED", "leastPeople": 2, "attendedPeople": 2, "otherPeople": 2, "difference": "1.5", "better": true,
            "attended": { "people": 2, "before": "2.5", "after": "4" }, "others": { "people": 2, "before": "3.5", "after": "3.5" },
            "beforeFrom": days_ago(50), "beforeTo": days_ago(30), "afterFrom": days_ago(29), "afterTo": days_ago(9),
        }));
        assert_eq!(ask(&app.as_("service_manager").await, 2).await.data("trainingEffect.leastPeople"), 2);
        for who in ["agent", "team_lead", "auditor", "partner"] {
            assert_eq!(app.as_(who).await.send(EFFECT, json!({ "id": company::id(Table::TrainingSession, 2) })).await.error_codes(), ["FORBIDDEN"], "{who}");
        }
        assert!(ask(&app.as_("trainer").await, 2).await.data("trainingEffect").is_null(), "the trainer doesn't give this one");
    }

    async fn reaches_in_sql_and_in_plain_words_are_the_same(app: TestApp) {
        let data = company::data();
        let placed = |member: Uuid| data.assignments.iter().filter(|row| row.member_id == member).cloned().collect::<Vec<_>>();
        let proposals: Vec<_> = data.proposals.proposals.iter().map(|row| {
            let of = data.proposals.members.iter().filter(|one| one.proposal_id == row.id);
            (row.id, ProposalFacts { created_by: row.created_by, members: of.map(|one| (one.member_id, placed(one.member_id))).collect() })
        }).collect();
        let members: Vec<_> = data.proposals.members.iter().map(|row| {
            let member = data.members.iter().find(|one| one.id == row.member_id).expect("a member").clone();
            (row.id, MemberFacts { assignments: placed(member.id), member })
        }).collect();
        for login in LOGINS.into_iter().chain(["colleague", "mover", "leaver"]) {
            let viewer = identity::authenticate(&app, app.as_(login).await.token(), start()).await.expect("a viewer");
            hold_equal::<training_proposal::Entity>(&app.db, &proposals, &viewer.standing).await;
            hold_equal::<training_proposal_member::Entity>(&app.db, &members, &viewer.standing).await;
        }
        app.clock.advance(TimeDelta::seconds(1));
    }
}
