use serde_json::{Value, json};

use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company;
use crate::support::data::{Table, hours};
use crate::support::database::both_databases;

fn member(n: usize) -> String {
    company::id(Table::Member, n)
}

fn leave(n: usize) -> String {
    company::id(Table::Leave, n)
}

async fn request(actor: &Actor, of: Option<usize>, (from, to): (i64, i64)) -> Reply {
    let input = json!({
        "memberId": of.map(member), "kind": "SICK", "startsAt": hours(from), "endsAt": hours(to), "reason": "flu",
    });
    let select = "leave { id state version }";
    actor.change("leaveRequest", select, input).await
}

async fn decide(actor: &Actor, id: &str, version: i32, decision: &str) -> Reply {
    let input =
        json!({ "id": id, "expectedVersion": version, "decision": decision, "note": "Noted." });
    let select = "leave { state decidedBy decidedAt decisionNote version }";
    actor.change("leaveDecide", select, input).await
}

both_databases! {
    async fn a_lead_sees_what_waits_and_decides(app: TestApp) {
        let (agent, lead) = (app.as_("agent").await, app.as_("team_lead").await);
        let asked = request(&agent, None, (100, 110)).await.fine();
        assert_eq!(asked.text("leaveRequest.leave.state"), "REQUESTED");
        let id = asked.text("leaveRequest.leave.id").to_owned();
        let list = "{ leaves(filter: { awaitingMe: true }, orderBy: STARTS_AT_ASC) { totalCount nodes { id kind reason member { number } } } }";
        let waiting = lead.ask(list).await.fine();
        assert_eq!(waiting.data("leaves.totalCount"), 2);
        assert_eq!(waiting.text("leaves.nodes.1.id"), id);
        assert_eq!(waiting.text("leaves.nodes.1.reason"), "flu");
        // Her own waits for somebody else.
        assert_eq!(agent.ask(list).await.fine().data("leaves.totalCount"), 0);
        let decided = decide(&lead, &id, 1, "APPROVE").await.fine();
        assert_eq!(decided.text("leaveDecide.leave.state"), "APPROVED");
        assert_eq!(decided.text("leaveDecide.leave.decisionNote"), "Noted.");
        assert!(!decided.text("leaveDecide.leave.decidedBy").is_empty());
        assert_eq!(lead.ask(list).await.fine().data("leaves.totalCount"), 1);
        // Decided is decided, and a picture from before is refused.
        let again = decide(&lead, &id, 2, "REJECT").await;
        assert_eq!(again.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        assert_eq!(decide(&lead, &id, 1, "REJECT").await.error_codes(), ["CONFLICT"]);
    }

    async fn nobody_decides_about_their_own(app: TestApp) {
        let (lead, manager) = (app.as_("team_lead").await, app.as_("service_manager").await);
        let asked = request(&manager, None, (100, 110)).await.fine();
        let id = asked.text("leaveRequest.leave.id").to_owned();
        for decision in ["APPROVE", "REJECT"] {
            let own = decide(&manager, &id, 1, decision).await;
            assert_eq!(own.user_errors(), [("RULE_VIOLATED", "input.id".to_owned())]);
        }
        // The lead doesn't see the manager's leave at all.
        assert_eq!(decide(&lead, &id, 1, "APPROVE").await.error_codes(), ["NOT_FOUND"]);
        let asked = request(&lead, None, (100, 110)).await.fine();
        let id = asked.text("leaveRequest.leave.id").to_owned();
        decide(&manager, &id, 1, "APPROVE").await.fine();
    }

    async fn a_refusal_says_why(app: TestApp) {
        let lead = app.as_("team_lead").await;
        let silent = json!({ "id": leave(0), "expectedVersion": 1, "decision": "REJECT" });
        let refused = lead.change("leaveDecide", "leave { state }", silent).await;
        assert_eq!(refused.user_errors(), [("BLANK", "input.note".to_owned())]);
        decide(&lead, &leave(0), 1, "REJECT").await.fine();
    }

    async fn times_of_leave_do_not_overlap(app: TestApp) {
        let (agent, manager) = (app.as_("agent").await, app.as_("service_manager").await);
        // She waits for the time from hour 48 to 72; the mover is away until hour 24.
        for (actor, of, times, fits) in [
            (&agent, None, (40, 49), false),
            (&agent, None, (71, 80), false),
            (&agent, None, (40, 48), true),
            (&agent, None, (72, 80), true),
            (&manager, Some(5), (23, 30), false),
            (&manager, Some(5), (24, 30), true),
        ] {
            let reply = request(actor, of, times).await;
            let expected = if fits { vec![] } else { vec![("RULE_VIOLATED", "input.startsAt".to_owned())] };
            assert_eq!(reply.user_errors(), expected, "{times:?}: {reply}");
        }
        for (times, field) in [((10, 10), "input.endsAt"), ((10, 9), "input.endsAt"), ((2_000, 12_000), "input.endsAt"), ((-800, 8), "input.startsAt")] {
            let code = if field == "input.endsAt" { "INVALID" } else { "RULE_VIOLATED" };
            let reply = request(&manager, Some(3), times).await;
            assert_eq!(reply.user_errors(), [(code, field.to_owned())], "{times:?}: {reply}");
        }
        // Nobody asks for others without the reach.
        assert_eq!(request(&agent, Some(5), (500, 510)).await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(request(&agent, Some(3), (500, 510)).await.error_codes(), ["NOT_FOUND"]);
    }

    async fn why_is_confidential_when_is_not(app: TestApp) {
        let ask = "query($id: ID!) { member(id: $id) { number away { startsAt endsAt } leaves { kind reason } } }";
        let of = |n| json!({ "id": member(n) });
        // A colleague of the same team sees when the mover is away.
        let agent = app.as_("agent").await;
        let seen = agent.send(ask, of(5)).await.fine();
        assert_eq!(seen.list("member.away").len(), 1);
        assert_eq!(seen.list("member.leaves").len(), 0);
        // Her own with why; what only waits is no absence.
        let own = agent.send(ask, of(2)).await.fine();
        assert_eq!(own.list("member.away").len(), 0);
        assert_eq!(own.text("member.leaves.0.reason"), "flu");
        // The lead sees why of the whole tree.
        let lead = app.as_("team_lead").await;
        assert_eq!(lead.send(ask, of(5)).await.fine().text("member.leaves.0.kind"), "SICK");
        // Without the permission the field is denied, and the rest is there.
        let engineer = app.as_("engineer").await;
        let mine = engineer.send(ask, of(4)).await.fine();
        assert_eq!(mine.list("member.leaves").len(), 0);
        for (n, role) in [(2, "partner"), (2, "customer")] {
            let outsider = app.as_(role).await.send(ask, of(n)).await;
            assert_eq!(outsider.data("member"), &Value::Null, "{role}");
        }
        // Neither the audit log nor the outbox tells why.
        request(&agent, None, (200, 210)).await.fine();
        let admin = app.as_("admin").await;
        let log = admin.ask("{ auditEntries(first: 5) { nodes { action detail } } }").await.fine();
        assert!(log.to_string().contains("leave.request") && !log.to_string().contains("flu"), "{log}");
    }

    async fn leave_is_taken_back_or_ends_early(app: TestApp) {
        let (agent, mover, lead) = (app.as_("agent").await, app.as_("mover").await, app.as_("team_lead").await);
        let cancel = async |actor: &Actor, id: String, version: i32| {
            let input = json!({ "id": id, "expectedVersion": version });
            actor.change("leaveCancel", "leave { state endsAt }", input).await
        };
        let taken_back = cancel(&agent, leave(0), 1).await.fine();
        assert_eq!(taken_back.text("leaveCancel.leave.state"), "CANCELLED");
        assert_eq!(cancel(&agent, leave(0), 2).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
        // The lead sees the mover's leave, but may not take it back.
        assert_eq!(cancel(&lead, leave(1), 1).await.error_codes(), ["FORBIDDEN"]);
        let early = cancel(&mover, leave(1), 1).await.fine();
        assert_eq!(early.text("leaveCancel.leave.state"), "APPROVED");
        assert_eq!(early.data("leaveCancel.leave.endsAt"), &json!("2026-03-02T02:00:00Z"));
        assert_eq!(cancel(&mover, leave(1), 2).await.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
    }

    async fn a_repeated_request_is_one(app: TestApp) {
        let agent = app.as_("agent").await;
        let input = json!({ "kind": "ANNUAL", "startsAt": hours(300), "endsAt": hours(310), "idempotencyKey": "once" });
        let first = agent.change("leaveRequest", "leave { id }", input.clone()).await.fine();
        let second = agent.change("leaveRequest", "leave { id }", input).await.fine();
        assert_eq!(first.body["data"], second.body["data"]);
    }
}
