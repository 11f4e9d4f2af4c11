use entity::enums::AppraisalStage::{Calibration, Published};
use entity::{appraisal_result, audit_log};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use serde_json::{Value, json};

use super::bench::{Judged, appraisal_id, cycle, moved_to, stored};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::id;
use crate::support::data::Table;
use crate::support::database::both_databases;

/// Three of the service desk, and eight of technical support, half of them weak.
fn people() -> Vec<Judged> {
    let mut people = vec![(2, (2, 1), 1, 55), (3, (3, 1), 1, 50), (5, (3, 1), 1, 85)];
    people.extend((0..8).map(|n| (111 + n, (5, 2), 7, if n < 4 { 50 } else { 80 })));
    people
}

fn proposing(appraisal: String, kind: &str) -> Value {
    json!({ "appraisalId": appraisal, "kind": kind, "content": "A course on diagnosis. 故障诊断课程" })
}

async fn propose(actor: &Actor, appraisal: String, kind: &str) -> Reply {
    actor
        .change(
            "appraisalPropose",
            "proposal { id version state kind member { number } band }",
            proposing(appraisal, kind),
        )
        .await
}

async fn decide(actor: &Actor, proposal: &str, accept: bool) -> Reply {
    let input =
        json!({ "id": proposal, "expectedVersion": 1, "accept": accept, "note": "Agreed. 同意" });
    actor
        .change(
            "appraisalProposalDecide",
            "proposal { state decidedBy }",
            input,
        )
        .await
}

/// January's result of one of the company.
fn january(n: usize) -> String {
    id(Table::Appraisal, 10 + n)
}

fn of_cycle(n: usize) -> Value {
    json!({ "id": id(Table::AppraisalCycle, n) })
}

const PROPOSALS: &str =
    "{ appraisalProposals(first: 100) { totalCount nodes { id kind content member { number } } } }";
const NEEDS: &str = "query($id: ID!) { appraisalNeeds(cycleId: $id) { section item name within beyond members { member { number } percent } } }";
const STARS: &str = "query($id: ID!) { stars(cycleId: $id) { name reasons } }";

async fn groups(actor: &Actor, cycle: usize, by: &str) -> Reply {
    let query = format!("query($id: ID!) {{ appraisalGroupResults(cycleId: $id, by: {by}) {{ withheld
        whole {{ people mean }} groups {{ team {{ code }} department {{ code }} region {{ code }} people mean bands {{ band count }} weakest {{ name mean people }} }} }} }}");
    actor.send(&query, of_cycle(cycle)).await.fine()
}

both_databases! {
    async fn a_reviewer_proposes_and_somebody_else_decides(app: TestApp) {
        let (lead, hr, manager) = (app.as_("team_lead").await, app.as_("hr").await, app.as_("service_manager").await);
        let made = propose(&lead, january(3), "IMPROVEMENT").await.fine();
        assert_eq!(made.data("appraisalPropose.proposal.member.number"), "M0005");
        let one = made.text("appraisalPropose.proposal.id").to_owned();
        // One of that kind waits already.
        assert_eq!(propose(&lead, january(3), "TRAINING").await.user_errors(), [("WRONG_STATE", "input.kind".to_owned())]);
        // The engineer is another reviewer's; HR calibrates, and may about everybody.
        assert_eq!(propose(&lead, january(2), "PAY").await.error_codes(), ["NOT_FOUND"]);
        let pay = propose(&hr, january(2), "PAY").await.fine().text("appraisalPropose.proposal.id").to_owned();
        assert_eq!(decide(&lead, &one, true).await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(decide(&hr, &pay, true).await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())]);
        let wrong = json!({ "id": one, "expectedVersion": 2, "accept": true });
        assert_eq!(hr.change("appraisalProposalDecide", "proposal { id }", wrong).await.error_codes(), ["CONFLICT"]);
        let blank = json!({ "id": one, "expectedVersion": 1, "accept": false });
        assert_eq!(hr.change("appraisalProposalDecide", "proposal { id }", blank).await.user_errors(), [("BLANK", "input.note".to_owned())]);
        assert_eq!(decide(&hr, &one, true).await.fine().data("appraisalProposalDecide.proposal.state"), "ACCEPTED");
        assert_eq!(decide(&manager, &pay, false).await.fine().data("appraisalProposalDecide.proposal.state"), "DECLINED");
        let late = json!({ "id": pay, "expectedVersion": 2, "accept": true });
        assert_eq!(manager.change("appraisalProposalDecide", "proposal { id }", late).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        // February isn't out.
        assert_eq!(propose(&lead, id(Table::Appraisal, 3), "TRAINING").await.user_errors(), [("WRONG_STATE", "input.appraisalId".to_owned())]);
        let open = "query($c: ID!) { appraisalProposals(filter: { state: { eq: PROPOSED }, kind: { in: [TRAINING, PROMOTION] }, cycleId: { eq: $c } }) { nodes { kind } } }";
        let found = hr.send(open, json!({ "c": id(Table::AppraisalCycle, 2) })).await.fine();
        assert_eq!(found.data("appraisalProposals.nodes"), &json!([{ "kind": "PROMOTION" }, { "kind": "TRAINING" }]));
        let looks = audit_log::Entity::find().filter(audit_log::Column::Action.eq("appraisal.proposal.read"));
        assert!(looks.count(app.db.reader()).await.expect("a count") > 3);
    }

    /// Proposal 1 is about the mover, 2 about the engineer, 3 about the lead: none of them finds it by any path.
    async fn nobody_learns_what_is_proposed_of_oneself(app: TestApp) {
        for (login, own, from, numbers) in [
            ("mover", 1, 3, vec![]),
            ("engineer", 2, 2, vec![]),
            ("team_lead", 3, 4, vec!["M0005"]),
            ("agent", 1, 1, vec![]),
            ("hr", 77, 9, vec!["M0001", "M0004", "M0005"]),
        ] {
            let actor = app.as_(login).await;
            let found = actor.ask(PROPOSALS).await.fine();
            let mut seen: Vec<_> = found.list("appraisalProposals.nodes").iter().filter_map(|node| node["member"]["number"].as_str()).collect();
            seen.sort_unstable();
            assert_eq!(seen, numbers, "{login}");
            assert_eq!(found.data("appraisalProposals.totalCount"), numbers.len(), "{login}");
            let one = "query($id: ID!) { appraisalProposal(id: $id) { content } }";
            let own_one = actor.send(one, json!({ "id": id(Table::AppraisalProposal, own) })).await;
            let missing = actor.send(one, json!({ "id": id(Table::AppraisalProposal, 78) })).await;
            assert_eq!(own_one.comparable(), missing.comparable(), "{login}");
            let by_own = "query($a: ID!) { appraisalProposals(filter: { appraisalId: { eq: $a } }) { totalCount } }";
            let of_own = actor.send(by_own, json!({ "a": january(from) })).await.fine();
            assert_eq!(of_own.data("appraisalProposals.totalCount"), 0, "{login}");
        }
        // Nor does whoever decides decide about oneself.
        cycle(&app, 3, Published, &[(7, (1, 1), 8, 95)]).await;
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        let made = propose(&hr, appraisal_id(3, 7), "PROMOTION").await.fine();
        let one = made.text("appraisalPropose.proposal.id").to_owned();
        assert_eq!(decide(&manager, &one, true).await.error_codes(), ["NOT_FOUND"]);
        assert!(!manager.ask(PROPOSALS).await.fine().body.to_string().contains("M0007"));
        let own = propose(&manager, appraisal_id(3, 7), "PAY").await;
        assert_eq!(own.user_errors().first().map(|(code, _)| *code), Some("RULE_VIOLATED"));
        let agent = app.as_("agent").await;
        assert_eq!(propose(&agent, january(1), "PAY").await.user_errors().first().map(|(code, _)| *code), Some("RULE_VIOLATED"));
        assert_eq!(propose(&agent, january(3), "PAY").await.error_codes(), ["NOT_FOUND"]);
        // Nor does the log say it.
        let log = app.as_("auditor").await.ask("{ auditEntries(first: 20) { nodes { action detail } } }").await.fine();
        assert!(!log.body.to_string().contains("A course on diagnosis"), "{log}");
    }

    async fn weak_items_are_told_with_whom_one_may_see(app: TestApp) {
        cycle(&app, 3, Calibration, &people()).await;
        let (lead, hr, agent) = (app.as_("team_lead").await, app.as_("hr").await, app.as_("agent").await);
        assert!(hr.send(NEEDS, of_cycle(3)).await.fine().data("appraisalNeeds").is_null(), "not out yet");
        moved_to(&app, 3, Published).await;
        let plan = |reply: &Reply| {
            let needs = reply.list("appraisalNeeds").to_vec();
            assert_eq!(needs.len(), 4, "the plan and three criteria: {reply}");
            let plan = needs.into_iter().find(|need| need["section"] == "plan").expect("the plan");
            assert_eq!((&plan["item"], &plan["name"]), (&Value::Null, &json!("Work plan")), "no titles of members' own items");
            let numbers: Vec<String> = plan["members"].as_array().expect("members").iter().map(|one| one["member"]["number"].as_str().unwrap_or("-").to_owned()).collect();
            (plan["within"].clone(), plan["beyond"].clone(), numbers)
        };
        let seen = |numbers: &[&str]| numbers.iter().map(|number| (*number).to_owned()).collect::<Vec<_>>();
        let found = plan(&lead.send(NEEDS, of_cycle(3)).await.fine());
        assert_eq!(found, (json!(2), json!(4), seen(&["M0003", "M0002"])), "the weakest first; of eight others four are weak");
        let found = plan(&agent.send(NEEDS, of_cycle(3)).await.fine());
        assert_eq!(found, (json!(1), json!(5), seen(&["M0002"])));
        let found = plan(&hr.send(NEEDS, of_cycle(3)).await.fine());
        assert_eq!((&found.0, &found.1, found.2.len()), (&json!(6), &Value::Null, 6));
        // Six of eight would leave two who are known not to be weak.
        cycle(&app, 4, Published, &(0..8).map(|n| (111 + n, (5, 2), 7, if n < 6 { 50 } else { 80 })).collect::<Vec<_>>()).await;
        assert_eq!(agent.send(NEEDS, of_cycle(4)).await.fine().data("appraisalNeeds"), &json!([]));
        let lookups = audit_log::Entity::find().filter(audit_log::Column::Action.eq("appraisal.result.read"));
        assert_eq!(lookups.count(app.db.reader()).await.expect("a count"), 4);
    }

    async fn groups_are_told_where_they_tell_of_nobody(app: TestApp) {
        cycle(&app, 3, Published, &people()).await;
        let (lead, hr, agent) = (app.as_("team_lead").await, app.as_("hr").await, app.as_("agent").await);
        let all = groups(&hr, 3, "DEPARTMENT").await;
        let of = |reply: &Reply, kind: &str, code: &str| reply.list("appraisalGroupResults.groups").iter().find(|group| group[kind]["code"] == code).cloned();
        assert_eq!(all.data("appraisalGroupResults.withheld"), 0);
        let desk = of(&all, "department", "D1").expect("the service desk");
        assert_eq!((&desk["people"], &desk["mean"]), (&json!(3), &json!("63.3333")));
        assert_eq!(desk["weakest"].as_array().map(Vec::len), Some(4));
        assert_eq!((&desk["weakest"][0]["mean"], &desk["weakest"][0]["people"]), (&json!("63.3333"), &json!(3)));
        let tech = of(&all, "department", "D2").expect("technical support");
        let counts: Vec<(&Value, &Value)> = tech["bands"].as_array().expect("bands").iter().map(|band| (&band["band"], &band["count"])).collect();
        assert_eq!(counts[1], (&json!("good"), &json!(4)));
        assert_eq!(counts[4], (&json!("unsatisfactory"), &json!(4)));
        // The lead has the three of the desk anyway, and the eight others are enough.
        let by_team = groups(&lead, 3, "TEAM").await;
        assert_eq!(by_team.data("appraisalGroupResults.withheld"), 0);
        assert_eq!(of(&by_team, "team", "T3").expect("team 3")["people"], 2);
        // The agent has one. Of team 3 there are two, and the whole less technical support would be those two.
        let by_team = groups(&agent, 3, "TEAM").await;
        assert_eq!((by_team.data("appraisalGroupResults.whole.people"), by_team.data("appraisalGroupResults.withheld")), (&json!(11), &json!(2)));
        assert!(of(&by_team, "team", "T2").is_some() && of(&by_team, "team", "T5").is_none());
        let by_department = groups(&agent, 3, "DEPARTMENT").await;
        assert_eq!(by_department.data("appraisalGroupResults.groups"), &json!([]));
        let by_region = groups(&agent, 3, "REGION").await;
        assert_eq!(by_region.data("appraisalGroupResults.groups"), &json!([]));
        // Were it for one more of team 3, all could be told.
        let mut more = people();
        more.push((131, (3, 1), 1, 70));
        cycle(&app, 4, Published, &more).await;
        assert_eq!(groups(&agent, 4, "TEAM").await.data("appraisalGroupResults.withheld"), 0);
        assert!(of(&groups(&agent, 4, "REGION").await, "region", "R3").is_some());
        // Nothing of what isn't out.
        moved_to(&app, 4, Calibration).await;
        assert!(groups(&hr, 4, "TEAM").await.data("appraisalGroupResults").is_null());
        assert_eq!(app.as_("auditor").await.send(NEEDS, of_cycle(3)).await.error_codes(), ["FORBIDDEN"]);
    }

    async fn stars_are_found_nominated_and_honoured(app: TestApp) {
        cycle(&app, 3, Published, &[(4, (5, 2), 7, 96), (8, (4, 2), 7, 96), (111, (5, 2), 7, 97), (112, (5, 2), 7, 93), (113, (5, 2), 7, 89), (7, (1, 1), 8, 98)]).await;
        // Whoever has an incident is none, however many points are left.
        let (_, results) = stored(&app, 3, 111).await;
        let mut outcome = results[0].outcome.clone();
        outcome["deductions"] = json!([{ "key": "rudeness", "times": 1, "points": "1" }]);
        let db = app.database().connect().await;
        let row = appraisal_result::ActiveModel { id: Set(results[0].id), outcome: Set(outcome), ..Default::default() };
        row.update(&db).await.expect("it changes");
        db.close().await.expect("it closes");
        let (hr, manager, agent) = (app.as_("hr").await, app.as_("service_manager").await, app.as_("agent").await);
        let query = "query($id: ID!, $most: Int!) { appraisalStars(cycleId: $id, most: $most) { family candidates { member { number } score band strengths } } }";
        let found = async |actor: &Actor, most: i32| {
            let reply = actor.send(query, json!({ "id": id(Table::AppraisalCycle, 3), "most": most })).await.fine();
            let numbers: Vec<String> = reply.list("appraisalStars.0.candidates").iter().map(|one| one["member"]["number"].as_str().unwrap_or("-").to_owned()).collect();
            (reply, numbers)
        };
        let (reply, numbers) = found(&hr, 2).await;
        assert_eq!(numbers, ["M0007", "M0004", "M0008"], "ties are all named");
        assert_eq!(reply.data("appraisalStars.0.family"), "TECHNICAL_SUPPORT");
        assert!(reply.data("appraisalStars.0.candidates.1.strengths").to_string().contains("Finds causes thoroughly: 96 %"));
        assert_eq!(found(&manager, 5).await.1, ["M0004", "M0008", "M0112"], "not oneself");
        assert_eq!(app.as_("team_lead").await.send(query, json!({ "id": id(Table::AppraisalCycle, 3), "most": 1 })).await.error_codes(), ["FORBIDDEN"]);

        let made = propose(&manager, appraisal_id(3, 4), "STAR").await.fine();
        assert_eq!(agent.send(STARS, of_cycle(3)).await.fine().data("stars"), &json!([]));
        decide(&hr, made.text("appraisalPropose.proposal.id"), true).await.fine();
        let honoured = json!([{ "name": "Chen Jie", "reasons": "A course on diagnosis. 故障诊断课程" }]);
        for login in ["agent", "engineer", "trainer"] {
            assert_eq!(app.as_(login).await.send(STARS, of_cycle(3)).await.fine().data("stars"), &honoured, "{login}");
        }
        assert_eq!(app.as_("partner").await.send(STARS, of_cycle(3)).await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(app.as_("engineer").await.ask(PROPOSALS).await.fine().data("appraisalProposals.totalCount"), 0);
        // Called back, nothing of it is told.
        moved_to(&app, 3, Calibration).await;
        assert!(agent.send(STARS, of_cycle(3)).await.fine().data("stars").is_null());
        assert!(hr.send(query, json!({ "id": id(Table::AppraisalCycle, 3), "most": 1 })).await.fine().data("appraisalStars").is_null());
    }
}
