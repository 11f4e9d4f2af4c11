use serde_json::{Value, json};

use crate::support::app::TestApp;
use crate::support::company::id;
use crate::support::data::Table;
use crate::support::database::both_databases;

fn proposal(member: usize, evidence: Value) -> Value {
    json!({ "memberId": id(Table::Member, member), "positionId": id(Table::Position, 3), "readiness": "READY_NOW", "reason": "Led the desk for a month.", "evidence": evidence })
}

const ALL: &str = "{ talentProposals(first: 100) { totalCount nodes { id member { number } } } talentPipeline { position { code } proposals { id } } }";

both_databases! {
    async fn a_lead_proposes_and_hr_decides(app: TestApp) {
        let lead = app.as_("team_lead").await;
        let evidence = json!([
            { "record": { "assessmentId": id(Table::Assessment, 1) } },
            { "record": { "attemptId": id(Table::ExamAttempt, 1) }, "note": "At the first attempt." },
            { "record": { "hoursYear": 2026 } },
            { "note": "Customers ask for her." },
        ]);
        let made = lead.change("talentPropose", "proposal { id version state }", proposal(2, evidence.clone())).await.fine();
        let one = made.text("talentPropose.proposal.id").to_owned();
        let twice = lead.change("talentPropose", "proposal { id }", proposal(2, evidence)).await;
        assert_eq!(twice.user_errors(), [("WRONG_STATE", "input.positionId".to_owned())]);
        let decide = json!({ "id": one, "expectedVersion": 1, "accept": true });
        assert_eq!(lead.change("talentDecide", "proposal { id }", decide.clone()).await.error_codes(), ["FORBIDDEN"]);
        let hr = app.as_("hr").await;
        let declined = json!({ "id": one, "expectedVersion": 1, "accept": false });
        assert_eq!(hr.change("talentDecide", "proposal { id }", declined).await.user_errors(), [("BLANK", "input.note".to_owned())]);
        let accepted = hr.change("talentDecide", "proposal { state decidedBy }", decide.clone()).await.fine();
        assert_eq!(accepted.data("talentDecide.proposal.state"), "ACCEPTED");
        // The one that held before holds no longer.
        let before = hr.ask(&format!("{{ talentProposal(id: \"{}\") {{ state }} }}", id(Table::Talent, 1))).await.fine();
        assert_eq!(before.data("talentProposal.state"), "SUPERSEDED");
        let bench = lead.ask("{ talentPipeline(family: MANAGEMENT) { position { code } readyNow withinOneYear uncovered proposals { member { number } gap { fit } evidence { kind note assessment { level } attempt { id } hoursYear hoursBooked } } } }").await.fine();
        let bench = bench.data("talentPipeline.0").clone();
        assert_eq!((&bench["readyNow"], &bench["withinOneYear"], &bench["uncovered"]), (&json!(1), &json!(0), &json!(false)));
        let proposed = &bench["proposals"][0];
        assert_eq!(proposed["gap"]["fit"], 42);
        assert_eq!(proposed["evidence"][0]["assessment"]["level"], 3);
        assert_eq!(proposed["evidence"][1]["attempt"]["id"], id(Table::ExamAttempt, 1));
        assert_eq!(proposed["evidence"][3], json!({ "kind": "OTHER", "note": "Customers ask for her.", "assessment": null, "attempt": null, "hoursYear": null, "hoursBooked": null }));
        let withdraw = json!({ "id": one, "expectedVersion": 2, "reason": "She wants to stay where she is." });
        let gone = lead.change("talentWithdraw", "proposal { state decisionNote }", withdraw).await.fine();
        assert_eq!(gone.data("talentWithdraw.proposal.state"), "WITHDRAWN");
        let late = json!({ "id": one, "expectedVersion": 3, "accept": true });
        assert_eq!(hr.change("talentDecide", "proposal { id }", late).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
    }

    /// Proposal 1 is about the agent, proposal 2 about the team lead: neither they nor colleagues find theirs, by any path.
    async fn nobody_learns_what_is_said_of_oneself(app: TestApp) {
        for (who, numbers) in [("hr", vec!["M0001", "M0002"]), ("service_manager", vec!["M0001", "M0002"]), ("team_lead", vec!["M0002"])] {
            let found = app.as_(who).await.ask(ALL).await.fine();
            let mut seen: Vec<&str> = found.list("talentProposals.nodes").iter().filter_map(|node| node["member"]["number"].as_str()).collect();
            seen.sort_unstable();
            assert_eq!(seen, numbers, "{who}");
            assert_eq!(found.data("talentProposals.totalCount"), numbers.len(), "{who}");
        }
        for who in ["agent", "colleague", "engineer", "coordinator", "trainer", "auditor", "partner", "customer"] {
            let reply = app.as_(who).await.ask("{ talentProposals { totalCount } }").await;
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{who}");
        }
        // The lead has the right to read proposals of the team, and is a member of it.
        let lead = app.as_("team_lead").await;
        let own = lead.ask(&format!("{{ talentProposal(id: \"{}\") {{ reason }} }}", id(Table::Talent, 2))).await.fine();
        assert!(own.data("talentProposal").is_null());
        let missing = lead.ask(&format!("{{ talentProposal(id: \"{}\") {{ reason }} }}", id(Table::Talent, 77))).await.fine();
        assert_eq!(own.comparable(), missing.comparable());
        let by_member = lead.ask(&format!("{{ talentProposals(filter: {{ memberId: {{ eq: \"{}\" }} }}) {{ totalCount }} }}", id(Table::Member, 1))).await.fine();
        assert_eq!(by_member.data("talentProposals.totalCount"), 0);
        let withdraw = json!({ "id": id(Table::Talent, 2), "expectedVersion": 1, "reason": "x" });
        assert_eq!(lead.change("talentWithdraw", "proposal { id }", withdraw).await.error_codes(), ["NOT_FOUND"]);
        // Nor the audit log, whoever reads it.
        let input = proposal(5, json!([{ "note": "Good." }]));
        lead.change("talentPropose", "proposal { id }", input).await.fine();
        let log = app.as_("auditor").await.ask("{ auditEntries(first: 5) { nodes { action detail } } }").await.fine();
        let text = log.body.to_string();
        assert!(!text.contains("Led the desk") && !text.contains(&id(Table::Member, 5)), "{text}");
    }

    async fn evidence_is_the_members_and_seen_by_who_proposes(app: TestApp) {
        let lead = app.as_("team_lead").await;
        for (evidence, field) in [
            (json!([]), "input.evidence"),
            (json!([{}]), "input.evidence.0.note"),
            (json!([{ "record": { "hoursYear": 1 } }]), "input.evidence.0.hoursYear"),
            // Somebody else's assessment, and the certificate of an engineer whom the lead may not propose by.
            (json!([{ "record": { "assessmentId": id(Table::Assessment, 2) } }]), "input.evidence.0.assessmentId"),
            (json!([{ "note": "ok" }, { "record": { "certificateId": id(Table::MemberCertificate, 2) } }]), "input.evidence.1.certificateId"),
        ] {
            let refused = lead.change("talentPropose", "proposal { id }", proposal(5, evidence)).await;
            assert_eq!(refused.user_errors().into_iter().map(|(_, field)| field).collect::<Vec<_>>(), [field]);
        }
        let own = lead.change("talentPropose", "proposal { id }", proposal(1, json!([{ "note": "I am." }]))).await;
        assert_eq!(own.user_errors(), [("RULE_VIOLATED", "input.memberId".to_owned())]);
        // Whoever proposes doesn't decide.
        let hr = app.as_("hr").await;
        let made = hr.change("talentPropose", "proposal { id }", proposal(5, json!([{ "note": "Good." }]))).await.fine();
        let decide = json!({ "id": made.text("talentPropose.proposal.id"), "expectedVersion": 1, "accept": true });
        assert_eq!(hr.change("talentDecide", "proposal { id }", decide).await.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())]);
    }
}
