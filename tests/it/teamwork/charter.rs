use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};

use super::{change, id};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::data::{Table, days_ago, start};
use crate::support::database::both_databases;

const SHOWN: &str = "proposal { id version state electors turnout outcome inForceFrom tally { yes no abstain } rule { id title circle team { code } versions { number body } } }";

fn words(more: &Value) -> Value {
    let mut input = json!({
        "title": "No case waits over night", "body": "What comes in until six is answered the same day.",
        "reason": "Customers wait too long.", "ballot": "OPEN", "inForceFrom": days_ago(-1).to_string(),
    });
    let more = more.as_object().cloned().unwrap_or_default();
    input.as_object_mut().expect("an object").extend(more);
    input
}

async fn vote(actor: &Actor, proposal: &str, version: i64, choice: &str) -> Reply {
    let input = json!({ "id": proposal, "choice": choice });
    change(actor, "ruleVoteCast", SHOWN, version, input).await
}

/// A proposal for desk north by the agent, put to the vote by the lead; returns its id and version.
async fn put_to_vote(app: &TestApp, more: Value) -> (String, i64) {
    let (agent, lead) = (app.as_("agent").await, app.as_("team_lead").await);
    let input = words(&more);
    let made = agent
        .change("ruleProposalCreate", SHOWN, input)
        .await
        .fine();
    let one = made.text("ruleProposalCreate.proposal.id").to_owned();
    change(&agent, "ruleProposalOpen", SHOWN, 1, json!({ "id": one }))
        .await
        .fine();
    let begun = change(&lead, "ruleVoteBegin", SHOWN, 2, json!({ "id": one }))
        .await
        .fine();
    let version = begun
        .data("ruleVoteBegin.proposal.version")
        .as_i64()
        .expect("a version");
    (one, version)
}

async fn end_votes(app: &TestApp) {
    app.clock.advance(TimeDelta::days(8));
    let zone = app.config.time_zone();
    aftercare::teamwork::charter::actions::round(&app.db, zone, app.clock.now())
        .await
        .expect("the round runs");
}

both_databases! {
    async fn a_rule_from_draft_to_note(app: TestApp) {
        let (agent, lead, mover, colleague) =
            (app.as_("agent").await, app.as_("team_lead").await, app.as_("mover").await, app.as_("colleague").await);
        let input = words(&json!({ "circle": { "teamId": id(Table::Team, 2) }, "idempotencyKey": "p1" }));
        let made = agent.change("ruleProposalCreate", SHOWN, input.clone()).await.fine();
        let again = agent.change("ruleProposalCreate", SHOWN, input).await.fine();
        let one = made.text("ruleProposalCreate.proposal.id").to_owned();
        assert_eq!(again.text("ruleProposalCreate.proposal.id"), one);

        // A draft is its proposer's; opened, it is seen by those for whom it is meant.
        let ask = "query($id: ID!) { ruleProposal(id: $id) { state } }";
        let sees = async |actor: &Actor| !actor.send(ask, json!({ "id": one })).await.fine().data("ruleProposal").is_null();
        assert!(sees(&agent).await && !sees(&mover).await && !sees(&lead).await);
        let early = json!({ "proposalId": one, "body": "Good." });
        assert_eq!(agent.change("ruleCommentAdd", "proposal { id }", early.clone()).await.user_errors(), [("WRONG_STATE", "input.proposalId".to_owned())]);
        change(&agent, "ruleProposalOpen", SHOWN, 1, json!({ "id": one })).await.fine();
        assert!(sees(&mover).await && sees(&lead).await && !sees(&colleague).await);
        mover.change("ruleCommentAdd", "proposal { id }", early).await.fine();
        let changed = words(&json!({ "id": one, "title": "No case waits long", "body": "Until five." }));
        assert_eq!(change(&mover, "ruleProposalUpdate", SHOWN, 2, changed.clone()).await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())]);
        change(&agent, "ruleProposalUpdate", SHOWN, 2, changed).await.fine();

        // The lead puts it to the vote; whoever was in the team on that day may vote, once, and change it.
        assert_eq!(change(&agent, "ruleVoteBegin", SHOWN, 3, json!({ "id": one })).await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(change(&lead, "ruleVoteBegin", SHOWN, 2, json!({ "id": one })).await.error_codes(), ["CONFLICT"]);
        let begun = change(&lead, "ruleVoteBegin", SHOWN, 3, json!({ "id": one })).await.fine();
        assert_eq!(begun.data("ruleVoteBegin.proposal.electors"), &json!(2), "agent and mover");
        assert_eq!(vote(&lead, &one, 4, "YES").await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())]);
        assert_eq!(vote(&agent, &one, 3, "YES").await.error_codes(), ["CONFLICT"], "one votes on what one has read");
        vote(&agent, &one, 4, "NO").await.fine();
        vote(&mover, &one, 4, "YES").await.fine();
        let cast = vote(&agent, &one, 4, "YES").await.fine();
        assert_eq!(cast.data("ruleVoteCast.proposal.tally"), &json!({ "yes": 2, "no": 0, "abstain": 0 }));
        assert_eq!(cast.data("ruleVoteCast.proposal.turnout"), &json!(2));
        let withdraw = json!({ "id": one, "reason": "No." });
        assert_eq!(change(&agent, "ruleProposalWithdraw", SHOWN, 4, withdraw).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);

        end_votes(&app).await;
        let (agent, lead, mover) = (app.as_("agent").await, app.as_("team_lead").await, app.as_("mover").await);
        assert_eq!(vote(&agent, &one, 5, "NO").await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        let query = format!("query($id: ID!) {{ {} }}", SHOWN.replace("proposal {", "ruleProposal(id: $id) {"));
        let over = agent.send(&query, json!({ "id": one })).await.fine();
        assert_eq!(over.data("ruleProposal.outcome"), "ADOPTED");
        assert_eq!(over.data("ruleProposal.inForceFrom"), &json!(days_ago(-9).to_string()), "the day after the vote");
        let rule = over.text("ruleProposal.rule.id").to_owned();
        assert_eq!(over.data("ruleProposal.rule.versions"), &json!([{ "number": 1, "body": "Until five." }]));

        // Whoever hasn't taken note is known to the lead, and to nobody else.
        let outstanding = "query($id: ID!) { teamRule(id: $id) { acknowledged inForce { number } outstanding { member { number } } } }";
        let seen = lead.send(outstanding, json!({ "id": rule })).await.fine();
        assert_eq!(seen.list("teamRule.outstanding").len(), 2, "{seen}");
        assert!(seen.data("teamRule.inForce").is_null(), "only tomorrow");
        change(&agent, "ruleAcknowledge", "rule { acknowledged }", 1, json!({ "id": rule })).await.fine();
        let seen = lead.send(outstanding, json!({ "id": rule })).await.fine();
        assert_eq!(seen.data("teamRule.outstanding"), &json!([{ "member": { "number": "M0005" } }]));
        let denied = mover.send(outstanding, json!({ "id": rule })).await;
        assert_eq!(denied.error_codes(), ["FORBIDDEN"]);
        assert_eq!(change(&lead, "ruleAcknowledge", "rule { id }", 1, json!({ "id": rule })).await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())], "it isn't the lead's");

        // Another text is another proposal, voted on again, and noted again.
        let (two, version) = put_to_vote(&app, json!({ "ruleId": rule, "body": "Until four.", "inForceFrom": days_ago(-20).to_string() })).await;
        vote(&mover, &two, version, "YES").await.fine();
        end_votes(&app).await;
        let lead = app.as_("team_lead").await;
        let seen = lead.send("query($id: ID!) { teamRule(id: $id) { version inForce { number } versions { number } outstanding { memberId } } }", json!({ "id": rule })).await.fine();
        assert_eq!(seen.data("teamRule.versions"), &json!([{ "number": 2 }, { "number": 1 }]));
        assert_eq!(seen.data("teamRule.inForce.number"), &json!(1), "the new one begins tomorrow");
        assert_eq!(seen.list("teamRule.outstanding").len(), 2);
        let agent = app.as_("agent").await;
        assert_eq!(change(&agent, "ruleAcknowledge", "rule { id }", 1, json!({ "id": rule })).await.error_codes(), ["CONFLICT"]);
    }

    async fn too_few_or_too_many_against(app: TestApp) {
        let circle = json!({ "circle": { "teamId": id(Table::Team, 2) }, "quorumPercent": 100 });
        let (one, version) = put_to_vote(&app, circle).await;
        vote(&app.as_("agent").await, &one, version, "YES").await.fine();
        // Proposal 3 of the company: one yes, one no of five.
        end_votes(&app).await;
        let ask = "query($id: ID!) { ruleProposal(id: $id) { state outcome tally { yes no } rule { id } } }";
        let manager = app.as_("service_manager").await;
        let seen = manager.send(ask, json!({ "id": one })).await.fine();
        assert_eq!(seen.data("ruleProposal"), &json!({ "state": "REJECTED", "outcome": "NO_QUORUM", "tally": { "yes": 1, "no": 0 }, "rule": null }));
        let seen = manager.send(ask, json!({ "id": id(Table::RuleProposal, 3) })).await.fine();
        assert_eq!(seen.data("ruleProposal.outcome"), "NO_QUORUM");
    }

    /// With a secret ballot nobody can see who voted what by any path: not through votes, figures, tasks, the log, events,
    /// exports, nor in the tables once it is over.
    async fn a_secret_vote_stays_secret(app: TestApp) {
        let one = id(Table::RuleProposal, 4);
        let (agent, colleague, manager, admin, auditor) = (
            app.as_("agent").await, app.as_("colleague").await, app.as_("service_manager").await, app.as_("admin").await, app.as_("auditor").await,
        );
        let all = "query($id: ID!) { ruleProposal(id: $id) { ballot turnout myVote tally { yes no abstain } votes { choice member { name } } } }";
        for actor in [&agent, &manager, &admin, &auditor] {
            let seen = actor.send(all, json!({ "id": one })).await;
            assert!(seen.data("ruleProposal.tally").is_null(), "{}: no figures before the end", actor.who);
            assert!(seen.data("ruleProposal.votes").is_null(), "{}", actor.who);
            let own = if actor.who == "agent" { json!("NO") } else { Value::Null };
            assert_eq!(seen.data("ruleProposal.myVote"), &own, "{}", actor.who);
        }
        vote(&colleague, &one, 1, "ABSTAIN").await.fine();
        vote(&manager, &one, 1, "YES").await.fine();
        vote(&app.as_("mover").await, &one, 1, "YES").await.fine();

        // The log has neither who nor what.
        let log = auditor.ask("{ auditEntries(first: 100) { nodes { action actorName detail } } }").await;
        let entries: Vec<&Value> = log.list("auditEntries.nodes").iter().filter(|row| row["action"] == "rule.vote.cast").collect();
        assert_eq!(entries.len(), 3, "{log}");
        for entry in &entries {
            assert_eq!(entry["actorName"], "unnamed", "{entry}");
            assert!(!entry.to_string().contains("yes") && !entry.to_string().contains("abstain"), "{entry}");
        }
        // Events say nothing of it either.
        let connection = app.database().connect().await;
        let outbox = texts(&connection, "SELECT CAST(payload AS TEXT) AS t FROM outbox").await;
        assert!(outbox.iter().all(|text| !text.contains("abstain") && !text.contains("choice")), "{outbox:?}");
        // Nobody is told who hasn't voted; whoever hasn't is.
        let tasks = "query($of: TasksOfInput!) { tasks(of: $of, filter: { kinds: [VOTE] }) { nodes { id memberId } } }";
        let seen = manager.send(tasks, json!({ "of": { "memberId": id(Table::Member, 8) } })).await.fine();
        assert!(seen.list("tasks.nodes").iter().all(|task| task["id"] != json!(one)), "{seen}");
        let own = app.as_("coordinator").await.ask("{ myTasks(filter: { kinds: [VOTE] }) { nodes { id } } }").await.fine();
        assert_eq!(own.data("myTasks.nodes"), &json!([{ "id": one }]));
        let file = manager.export("csv", "{ ruleProposals { nodes { title votes { choice } tally { yes } } } }", json!({})).await;
        assert!(!String::from_utf8_lossy(&file.bytes).contains("ABSTAIN"));

        end_votes(&app).await;
        let manager = app.as_("service_manager").await;
        let seen = manager.send(all, json!({ "id": one })).await.fine();
        // Agent no, colleague abstained, manager and mover yes.
        assert_eq!(seen.data("ruleProposal.tally"), &json!({ "yes": 2, "no": 1, "abstain": 1 }), "{seen}");
        assert!(seen.data("ruleProposal.votes").is_null() && seen.data("ruleProposal.myVote").is_null());
        let left = texts(&connection, "SELECT choice AS t FROM rule_ballots WHERE proposal_id IN (SELECT id FROM rule_proposals WHERE ballot = 'secret')").await;
        assert!(left.is_empty(), "the ballots are destroyed");
        let open = texts(&connection, "SELECT choice AS t FROM rule_ballots").await;
        assert_eq!(open.len(), 2, "those of the open vote are kept");
    }

    async fn few_secret_ballots_show_no_figures(app: TestApp) {
        // Two of seven have voted in the company's secret vote: less than the three that are needed for figures.
        end_votes(&app).await;
        let ask = "query($id: ID!) { ruleProposal(id: $id) { outcome turnout tally { yes } } }";
        let seen = app.as_("admin").await.send(ask, json!({ "id": id(Table::RuleProposal, 4) })).await.fine();
        assert_eq!(seen.data("ruleProposal"), &json!({ "outcome": "NO_QUORUM", "turnout": null, "tally": null }));
        // And two people can't vote in secret at all.
        let agent = app.as_("agent").await;
        let input = words(&json!({ "circle": { "teamId": id(Table::Team, 2) }, "ballot": "SECRET", "inForceFrom": days_ago(-20).to_string() }));
        let made = agent.change("ruleProposalCreate", SHOWN, input).await.fine();
        let one = made.text("ruleProposalCreate.proposal.id").to_owned();
        change(&agent, "ruleProposalOpen", SHOWN, 1, json!({ "id": one })).await.fine();
        let lead = app.as_("team_lead").await;
        assert_eq!(change(&lead, "ruleVoteBegin", SHOWN, 2, json!({ "id": one })).await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())]);
    }

    async fn who_may_propose_for_whom(app: TestApp) {
        let circles = [
            json!({ "teamId": id(Table::Team, 2) }), json!({ "teamId": id(Table::Team, 4) }),
            json!({ "departmentId": id(Table::Department, 1) }), json!({ "company": true }),
        ];
        let may = [
            ("agent", [true, false, false, false]), ("team_lead", [true, false, true, false]), ("service_manager", [true; 4]),
            ("coordinator", [false, true, false, false]),
        ];
        for (login, allowed) in may {
            let actor = app.as_(login).await;
            for (circle, allowed) in circles.iter().zip(allowed) {
                let reply = actor.change("ruleProposalCreate", "proposal { id }", words(&json!({ "circle": circle }))).await;
                assert_eq!(reply.error_codes().is_empty(), allowed, "{login} {circle}: {reply}");
            }
        }
        for login in ["auditor", "partner"] {
            let reply = app.as_(login).await.change("ruleProposalCreate", "proposal { id }", words(&json!({ "circle": circles[3] }))).await;
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{login}");
        }
        let agent = app.as_("agent").await;
        for (more, field) in [
            (json!({}), "input.circle"),
            (json!({ "circle": circles[0], "ruleId": id(Table::TeamRule, 1) }), "input.circle"),
            (json!({ "circle": circles[0], "quorumPercent": 101 }), "input.quorumPercent"),
            (json!({ "circle": circles[0], "majorityPercent": 100 }), "input.majorityPercent"),
            (json!({ "circle": circles[0], "inForceFrom": days_ago(1).to_string() }), "input.inForceFrom"),
        ] {
            let reply = agent.change("ruleProposalCreate", "proposal { id }", words(&more)).await;
            assert_eq!(reply.user_errors(), [("INVALID", field.to_owned())], "{more}");
        }
        assert_eq!(app.clock.now(), start());
    }

    async fn a_rule_is_repealed(app: TestApp) {
        let lead = app.as_("team_lead").await;
        let mut input = words(&json!({ "ruleId": id(Table::TeamRule, 1), "repeal": true }));
        input["body"] = Value::Null;
        let made = lead.change("ruleProposalCreate", SHOWN, input).await.fine();
        let one = made.text("ruleProposalCreate.proposal.id").to_owned();
        change(&lead, "ruleProposalOpen", SHOWN, 1, json!({ "id": one })).await.fine();
        change(&lead, "ruleVoteBegin", SHOWN, 2, json!({ "id": one })).await.fine();
        for login in ["team_lead", "agent"] {
            vote(&app.as_(login).await, &one, 3, "YES").await.fine();
        }
        end_votes(&app).await;
        app.clock.advance(TimeDelta::days(1));
        let ask = "query($id: ID!) { teamRule(id: $id) { repealedFrom inForce { number } outstanding { memberId } } }";
        let seen = app.as_("team_lead").await.send(ask, json!({ "id": id(Table::TeamRule, 1) })).await.fine();
        assert_eq!(seen.data("teamRule"), &json!({ "repealedFrom": days_ago(-9).to_string(), "inForce": null, "outstanding": [] }));
    }
}

async fn texts(connection: &sea_orm::DatabaseConnection, sql: &str) -> Vec<String> {
    let backend: DbBackend = connection.get_database_backend();
    let rows = connection
        .query_all_raw(Statement::from_string(backend, sql))
        .await
        .expect("the query runs");
    rows.iter()
        .map(|row| row.try_get("", "t").expect("a text"))
        .collect()
}
