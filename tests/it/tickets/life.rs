use aftercare::audit::{self, Verdict};
use chrono::TimeDelta;
use entity::{outbox, ticket_stage_entry};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use super::{TICKET, change};
use crate::support::app::{Actor, TestApp};
use crate::support::company::{self, SECRET_WORD};
use crate::support::data::{Table, key};
use crate::support::database::both_databases;

/// What anybody can find out about a ticket, by every path.
const EVERYTHING: &str = "query($id: ID!) {
    ticket(id: $id) { ...T }
    node(id: $id) { id ... on Ticket { ...T } }
    nodes(ids: [$id]) { ... on Ticket { ...T } }
    tickets(first: 100) { nodes { ...T } }
    found: tickets(filter: { subject: { contains: \"zinnober\" } }) { totalCount }
}
fragment T on Ticket {
    number subject description stage state
    progress { stage enteredAt leftAt visit }
    comments(first: 50) { totalCount edges { node { id body visibility authorName } } }
    internal: comments(first: 50, visibility: INTERNAL) { totalCount nodes { body } }
    history(first: 50) { totalCount nodes { action field oldValue newValue actorName } }
}";

async fn open_one(actor: &Actor) -> String {
    let input = json!({
        "kind": "FAULT_REPAIR", "subject": "The array beeps", "description": "Since this morning. 早上开始报警",
        "priority": "HIGH", "channel": "WECHAT", "customerId": company::id(Table::Customer, 1),
        "unitId": company::id(Table::Unit, 1), "contactId": company::id(Table::Contact, 1)
    });
    let reply = actor.change("ticketCreate", TICKET, input).await.fine();
    assert_eq!(
        (
            reply.data("ticketCreate.ticket.stage"),
            reply.data("ticketCreate.ticket.state")
        ),
        (&json!("INTAKE"), &json!("OPEN"))
    );
    assert_eq!(reply.data("ticketCreate.ticket.number"), 500_001);
    reply.text("ticketCreate.ticket.id").to_owned()
}

both_databases! {
    async fn a_ticket_goes_from_intake_to_its_end_and_back(app: TestApp) {
        let (agent, coordinator) = (app.as_("agent").await, app.as_("coordinator").await);
        let (engineer, partner) = (app.as_("engineer").await, app.as_("partner").await);
        let id = open_one(&agent).await;

        app.clock.advance(TimeDelta::minutes(5));
        let give = json!({ "teamId": company::id(Table::Team, 5), "assigneeId": company::id(Table::Member, 4) });
        let reply = change(&coordinator, "ticketAssign", &id, give).await.fine();
        assert_eq!(reply.data("ticketAssign.ticket.assignee.name"), "Chen Jie");
        assert_eq!(reply.data("ticketAssign.ticket.owner.name"), "Li Na", "who took it in owns it to the end");

        for stage in ["ANALYSIS", "SOLUTION", "EXECUTION"] {
            app.clock.advance(TimeDelta::minutes(10));
            let reply = change(&engineer, "ticketAdvance", &id, json!({ "to": stage })).await.fine();
            assert_eq!(reply.data("ticketAdvance.ticket.stage"), stage);
        }
        app.clock.advance(TimeDelta::minutes(10));
        let hold = json!({ "state": "PENDING_PARTS", "reason": format!("{SECRET_WORD} is out of stock") });
        let reply = change(&engineer, "ticketHold", &id, hold).await.fine();
        assert_eq!(reply.data("ticketHold.ticket.state"), "PENDING_PARTS");
        let note = json!({ "ticketId": id, "body": format!("{SECRET_WORD}: the fan is broken") });
        engineer.change("ticketNoteAdd", "comment { id visibility }", note).await.fine();
        let answer = json!({ "ticketId": id, "body": "A part is on its way. 配件已发出" });
        engineer.change("ticketCommentAdd", "comment { id visibility }", answer).await.fine();

        let seen = partner.send(EVERYTHING, json!({ "id": id })).await.fine();
        assert_eq!(seen.data("ticket.state"), "PENDING_PARTS");
        let bodies: Vec<&str> = seen.list("ticket.comments.edges").iter().filter_map(|edge| edge["node"]["body"].as_str()).collect();
        assert_eq!(bodies, ["A part is on its way. 配件已发出"]);

        app.clock.advance(TimeDelta::days(1));
        let (agent, engineer, partner) = (app.as_("agent").await, app.as_("engineer").await, app.as_("partner").await);
        change(&engineer, "ticketResume", &id, json!({})).await.fine();
        let reply = change(&engineer, "ticketAdvance", &id, json!({ "to": "FEEDBACK" })).await.fine();
        assert_eq!(reply.data("ticketAdvance.ticket.resolvedAt"), "2026-03-03T02:45:00Z");

        let reply = change(&agent, "ticketClose", &id, json!({})).await.fine();
        assert_eq!((reply.data("ticketClose.ticket.state"), reply.data("ticketClose.ticket.closedAt")), (&json!("CLOSED"), &json!("2026-03-03T02:45:00Z")));
        app.clock.advance(TimeDelta::minutes(1));
        let reply = change(&agent, "ticketReopen", &id, json!({ "reason": "It beeps again" })).await.fine();
        let ticket = reply.data("ticketReopen.ticket");
        assert_eq!((&ticket["state"], &ticket["stage"], &ticket["reopened"]), (&json!("OPEN"), &json!("ANALYSIS"), &json!(1)));
        assert_eq!((&ticket["closedAt"], &ticket["resolvedAt"]), (&Value::Null, &Value::Null));

        let reply = partner.send(EVERYTHING, json!({ "id": id })).await.fine();
        let progress: Vec<(&str, i64)> = reply.list("ticket.progress").iter()
            .map(|entry| (entry["stage"].as_str().expect("a stage"), entry["visit"].as_i64().expect("a visit"))).collect();
        assert_eq!(progress, [("INTAKE", 1), ("ANALYSIS", 1), ("SOLUTION", 1), ("EXECUTION", 1), ("FEEDBACK", 1), ("ANALYSIS", 2)]);
        what_is_left_behind(&app, &id).await;
    }

    async fn a_partner_never_sees_an_internal_note_by_any_path(app: TestApp) {
        let staff = app.as_("service_manager").await.send(EVERYTHING, json!({ "id": company::ticket(1) })).await;
        assert!(staff.body.to_string().contains(SECRET_WORD), "there is something to hide: {staff}");
        for login in ["partner", "customer"] {
            let outsider = app.as_(login).await;
            let mine = if login == "partner" { company::ticket(1) } else { company::ticket(4) };
            let reply = outsider.send(EVERYTHING, json!({ "id": mine })).await.fine();
            assert!(!reply.body.to_string().contains(SECRET_WORD), "{reply}");
            assert_eq!(reply.data("ticket.comments.totalCount"), 2, "{login}");
            assert_eq!(reply.data("ticket.internal.totalCount"), 0, "{login}");
            assert_eq!(reply.data("ticket.history.totalCount"), 1, "{login}");
            assert_eq!(reply.data("found.totalCount"), 0, "{login}");
        }
        let client = app.as_client().await;
        let reply = client.send(EVERYTHING, json!({ "id": company::ticket(1) })).await.fine();
        assert!(!reply.body.to_string().contains(SECRET_WORD), "{reply}");
    }

    async fn a_page_of_comments_isnt_shortened_by_what_is_hidden(app: TestApp) {
        let document = "query($id: ID!) { ticket(id: $id) { comments(first: 2) { nodes { body } pageInfo { hasNextPage } } } }";
        let reply = app.as_("partner").await.send(document, json!({ "id": company::ticket(1) })).await.fine();
        assert_eq!(reply.list("ticket.comments.nodes").len(), 2);
        assert_eq!(reply.data("ticket.comments.pageInfo.hasNextPage"), false);
    }

    async fn outsiders_open_tickets_for_themselves_only(app: TestApp) {
        let ticket = "ticket { id channel customer { id } partner { id } owner { id } }";
        let base = json!({ "kind": "CONSULTATION", "subject": "A question", "description": "How?", "channel": "PHONE" });
        let with_customer = |n: usize| {
            let mut input = base.clone();
            input["customerId"] = company::id(Table::Customer, n).into();
            input
        };
        let partner = app.as_("partner").await;
        let reply = partner.change("ticketCreate", ticket, with_customer(2)).await;
        assert!(reply.user_errors().is_empty(), "{reply}");
        assert_eq!(reply.data("ticketCreate.ticket.channel"), "WEB", "outsiders come through their portal");
        assert_eq!(reply.data("ticketCreate.ticket.partner.id"), company::id(Table::Partner, 1).as_str());
        let reply = partner.change("ticketCreate", "ticket { id }", with_customer(4)).await;
        assert_eq!(reply.user_errors(), [("NOT_FOUND", "input.customerId".to_owned())], "another partner's customer");

        let customer = app.as_("customer").await;
        let reply = customer.change("ticketCreate", "ticket { customer { id } }", base.clone()).await.fine();
        assert_eq!(reply.data("ticketCreate.ticket.customer.id"), company::id(Table::Customer, 3).as_str());
        let reply = customer.change("ticketCreate", "ticket { id }", with_customer(1)).await;
        assert_eq!(reply.user_errors(), [("NOT_FOUND", "input.customerId".to_owned())]);

        let reply = app.as_client().await.change("ticketCreate", "ticket { channel }", with_customer(1)).await.fine();
        assert_eq!(reply.data("ticketCreate.ticket.channel"), "API");
    }
}

/// One open stage entry at most, none overlapping; an event for every change, public only where outsiders may know; a whole audit log.
async fn what_is_left_behind(app: &TestApp, id: &str) {
    let (_, uuid) = aftercare::graphql::ids::decode(id).expect("an id");
    let entries = ticket_stage_entry::Entity::find()
        .filter(ticket_stage_entry::Column::TicketId.eq(uuid))
        .order_by_asc(ticket_stage_entry::Column::EnteredAt)
        .order_by_asc(ticket_stage_entry::Column::Id)
        .all(app.db.reader())
        .await
        .expect("the entries");
    assert_eq!(
        entries
            .iter()
            .filter(|entry| entry.left_at.is_none())
            .count(),
        1
    );
    for pair in entries.windows(2) {
        assert!(
            pair[0]
                .left_at
                .is_some_and(|left| left <= pair[1].entered_at),
            "{pair:?}"
        );
    }
    let events = outbox::Entity::find()
        .filter(outbox::Column::EntityId.eq(uuid))
        .filter(outbox::Column::Kind.eq("ticket.changed"))
        .order_by_asc(outbox::Column::Seq)
        .all(app.db.reader())
        .await
        .expect("the events");
    let said: Vec<(String, bool)> = events
        .iter()
        .map(|event| {
            (
                event.payload["action"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                event.payload["public"] == true,
            )
        })
        .collect();
    let expected = [
        ("create", true),
        ("assign", false),
        ("advance", true),
        ("advance", true),
        ("advance", true),
        ("hold", true),
        ("comment", false),
        ("comment", true),
        ("resume", true),
        ("advance", true),
        ("close", true),
        ("reopen", true),
    ];
    assert_eq!(
        said,
        expected.map(|(action, public)| (action.to_owned(), public))
    );
    assert!(
        events
            .iter()
            .all(|event| !event.payload.to_string().contains(SECRET_WORD)),
        "an event holds no text of a note"
    );
    let verdict = audit::verify(&app.db).await.expect("it can be verified");
    assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
    assert_ne!(uuid, key(Table::Ticket, 1));
}
