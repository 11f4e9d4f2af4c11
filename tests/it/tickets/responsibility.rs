use aftercare::identity;
use aftercare::tickets::responsibility::OfTicket;
use chrono::TimeDelta;
use entity::{ticket_credit, ticket_handover};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::{TICKET, change, version};
use crate::scopes::hold_equal;
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, LOGINS};
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

const HANDOVER: &str = "handover { id state version answer from { name } to { name } }";
const RESPONSIBILITY: &str = "query($id: ID!) { ticket(id: $id) { owner { name } responsibility {
    owner { name } openHandover { id } handovers { state reason answer to { name } }
    credits { round role share source reason member { name } } all: credits(replaced: true) { share replacedAt }
} } }";

fn member(n: usize) -> String {
    company::id(Table::Member, n)
}

async fn offer(actor: &Actor, ticket: usize, to: usize) -> Reply {
    let id = company::ticket(ticket);
    let input = json!({
        "id": id, "expectedVersion": version(actor, &id).await, "toMemberId": member(to), "reason": "On leave. 休假"
    });
    actor.change("ticketHandoverOffer", HANDOVER, input).await
}

/// Answers an offer as it was given back when it was made.
async fn answer(actor: &Actor, mutation: &str, offered: &Reply, words: Option<&str>) -> Reply {
    let handover = offered.data("ticketHandoverOffer.handover");
    let input = json!({ "handoverId": handover["id"], "expectedVersion": handover["version"], "answer": words });
    actor.change(mutation, HANDOVER, input).await
}

async fn seen(actor: &Actor, ticket: &str) -> Value {
    let reply = actor
        .send(RESPONSIBILITY, json!({ "id": ticket }))
        .await
        .fine();
    reply.data("ticket.responsibility").clone()
}

/// What the history of a ticket says of offers that were taken back, as far as somebody may read it.
async fn withdrawals(actor: &Actor, ticket: usize) -> Vec<Value> {
    let document = "query($id: ID!) { ticket(id: $id) { history(first: 50) { nodes { action field oldValue newValue } } } }";
    let reply = actor
        .send(document, json!({ "id": company::ticket(ticket) }))
        .await
        .fine();
    let rows = reply.list("ticket.history.nodes").iter();
    rows.filter(|row| row["action"] == "handover_withdraw")
        .cloned()
        .collect()
}

/// The shares that hold: who, as what, how much.
fn shares(responsibility: &Value, round: i64) -> Vec<(String, String, i64)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    responsibility["credits"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|credit| credit["round"] == round)
        .map(|credit| {
            (
                text(&credit["member"]["name"]),
                text(&credit["role"]),
                credit["share"].as_i64().unwrap_or_default(),
            )
        })
        .collect()
}

fn of(name: &str, role: &str, share: i64) -> (String, String, i64) {
    (name.to_owned(), role.to_owned(), share)
}

both_databases! {
    async fn the_owner_hands_over_and_a_colleague_takes_it_on(app: TestApp) {
        let (agent, mover) = (app.as_("agent").await, app.as_("mover").await);
        let offered = offer(&agent, 1, 5).await.fine();
        assert_eq!(offered.data("ticketHandoverOffer.handover.state"), "OFFERED");
        let waiting = mover.ask("{ handoversForMe { ticket { number } from { name } reason } }").await.fine();
        assert_eq!(waiting.data("handoversForMe.0.ticket.number"), 100_001);
        assert_eq!(waiting.data("handoversForMe.0.from.name"), "Li Na");
        let before = seen(&agent, &company::ticket(1)).await;
        assert_eq!(before["owner"]["name"], "Li Na", "until the answer the owner stays");

        let taken = answer(&mover, "ticketHandoverAccept", &offered, Some("Gladly")).await.fine();
        assert_eq!(taken.data("ticketHandoverAccept.handover.state"), "ACCEPTED");
        let after = seen(&mover, &company::ticket(1)).await;
        assert_eq!((&after["owner"]["name"], &after["openHandover"]), (&json!("Liu Yang"), &Value::Null));
        assert_eq!(after["handovers"][0]["answer"], "Gladly");

        // Who works on it changes nothing about who answers for it.
        let lead = app.as_("team_lead").await;
        let give = json!({ "assigneeId": member(2) });
        let reply = change(&lead, "ticketAssign", &company::ticket(1), give).await.fine();
        assert_eq!(reply.data("ticketAssign.ticket.owner.name"), "Liu Yang");

        let history = lead.send("query($id: ID!) { ticket(id: $id) { history { nodes { action field oldValue newValue } } } }", json!({ "id": company::ticket(1) })).await.fine();
        let rows = history.list("ticket.history.nodes");
        assert!(rows.iter().any(|row| row["action"] == "handover_accept" && row["field"] == "ownerId" && row["newValue"] == member(5)), "{history}");
        assert!(rows.iter().any(|row| row["action"] == "handover_offer" && row["field"] == "reason"), "{history}");
        let partner = app.as_("partner").await;
        let history = partner.send("query($id: ID!) { ticket(id: $id) { history { nodes { action } } } }", json!({ "id": company::ticket(1) })).await.fine();
        assert!(!history.body.to_string().contains("handover"), "{history}");
    }

    async fn an_open_offer_lends_reading_and_no_more(app: TestApp) {
        // The mover is of the north; ticket 3 is of the south and out of sight.
        let (manager, mover) = (app.as_("service_manager").await, app.as_("mover").await);
        let numbered = "{ ticketByNumber(number: 100003) { subject comments { totalCount } } }";
        assert_eq!(mover.ask(numbered).await.fine().data("ticketByNumber"), &Value::Null);
        let offered = offer(&manager, 3, 5).await.fine();
        let reply = mover.ask(numbered).await.fine();
        assert_eq!(reply.data("ticketByNumber.subject"), "Matter 3");
        assert_eq!(mover.ask("{ handoversForMe { ticket { number } } }").await.fine().data("handoversForMe.0.ticket.number"), 100_003);
        let hold = json!({ "id": company::ticket(3), "expectedVersion": 2, "state": "ON_HOLD" });
        let reply = mover.change("ticketHold", "ticket { state }", hold).await;
        assert_eq!(reply.error_codes(), ["FORBIDDEN"], "it is only read: {reply}");
        answer(&manager, "ticketHandoverWithdraw", &offered, None).await.fine();
        assert_eq!(mover.ask(numbered).await.fine().data("ticketByNumber"), &Value::Null, "gone with the offer");

        let offered = offer(&manager, 3, 5).await.fine();
        answer(&mover, "ticketHandoverAccept", &offered, None).await.fine();
        assert_eq!(mover.ask(numbered).await.fine().data("ticketByNumber.subject"), "Matter 3", "now it is the mover's own");
    }

    async fn only_the_addressed_colleague_answers(app: TestApp) {
        let (agent, lead, mover) = (app.as_("agent").await, app.as_("team_lead").await, app.as_("mover").await);
        let offered = offer(&agent, 1, 5).await.fine();
        for actor in [&agent, &lead] {
            for mutation in ["ticketHandoverAccept", "ticketHandoverDecline"] {
                let reply = answer(actor, mutation, &offered, Some("no")).await;
                assert_eq!(reply.user_errors(), [("RULE_VIOLATED", String::new())], "{} {mutation}", actor.who);
            }
        }
        let reply = answer(&mover, "ticketHandoverWithdraw", &offered, None).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", String::new())]);
        let reply = answer(&mover, "ticketHandoverDecline", &offered, Some("  ")).await;
        assert_eq!(reply.user_errors(), [("BLANK", "input.answer".to_owned())]);
        answer(&mover, "ticketHandoverDecline", &offered, Some("I am away too")).await.fine();
        let reply = answer(&mover, "ticketHandoverAccept", &offered, None).await;
        assert_eq!(reply.error_codes(), ["CONFLICT"], "an answer is final: {reply}");

        // Another offer can be made, and taken back by whoever made it.
        let again = offer(&lead, 1, 5).await.fine();
        let reply = offer(&agent, 1, 5).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", String::new())], "one open offer at most");
        answer(&agent, "ticketHandoverWithdraw", &again, None).await.fine();
        let states: Vec<Value> = seen(&agent, &company::ticket(1)).await["handovers"].as_array().into_iter().flatten().map(|row| row["state"].clone()).collect();
        assert_eq!(states, ["WITHDRAWN", "DECLINED"]);
    }

    async fn who_may_not_offer_is_told_why(app: TestApp) {
        let (engineer, agent, colleague) = (app.as_("engineer").await, app.as_("agent").await, app.as_("colleague").await);
        let reply = offer(&engineer, 9, 4).await;
        assert_eq!(reply.user_errors(), [("RULE_VIOLATED", String::new())], "who only works on it: {reply}");
        let reply = offer(&agent, 1, 2).await;
        assert_eq!(reply.user_errors(), [("INVALID", "input.toMemberId".to_owned())]);
        let reply = offer(&agent, 1, 8).await;
        assert_eq!(reply.user_errors(), [("NOT_FOUND", "input.toMemberId".to_owned())], "out of the agent's sight");
        let reply = offer(&app.as_("service_manager").await, 1, 6).await;
        assert_eq!(reply.user_errors(), [("NOT_FOUND", "input.toMemberId".to_owned())], "who has left");
        let input = json!({ "id": company::ticket(1), "expectedVersion": 1, "toMemberId": member(5), "reason": "r" });
        let reply = colleague.change("ticketHandoverOffer", HANDOVER, input).await;
        assert_eq!(reply.error_codes(), ["NOT_FOUND"]);
        let reply = offer(&app.as_("service_manager").await, 8, 2).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", String::new())], "nobody owns it");
    }

    async fn of_two_offers_at_once_one_wins(app: TestApp) {
        let (agent, lead) = (app.as_("agent").await, app.as_("team_lead").await);
        let input = |to| json!({ "id": company::ticket(1), "expectedVersion": 1, "toMemberId": member(to), "reason": "r" });
        let (one, other) = tokio::join!(
            agent.change("ticketHandoverOffer", HANDOVER, input(5)),
            lead.change("ticketHandoverOffer", HANDOVER, input(1)),
        );
        let (won, lost) = if one.errors().is_empty() { (one, other) } else { (other, one) };
        won.fine();
        assert_eq!(lost.error_codes(), ["CONFLICT"], "{lost}");
        assert_eq!(seen(&agent, &company::ticket(1)).await["handovers"].as_array().map(Vec::len), Some(1));
    }

    async fn the_end_of_a_ticket_and_a_new_owner_void_an_offer(app: TestApp) {
        let (agent, mover) = (app.as_("agent").await, app.as_("mover").await);
        let offered = offer(&agent, 1, 5).await.fine();
        change(&agent, "ticketCancel", &company::ticket(1), json!({ "reason": "no more need" })).await.fine();
        let reply = answer(&mover, "ticketHandoverAccept", &offered, None).await;
        assert_eq!(reply.error_codes(), ["CONFLICT"], "{reply}");
        let responsibility = seen(&agent, &company::ticket(1)).await;
        assert_eq!((&responsibility["openHandover"], &responsibility["handovers"][0]["state"]), (&Value::Null, &json!("WITHDRAWN")));
        let rows = withdrawals(&agent, 1).await;
        assert_eq!(rows, [json!({ "action": "handover_withdraw", "field": "handoverTo", "oldValue": member(5), "newValue": null })]);
        assert!(withdrawals(&app.as_("partner").await, 1).await.is_empty(), "for staff only");
        let reply = offer(&agent, 1, 5).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", String::new())], "it has ended");
    }

    async fn nothing_is_offered_to_who_can_not_accept(app: TestApp) {
        let (admin, manager) = (app.as_("admin").await, app.as_("service_manager").await);
        let roles = admin.ask("{ roles(first: 100) { nodes { id key version } } }").await.fine();
        let role = roles.list("roles.nodes").iter().find(|role| role["key"] == "coordinator").expect("a built-in role");
        let revoke = json!({
            "id": role["id"], "expectedVersion": role["version"], "revoke": [{ "permission": "ticket.handover", "reach": "OWN" }],
        });
        admin.change("roleGrantsChange", "role { version }", revoke).await.fine();
        let disable = json!({ "id": company::id(Table::User, 20), "expectedVersion": 1 });
        admin.change("userDisable", "user { status }", disable).await.fine();
        for (to, who) in [(8, "whose role lacks the permission"), (3, "whose account is disabled")] {
            let reply = offer(&manager, 1, to).await;
            assert_eq!(reply.user_errors(), [("RULE_VIOLATED", "input.toMemberId".to_owned())], "{who}: {reply}");
        }
        offer(&manager, 1, 5).await.fine();
    }

    async fn work_is_credited_when_it_is_resolved(app: TestApp) {
        let (agent, coordinator, engineer) = (app.as_("agent").await, app.as_("coordinator").await, app.as_("engineer").await);
        let input = json!({
            "kind": "FAULT_REPAIR", "subject": "The array beeps", "description": "Since this morning",
            "priority": "HIGH", "channel": "PHONE", "customerId": company::id(Table::Customer, 1)
        });
        let made = agent.change("ticketCreate", TICKET, input).await.fine();
        let id = made.text("ticketCreate.ticket.id").to_owned();
        let give = |n| json!({ "teamId": company::id(Table::Team, 5), "assigneeId": member(n) });
        change(&coordinator, "ticketAssign", &id, give(4)).await.fine();
        app.clock.advance(TimeDelta::minutes(30));
        // The engineer: three moves before the last, the last itself, a begun part of eight hours: 4 * 2 + 1 = 9 points.
        // The coordinator: a reply, 3 points.
        let reply = json!({ "ticketId": id, "body": "A part is on its way" });
        coordinator.change("ticketCommentAdd", "comment { id }", reply).await.fine();
        for stage in ["ANALYSIS", "SOLUTION", "EXECUTION", "FEEDBACK"] {
            change(&engineer, "ticketAdvance", &id, json!({ "to": stage })).await.fine();
        }
        let first = [of("Li Na", "OWNER", 6_000), of("Chen Jie", "CONTRIBUTOR", 3_000), of("Zhou Ping", "CONTRIBUTOR", 1_000)];
        let manager = app.as_("service_manager").await;
        assert_eq!(shares(&seen(&manager, &id).await, 0), first);

        // Again within the same round: the owner replies this time, which changes nothing for her share.
        change(&engineer, "ticketAdvance", &id, json!({ "to": "EXECUTION", "reason": "it still beeps" })).await.fine();
        change(&engineer, "ticketAdvance", &id, json!({ "to": "FEEDBACK" })).await.fine();
        let responsibility = seen(&manager, &id).await;
        assert_eq!(shares(&responsibility, 0)[0], of("Li Na", "OWNER", 6_000));
        let total: i64 = shares(&responsibility, 0).iter().map(|(_, _, share)| share).sum();
        assert_eq!(total, 10_000);
        assert_eq!(responsibility["all"].as_array().map(Vec::len), Some(6), "the first set is kept: {responsibility}");

        // After a reopening only the work since then counts.
        app.clock.advance(TimeDelta::minutes(10));
        change(&agent, "ticketClose", &id, json!({})).await.fine();
        change(&agent, "ticketReopen", &id, json!({ "reason": "again" })).await.fine();
        change(&coordinator, "ticketAssign", &id, give(2)).await.fine();
        for stage in ["SOLUTION", "EXECUTION", "FEEDBACK"] {
            change(&agent, "ticketAdvance", &id, json!({ "to": stage })).await.fine();
        }
        let responsibility = seen(&manager, &id).await;
        assert_eq!(shares(&responsibility, 1), [of("Li Na", "OWNER", 10_000)]);
        assert_eq!(shares(&responsibility, 0).len(), 3, "the first resolution keeps its shares");
    }

    async fn a_lead_sets_shares_and_the_old_ones_are_kept(app: TestApp) {
        let lead = app.as_("team_lead").await;
        let id = company::ticket(12);
        let set = async |actor: &Actor, parts: &[(usize, i64)]| {
            let shares: Vec<Value> = parts.iter().map(|(n, percent)| json!({ "memberId": member(*n), "percent": percent })).collect();
            let input = json!({ "id": id, "expectedVersion": version(actor, &id).await, "shares": shares, "reason": "They did it together" });
            actor.change("ticketCreditSet", "ticket { version }", input).await
        };
        for (parts, code) in [
            (&[(2, 50), (5, 49)][..], "INVALID"),
            (&[(2, 50), (2, 50)], "INVALID"),
            (&[(1, 100)], "RULE_VIOLATED"),
            (&[(2, 90), (1, 10)], "RULE_VIOLATED"),
        ] {
            let reply = set(&lead, parts).await;
            assert_eq!(reply.user_errors(), [(code, "input.shares".to_owned())], "{parts:?}");
        }
        set(&lead, &[(2, 50), (5, 50)]).await.fine();
        let responsibility = seen(&lead, &id).await;
        assert_eq!(shares(&responsibility, 0), [of("Li Na", "OWNER", 5_000), of("Liu Yang", "CONTRIBUTOR", 5_000)]);
        assert_eq!((&responsibility["credits"][0]["source"], &responsibility["credits"][0]["reason"]), (&json!("MANUAL"), &json!("They did it together")));
        let replaced = responsibility["all"].as_array().into_iter().flatten().filter(|credit| !credit["replacedAt"].is_null()).count();
        assert_eq!(replaced, 2);
        let reply = set(&app.as_("agent").await, &[(2, 100)]).await;
        assert_eq!(reply.error_codes(), ["FORBIDDEN"]);
        let input = json!({ "id": company::ticket(10), "expectedVersion": 1, "shares": [{ "memberId": member(2), "percent": 100 }], "reason": "r" });
        let reply = lead.change("ticketCreditSet", "ticket { version }", input).await;
        assert_eq!(reply.user_errors(), [("WRONG_STATE", String::new())], "never resolved");
    }

    async fn members_are_credited_by_their_shares(app: TestApp) {
        let document = "query($id: ID!, $from: DateTime!, $to: DateTime!) { memberCredits(memberId: $id, from: $from, to: $to) { tickets share rated rating satisfied } }";
        let ask = async |login: &str, n: usize, from: &str, to: &str| {
            let variables = json!({ "id": member(n), "from": from, "to": to });
            app.as_(login).await.send(document, variables).await.fine().data("memberCredits").clone()
        };
        let (from, to) = ("2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z");
        let whole = json!({ "tickets": 2, "share": 1.6, "rated": 1, "rating": 2.0, "satisfied": 0.0 });
        assert_eq!(ask("service_manager", 2, from, to).await, whole);
        assert_eq!(ask("agent", 2, from, to).await, whole, "her own");
        let part = json!({ "tickets": 1, "share": 0.4, "rated": 1, "rating": 2.0, "satisfied": 0.0 });
        assert_eq!(ask("mover", 5, from, to).await, part);
        let nothing = json!({ "tickets": 0, "share": 0.0, "rated": 0, "rating": null, "satisfied": null });
        assert_eq!(ask("service_manager", 2, to, to).await, nothing);
        assert_eq!(ask("agent", 3, from, to).await, Value::Null, "out of her sight");
    }

    async fn sql_and_predicate_mean_the_same_rows(app: TestApp) {
        let data = company::data();
        let ticket = |id| data.tickets.iter().find(|row| row.id == id).expect("a ticket").clone();
        macro_rules! facts {
            ($rows:expr) => { $rows.iter().map(|row| (row.id, OfTicket { row: row.clone(), ticket: ticket(row.ticket_id) })).collect::<Vec<_>>() };
        }
        for login in LOGINS.into_iter().chain(["colleague", "mover", "leaver", "partner_b"]) {
            let actor = app.as_(login).await;
            let viewer = identity::authenticate(&app, actor.token(), start()).await.expect("a viewer");
            hold_equal::<ticket_handover::Entity>(&app.db, &facts!(data.handovers), &viewer.standing).await;
            hold_equal::<ticket_credit::Entity>(&app.db, &facts!(data.credits), &viewer.standing).await;
        }
        let open = ticket_handover::Entity::find()
            .filter(ticket_handover::Column::TicketId.eq(key(Table::Ticket, 2)))
            .one(app.db.reader())
            .await
            .expect("a read");
        assert!(open.is_some());
    }
}
